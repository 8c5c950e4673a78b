using System.Globalization;
using System.Text;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.AutoML.Tests.Columns;

public sealed class InferColumnsTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("mlpipelines-columns-").FullName;

    [Fact]
    public void Each_column_has_its_type_and_use()
    {
        ColumnInferenceResults results = _context.Auto().InferColumns(Customers(), "left");
        Assert.Equal(
            ["id:ignored:String", "age:number:Single", "spent:number:Single", "plan:category:String", "since:date:DateTime", "active:truth value:Boolean", "note:text:String", "country:ignored:String", "left:label:Boolean"],
            results.Findings.Select(finding => $"{finding.Name}:{finding.Use}:{finding.Kind}"));
        ColumnInformation information = results.ColumnInformation;
        Assert.Equal("left", information.LabelColumnName);
        Assert.Equal(["Features", "active"], information.NumericColumnNames);
        Assert.Equal(["plan"], information.CategoricalColumnNames);
        Assert.Equal(["note"], information.TextColumnNames);
        Assert.Equal(["since"], information.DateColumnNames);
        Assert.Equal(["id", "country"], information.IgnoredColumnNames);
        Assert.Equal(AutoMLTask.Classification, results.Task);
    }

    [Fact]
    public void The_options_load_the_file()
    {
        string path = Customers();
        ColumnInferenceResults results = _context.Auto().InferColumns(path, "left");
        IDataView view = _context.Data.CreateTextLoader(results.TextLoaderOptions).Load(path);
        Assert.Equal("id, Features, plan, since, active, note, country, left", string.Join(", ", view.Schema.Select(column => column.Name)));
        Assert.Equal(["age", "spent"], ViewContents.SlotNames(view, "Features"));
        float[][] numbers = ViewContents.Vectors<float>(view, "Features");
        Assert.Equal(60, numbers.Length);
        Assert.True(float.IsNaN(numbers[7][1]));
        Assert.Equal([true, false, false, true], view.GetColumn<bool>("left").Take(4));
    }

    [Fact]
    public void Columns_stay_apart_when_they_are_not_to_be_grouped()
    {
        ColumnInferenceResults results = _context.Auto().InferColumns(Customers(), "left", groupColumns: false);
        Assert.Equal(["id", "age", "spent", "plan", "since", "active", "note", "country", "left"], results.TextLoaderOptions.Columns!.Select(column => column.Name));
        Assert.Equal(["age", "spent", "active"], results.ColumnInformation.NumericColumnNames);
    }

    [Fact]
    public void What_is_said_of_columns_is_taken_as_it_is()
    {
        var given = new ColumnInformation { LabelColumnName = "spent", ExampleWeightColumnName = "age" };
        given.CategoricalColumnNames.Add("id");
        given.IgnoredColumnNames.Add("note");
        ColumnInferenceResults results = _context.Auto().InferColumns(Customers(), given);
        Assert.Equal(AutoMLTask.Regression, results.Task);
        Assert.Equal("age", results.ColumnInformation.ExampleWeightColumnName);
        Assert.Equal(["id", "plan", "left"], results.ColumnInformation.CategoricalColumnNames);
        Assert.Equal(["note", "country"], results.ColumnInformation.IgnoredColumnNames);
        Assert.Equal("as asked", results.Findings.Single(finding => finding.Name == "note").Reason);
    }

    [Fact]
    public void The_table_shows_columns_uses_and_reasons()
    {
        string path = Customers();
        string[] lines = _context.Auto().InferColumns(path, "left").ToString().Split('\n');
        Assert.Equal($"{path}: 60 rows, separator ';', header, quotes, decimal mark ','", lines[0]);
        Assert.Equal("column   type      use          values  missing", lines[1]);
        Assert.Equal("id       String    ignored          60        0  it names rows", lines[2]);
        Assert.Equal("spent    Single    number           59        1  0,5, 37,5, 13,5", lines[4]);
        Assert.Equal("task: classification", lines[^1]);
    }

    [Theory]
    [InlineData("0 1", AutoMLTask.Classification)]
    [InlineData("a b c", AutoMLTask.Classification)]
    [InlineData("1 2 3 4 5", AutoMLTask.Classification)]
    [InlineData("1.5 2.25 3.75", AutoMLTask.Regression)]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12", AutoMLTask.Regression)]
    public void The_task_is_guessed_from_the_label(string labels, AutoMLTask task)
    {
        string[] values = labels.Split(' ');
        string path = Write("t.csv", "x,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 7 % 61}.5,{values[i % values.Length]}\n"))));
        Assert.Equal(task, _context.Auto().InferColumns(path).Task);
    }

    [Fact]
    public void A_label_by_index_needs_no_header()
    {
        string path = Write("t.csv", string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 2},{i * 7 % 41}.5,{i * 3 % 43}.5\n"))));
        ColumnInferenceResults results = _context.Auto().InferColumns(path, 0u);
        Assert.Equal("Label", results.ColumnInformation.LabelColumnName);
        Assert.Equal(["Label", "Features"], results.TextLoaderOptions.Columns!.Select(column => column.Name));
        Assert.False(results.TextLoaderOptions.HasHeader);
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Auto().InferColumns(path, 3u));
    }

    [Fact]
    public void The_name_of_the_label_tells_a_header()
    {
        // Words over words: nothing but the name says that the first row is a header.
        string path = Write("t.csv", "shade,taste\nred,sweet\ngreen,sour\nred,sweet\ngreen,sour\nred,sweet\n");
        Assert.True(_context.Auto().InferColumns(path, "taste").TextLoaderOptions.HasHeader);
    }

    [Fact]
    public void A_workbook_is_looked_at_as_a_text_file_is()
    {
        string path = Path.Combine(_folder, "t.xlsx");
        WorkbookFile.Write(path, ("Data", [["size", "day", "Label"], .. Enumerable.Range(0, 30).Select(i => (object?[])[i * 7 % 31 + 0.5, new DateTime(2024, 1, 1).AddDays(i), i % 2 == 0 ? "yes" : "no"])]));
        ColumnInferenceResults results = _context.Auto().InferColumns(path);
        Assert.Equal(["size"], results.ColumnInformation.NumericColumnNames);
        Assert.Equal(["day"], results.ColumnInformation.DateColumnNames);
        IDataView view = _context.Data.CreateTextLoader(results.TextLoaderOptions).Load(path);
        Assert.Equal(new DateTime(2024, 1, 30), view.GetColumn<DateTime>("day").Last());
    }

    [Fact]
    public void What_is_wrong_is_told_of()
    {
        Assert.StartsWith("Column 'nope'", Message<ArgumentException>(() => _context.Auto().InferColumns(Customers(), "nope")).Replace($"{_folder}/customers.csv has no column", "Column", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("is not there", Message<FileNotFoundException>(() => _context.Auto().InferColumns(Path.Combine(_folder, "none.csv"))), StringComparison.Ordinal);
        Assert.Contains("is empty", Message<MLPipelinesException>(() => _context.Auto().InferColumns(Write("empty.csv", ""))), StringComparison.Ordinal);
        Assert.Contains("has a header and no rows", Message<MLPipelinesException>(() => _context.Auto().InferColumns(Write("header.csv", "a,Label\n"))), StringComparison.Ordinal);
        Assert.Contains("row 31: found 3 fields, expected 2", Message<MLPipelinesException>(() => _context.Auto().InferColumns(
            Write("ragged.csv", "a,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => i == 29 ? "1,2,3\n" : $"{i},{i % 2}\n"))))), StringComparison.Ordinal);
        var numbers = new ColumnInformation { LabelColumnName = "left" };
        numbers.NumericColumnNames.Add("plan");
        Assert.Contains("column 'plan': found 'basic', expected numbers", Message<MLPipelinesException>(() => _context.Auto().InferColumns(Customers(), numbers)), StringComparison.Ordinal);
        var twice = new ColumnInformation { LabelColumnName = "left" };
        twice.NumericColumnNames.Add("left");
        Assert.Contains("two uses", Message<ArgumentException>(() => _context.Auto().InferColumns(Customers(), twice)), StringComparison.Ordinal);
    }

    [DatasetFact("tabular/telco-customer-churn.csv.gz")]
    public void Columns_of_a_real_table_are_what_they_are()
    {
        ColumnInferenceResults results = _context.Auto().InferColumns(Datasets.PathOf("tabular/telco-customer-churn.csv.gz"), "Churn", groupColumns: false);
        Assert.Equal(["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"], results.ColumnInformation.NumericColumnNames);
        Assert.Equal(["customerID"], results.ColumnInformation.IgnoredColumnNames);
        Assert.Equal(15, results.ColumnInformation.CategoricalColumnNames.Count);
        // awk -F, '$20 == "" || $20 == " "' finds 11 customers that have paid nothing yet.
        Assert.Equal(11, results.Findings.Single(finding => finding.Name == "TotalCharges").Missing);
        Assert.Equal(DataKind.Boolean, results.Findings[^1].Kind);
    }

    [DatasetFact("tabular/titanic/titanic-train.csv")]
    public void Columns_of_codes_and_names_are_left_out_or_text()
    {
        ColumnInferenceResults results = _context.Auto().InferColumns(Datasets.PathOf("tabular/titanic/titanic-train.csv"), "Survived");
        Assert.Equal(["Name"], results.ColumnInformation.TextColumnNames);
        Assert.Equal(["Sex", "Embarked"], results.ColumnInformation.CategoricalColumnNames);
        Assert.Equal(["PassengerId", "Ticket", "Cabin"], results.ColumnInformation.IgnoredColumnNames);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Message<TException>(Action act) where TException : Exception => Assert.Throws<TException>(act).Message;

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Sixty customers: semicolons, decimal commas, quotes, a missing number.</summary>
    private string Customers()
    {
        var text = new StringBuilder("id;age;spent;plan;since;active;note;country;left\n");
        string[] plans = ["basic", "plus", "max"];
        for (int i = 0; i < 60; i++)
        {
            string spent = i == 7 ? "" : string.Create(CultureInfo.InvariantCulture, $"{i * 37 % 61},5");
            text.Append(CultureInfo.InvariantCulture, $"C-{i:0000};{20 + (i * 7 % 50)};{spent};{plans[i % 3]};2024-{(i % 12) + 1:00}-{(i % 28) + 1:00};{(i % 2 == 0 ? "true" : "false")};\"called; asked about bill number {i}\";IT;{(i % 3 == 0 ? "yes" : "no")}\n");
        }
        return Write("customers.csv", text.ToString());
    }
}
