using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.Excel;

public sealed class ExcelTests : IDisposable
{
    private static readonly object?[][] Orders =
    [
        ["id", "when", "amount", "city", "paid", "note"],
        ["00017", new DateTime(2024, 3, 31), 12.5, "Turin, \"old\" town", true, "a;b"],
        ["00018", new DateTime(2024, 4, 1, 10, 30, 0), null, " Bari", false, "line\nbreak"],
        [],
        ["00019", null, 1e-7, "#N/A", true, null],
    ];

    private readonly MLContext _context = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("mlpipelines-excel-").FullName;

    [Fact]
    public void Columns_are_inferred_as_those_of_text_files_are()
    {
        IDataView view = _context.Data.LoadFromExcel(Write("orders.xlsx", ("Orders", Orders)));
        Assert.Equal("id:String, when:DateTime, amount:Single, city:String, paid:Boolean, note:String", string.Join(", ", view.Schema.Select(column => $"{column.Name}:{column.Type}")));
        Assert.Equal(["00017", "00018", "00019"], view.GetColumn<string>("id"));
        Assert.Equal([new(2024, 3, 31), new(2024, 4, 1, 10, 30, 0), default], view.GetColumn<DateTime>("when"));
        Assert.Equal([12.5f, float.NaN, 1e-7f], view.GetColumn<float>("amount"));
        Assert.Equal(["Turin, \"old\" town", " Bari", ""], view.GetColumn<string>("city"));
        Assert.Equal([true, false, true], view.GetColumn<bool>("paid"));
        Assert.Equal(["a;b", "line\nbreak", ""], view.GetColumn<string>("note"));
    }

    [Fact]
    public void A_sheet_is_found_by_its_name_and_the_first_visible_one_without()
    {
        string path = Write("book.xlsx", ("[Hidden]", [["a"], [1]]), ("First", [["b"], [2]]), ("Second", [["c"], [3]]));
        Assert.Equal([2f], _context.Data.LoadFromExcel(path).GetColumn<float>("b"));
        Assert.Equal([3f], _context.Data.LoadFromExcel(path, "second").GetColumn<float>("c"));
        Assert.Equal([1f], _context.Data.LoadFromExcel(path, "Hidden").GetColumn<float>("a"));
    }

    [Fact]
    public void Workbooks_of_the_old_format_are_read()
    {
        string path = Path.Combine(_folder, "old.xls");
        WorkbookFile.WriteOld(path, [["name", "size"], ["été", 2.5], ["b", null], ["c", 7]]);
        IDataView view = _context.Data.LoadFromExcel(path);
        Assert.Equal(["été", "b", "c"], view.GetColumn<string>("name"));
        Assert.Equal([2.5f, float.NaN, 7], view.GetColumn<float>("size"));
    }

    [Fact]
    public void A_text_loader_reads_a_workbook_by_its_path()
    {
        string path = Write("orders.xlsx", ("Orders", Orders));
        TextLoader.Options options = TextFileInference.Infer(path).ToOptions();
        Assert.Equal([12.5f, float.NaN, 1e-7f], _context.Data.CreateTextLoader(options).Load(path).GetColumn<float>("amount"));
    }

    [Fact]
    public void Members_are_read_from_the_columns_of_their_names()
    {
        IDataView view = _context.Data.LoadFromExcel<Order>(Write("orders.xlsx", ("Orders", Orders)));
        Order[] orders = [.. _context.Data.CreateEnumerable<Order>(view, reuseRowObject: false)];
        Assert.Equal(["Turin, \"old\" town", " Bari", ""], orders.Select(order => order.Place));
        Assert.Equal([12.5f, float.NaN, 1e-7f], orders.Select(order => order.Amount));
    }

    [Fact]
    public void Large_sheets_are_read_whole()
    {
        object?[][] rows = [["n", "text"], .. Enumerable.Range(0, 9000).Select(i => (object?[])[i, $"row {i}"])];
        IDataView view = _context.Data.LoadFromExcel(Write("large.xlsx", ("Data", rows)));
        Assert.Equal(Enumerable.Range(0, 9000).Select(i => (float)i), view.GetColumn<float>("n"));
        Assert.Equal("row 8999", view.GetColumn<string>("text").Last());
    }

    [Fact]
    public void A_sheet_that_is_not_there_is_an_error_that_lists_those_that_are()
    {
        string path = Write("book.xlsx", ("First", [["b"], [2]]), ("Second", [["c"], [3]]));
        Assert.Equal($"{path} has no sheet 'Third'. Its sheets are: First, Second.", Assert.Throws<MLPipelinesException>(() => _context.Data.LoadFromExcel(path, "Third")).Message);
    }

    [Fact]
    public void A_file_that_is_no_workbook_is_an_error_that_says_so()
    {
        string text = Path.Combine(_folder, "text.xlsx");
        File.WriteAllText(text, "a,b\n1,2\n");
        Assert.StartsWith($"{text} cannot be read as an Excel workbook: ", Assert.Throws<MLPipelinesException>(() => _context.Data.LoadFromExcel(text)).Message, StringComparison.Ordinal);
        string empty = Path.Combine(_folder, "empty.xls");
        File.WriteAllBytes(empty, []);
        Assert.StartsWith($"{empty} cannot be read as an Excel workbook: ", Assert.Throws<MLPipelinesException>(() => _context.Data.LoadFromExcel(empty)).Message, StringComparison.Ordinal);
        string cut = Path.Combine(_folder, "cut.xlsx");
        File.WriteAllBytes(cut, File.ReadAllBytes(Write("whole.xlsx", ("Orders", Orders)))[..700]);
        Assert.StartsWith($"{cut} cannot be read as an Excel workbook: ", Assert.Throws<MLPipelinesException>(() => _context.Data.LoadFromExcel(cut)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_sheet_is_an_error()
    {
        string path = Write("empty.xlsx", ("First", []));
        Assert.Contains("is empty", Assert.Throws<MLPipelinesException>(() => _context.Data.LoadFromExcel(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_longer_than_the_header_is_an_error_with_the_number_that_Excel_shows()
    {
        string path = Write("ragged.xlsx", ("First", [["a", "b"], [1, 2], [], [3, 4, 5]]));
        Assert.StartsWith($"{path} row 4: found 3 fields, expected 2 as in the header.",
            Assert.Throws<MLPipelinesException>(() => _context.Data.LoadFromExcel<Pair>(path).GetColumn<float>("a").Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_of_another_type_is_an_error_with_its_place()
    {
        string path = Write("wrong.xlsx", ("First", [["a", "b"], [1, 2], [3, "four"]]));
        Assert.StartsWith($"{path} row 3, column \"b\": found \"four\", expected a number.",
            Assert.Throws<MLPipelinesException>(() => _context.Data.LoadFromExcel<Pair>(path).GetColumn<float>("b").Count()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, params (string, object?[][])[] sheets)
    {
        string path = Path.Combine(_folder, name);
        WorkbookFile.Write(path, sheets);
        return path;
    }

    private sealed class Order
    {
        [LoadColumnName("city")]
        public string Place { get; set; } = "";

        [LoadColumnName("amount")]
        public float Amount { get; set; }
    }

    private sealed class Pair
    {
        [ColumnName("a")]
        public float A { get; set; }

        [ColumnName("b")]
        public float B { get; set; }
    }
}
