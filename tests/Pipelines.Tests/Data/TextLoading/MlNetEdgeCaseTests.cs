using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.TextLoading;

/// <summary>The text files that ML.NET tests its loader with. Values are those in the files; sums are made with awk.</summary>
public class MlNetEdgeCaseTests
{
    private const string Folder = "tabular/mlnet-loader-edge-cases/";

    private static readonly MLContext ML = new();

    private static IDataView Load(string file, TextLoader.Options? options = null) => ML.Data.LoadFromTextFile(Datasets.PathOf(Folder + file), options);

    private static TextLoader.Options Columns(params TextLoader.Column[] columns) => new() { Columns = columns };

    private static TextLoader.Options Csv(params TextLoader.Column[] columns) => new() { Columns = columns, Separators = [','], HasHeader = true, AllowQuoting = true };

    [DatasetFact(Folder + "QuotingData.csv")]
    public void Quotes_hide_separators()
    {
        IDataView data = Load("QuotingData.csv", Csv(new("ID", DataKind.Single, 0), new("Text", DataKind.String, 1)));
        Assert.Equal([1f, 2, 3], data.GetColumn<float>("ID"));
        Assert.Equal(["This text contains comma, within quotes.", "This text contains extra punctuations and special characters.;*<>?!@#$%^&*()_+=-{}|[]:;'", "This text has no quotes"],
            data.GetColumn<string>("Text"));
    }

    [DatasetFact(Folder + "SparseData.txt")]
    public void Dense_and_sparse_rows_stand_side_by_side()
    {
        TextLoader.Options options = Columns(new TextLoader.Column("All", DataKind.Single, 0, 4), new TextLoader.Column("C4", DataKind.Single, 3));
        (options.AllowSparse, options.HasHeader) = (true, true);
        IDataView data = Load("SparseData.txt", options);
        Assert.Equal([[1f, 2, 3, 4, 5], [0, 0, 0, 4, 5], [0, 2, 0, 0, 0]], data.GetColumn<float[]>("All"));
        Assert.Equal([4f, 4, 0], data.GetColumn<float>("C4"));
        Assert.Equal(["C1", "C2", "C3", "C4", "C5"], ViewContents.SlotNames(data, "All"));
    }

    [DatasetTheory(Folder + "TrimData.csv")]
    [InlineData(true, "There is a space at the end")]
    [InlineData(false, "There is a space at the end  ")]
    public void White_space_at_the_end_of_rows_is_trimmed_when_that_is_asked_for(bool trim, string first)
    {
        TextLoader.Options options = Csv(new("ID", DataKind.Single, 0), new("Text", DataKind.String, 1));
        options.TrimWhitespace = trim;
        Assert.Equal([first, "There is no space at the end"], Load("TrimData.csv", options).GetColumn<string>("Text"));
    }

    [DatasetFact(Folder + "Tiny/tiny1.txt")]
    public void Files_are_read_one_after_the_other()
    {
        TextLoader.Options options = Columns(new TextLoader.Column("A", DataKind.Boolean, 0), new TextLoader.Column("B", DataKind.Int32, 1));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Load("Tiny/tiny1.txt", options).GetColumn<int>("B"));
        Assert.Equal([3, 4, 5, 7, 5, 5], Load("Tiny/tiny2.txt", options).GetColumn<int>("B"));
        IDataView both = Load("Tiny/*.txt", options);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 3, 4, 5, 7, 5, 5], both.GetColumn<int>("B"));
        Assert.Equal(7, both.GetColumn<bool>("A").Count(a => a));
    }

    [DatasetTheory(Folder + "Partitioned")]
    [InlineData("Named/Year=2017/Month=01/data1.csv", new[] { 0, 1 })]
    [InlineData("Named/Year=2017/Month=01/data2.csv", new[] { 4, 5, 6, 7 })]
    [InlineData("Named/Year=2017/Month=01/dataEmpty.csv", new int[0])]
    [InlineData("Named/Year=2017/Month=02/data1.csv", new[] { 21, 22, 23, 24, 25, 26 })]
    [InlineData("Named/Year=2017/TestBadDir/data1.csv", new[] { 21, 22, 23, 24, 25, 26 })]
    [InlineData("Unnamed/2017/01/data1.csv", new[] { 0, 1 })]
    [InlineData("Unnamed/2017/01/data2.csv", new[] { 4, 5, 6, 7 })]
    [InlineData("Unnamed/2017/01/dataBadSchema.csv", new[] { 11, 0, 12, 0 })]
    [InlineData("Unnamed/2017/02/data1.csv", new[] { 21, 22, 23, 24, 25, 26 })]
    [InlineData("Named/.../data*.csv", new[] { 0, 1, 4, 5, 6, 7, 21, 22, 23, 24, 25, 26, 21, 22, 23, 24, 25, 26 })]
    public void Parts_of_a_data_set_are_read_alone_and_together(string file, int[] values)
    {
        IDataView data = Load("Partitioned/" + file, Csv(new("A", DataKind.Int32, 0), new("B", DataKind.Int32, 1)));
        Assert.Equal(values, data.GetColumn<int>("A").Zip(data.GetColumn<int>("B")).SelectMany(row => new[] { row.First, row.Second }));
    }

    [DatasetFact(Folder + "Partitioned/Unnamed/2017/01/dataBadSchema.csv")]
    public void A_part_that_lacks_a_named_column_is_an_error_that_names_it()
    {
        var columns = new TextLoader.Column { Name = "B", DataKind = DataKind.Int32, SourceNames = ["col2"] };
        var error = Assert.Throws<MLPipelinesException>(() => Load("Partitioned/Unnamed/2017/01/*.csv", Csv(columns)).GetColumn<int>("B").Sum());
        Assert.Contains("dataBadSchema.csv row 1: the header has no column \"col2\"", error.Message, StringComparison.Ordinal);
    }

    [DatasetFact(Folder + "adult.tiny.with-schema.txt")]
    public void A_file_that_describes_its_columns_needs_no_settings()
    {
        IDataView data = Load("adult.tiny.with-schema.txt");
        Assert.Equal("Label: Single, Workclass: String, Categories: Vector<String, 7>, NumericFeatures: Vector<Single, 6>", data.Schema.ToString());
        Assert.Equal(["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"], ViewContents.SlotNames(data, "NumericFeatures"));
        Assert.Equal((500, 115f), (data.GetColumn<float>("Label").Count(), data.GetColumn<float>("Label").Sum()));
        Assert.Equal((18669f, 20136f), (data.GetColumn<float[]>("NumericFeatures").Sum(row => row[0]), data.GetColumn<float[]>("NumericFeatures").Sum(row => row[5])));
        Assert.Equal(["11th", "Never-married", "Machine-op-inspct", "Own-child", "Black", "Male", "United-States"], data.GetColumn<string[]>("Categories").First());
    }

    [DatasetFact(Folder + "breast-cancer-withheader.txt")]
    public void Comments_and_blank_lines_come_before_a_header()
    {
        TextLoader.Options options = Columns(new TextLoader.Column("Label", DataKind.Single, 0), new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(1, null)]));
        options.HasHeader = true;
        IDataView data = Load("breast-cancer-withheader.txt", options);
        Assert.Equal(["thickness", "uniform_size", "uniform_shape", "adhesion", "epit_size", "bare_nuclei", "bland_chromatin", "normal_nucleoli", "mitoses"], ViewContents.SlotNames(data, "Features"));
        Assert.Equal((683, 239f), (data.GetColumn<float>("Label").Count(), data.GetColumn<float>("Label").Sum()));
        Assert.Equal((3034f, 1095f), (data.GetColumn<float[]>("Features").Sum(row => row[0]), data.GetColumn<float[]>("Features").Sum(row => row[8])));
    }

    [DatasetFact(Folder + "dates1.csv")]
    public void Dates_are_read_and_those_in_another_notation_are_an_error_that_names_the_place()
    {
        TextLoader.Options options = Csv(new("Date", DataKind.DateTime, 0), new("Text", DataKind.String, 0));
        Assert.Equal([new DateTime(2025, 6, 30), new DateTime(2020, 4, 27), new DateTime(2020, 3, 22)], Load("dates1.csv", options).GetColumn<DateTime>("Date"));
        Assert.Equal(["30.06.25", "27.06.20", "22.03.20"], Load("dates2.csv", options).GetColumn<string>("Text"));
        var error = Assert.Throws<MLPipelinesException>(() => Load("dates2.csv", options).GetColumn<DateTime>("Date").Count());
        Assert.Contains("dates2.csv row 2, column \"Date\": found \"30.06.25\", expected a date and time", error.Message, StringComparison.Ordinal);
    }

    [DatasetTheory(Folder + "iris-decimal-marker-as-comma.csv")]
    [InlineData("iris-decimal-marker-as-comma.csv", ',')]
    [InlineData("iris-decimal-marker-as-comma.txt", '\t')]
    public void A_comma_is_a_decimal_mark(string file, char separator)
    {
        TextLoader.Options options = Csv(new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 4));
        (options.Separators, options.DecimalMarker) = ([separator], ',');
        IDataView data = Load(file, options);
        Assert.Equal([5.1f, 3.5f, 1.4f, 0.2f], data.GetColumn<float[]>("Features").First());
        Assert.Equal((150, 150f), (data.GetColumn<float>("Label").Count(), data.GetColumn<float>("Label").Sum()));
        Assert.Equal((876.5, 179.8), (Math.Round(data.GetColumn<float[]>("Features").Sum(row => (double)row[0]), 3), Math.Round(data.GetColumn<float[]>("Features").Sum(row => (double)row[3]), 3)));
    }

    [DatasetTheory(Folder + "missing_fields.csv")]
    [InlineData(true, float.NaN)]
    [InlineData(false, 0f)]
    public void Missing_fields_are_zero_or_NaN_and_marked_ones_always_NaN(bool missingAsNaN, float empty)
    {
        TextLoader.Options options = Csv(new("int", DataKind.Int32, 0), new("description", DataKind.String, 1), new("num1", DataKind.Single, 2), new("num2", DataKind.Single, 3),
            new("date", DataKind.DateTime, 4), new("num3", DataKind.Double, 5), new("num4", DataKind.Single, 6));
        options.MissingRealsAsNaNs = missingAsNaN;
        IDataView data = Load("missing_fields.csv", options);
        Assert.Equal([0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 11], data.GetColumn<int>("int"));
        Assert.Equal([0.12f, 1.1f, 1.1f, 1.1f, empty, empty, 4.4f, 5.5f, 6.6f, 7.7f, 8.8f, 9.9f, 10.10f, float.NaN], data.GetColumn<float>("num1"));
        Assert.Equal([0.34f, 11.11f, 11.11f, 11.11f, 22.22f, 33.33f, empty, empty, 66.66f, 77.77f, 88.88f, 99.99f, float.NaN, float.NaN], data.GetColumn<float>("num2"));
        Assert.Equal([0.56, 111.111, 111.111, 111.111, empty, empty, 444.444, 555.555, empty, 777.777, 888.888, 999.999, 101010.101010, empty], data.GetColumn<double>("num3"));
        Assert.Equal([0.78f, 1111.11111f, 1111.11111f, 1111.11111f, 2222.2222f, 3333.3333f, empty, empty, empty, empty, empty, float.NaN, float.NaN, float.PositiveInfinity], data.GetColumn<float>("num4"));
        Assert.Equal([2001, 1, 1, 2001, 2002, 2003, 2004, 2005, 1, 2007, 2008, 2009, 2010, 2011], data.GetColumn<DateTime>("date").Select(date => date.Year));
        Assert.Equal(["", "NaN"], data.GetColumn<string>("description").TakeLast(2));
    }

    [DatasetTheory(Folder + "multiline.csv")]
    [InlineData("multiline.csv", '"')]
    [InlineData("multiline-escapechar.csv", '\\')]
    public void Quotes_hide_line_breaks_and_comments(string file, char escape)
    {
        TextLoader.Options options = Csv(new("id", DataKind.Single, 0), new("description", DataKind.String, 1), new("animal", DataKind.String, 2));
        (options.ReadMultilines, options.EscapeChar) = (true, escape);
        IDataView data = Load(file, options);
        string[] texts = [.. data.GetColumn<string>("description")];
        Assert.Equal([10f, 11, 12, 13, 14, 15, 16, 17, 0, 19, 20, 21, 22], data.GetColumn<float>("id"));
        Assert.Equal(["dog", "cat", "bird", "dog", "cat", "bird", "dog", "", "bird", "dog", "cat", "bird", "dog"], data.GetColumn<string>("animal"));
        Assert.Equal(("this is a multiline\nquoted description", "this has \"doublequotes\" inside of it"), (texts[2], texts[4]));
        Assert.Equal("this is a multiline\nquoted description with\n\n\"doublequotes\" and\n\nempty new lines and\n\n\n\nescaped quotes inside of \"it\"\n\n"
            + "//and this comment with // shouldn't be ignored\nsince it is part of the \"multiline\"", texts[5]);
        Assert.Equal(("", "we also allow\"quotes in the middle of fields", "or also at the end\""), (texts[9], texts[10], texts[11]));
    }

    [DatasetFact(Folder + "shortsentiment.emd")]
    public void Word_vectors_are_a_text_and_its_numbers()
    {
        IDataView data = Load("shortsentiment.emd", Columns(new TextLoader.Column("Word", DataKind.String, 0), new TextLoader.Column("Vector", DataKind.Single, [new TextLoader.Range(1, null)])));
        Assert.Equal(["cheescake", "ben&jerrys", "man/woman", "plethora", "domains", "$650", "#saudi", "respite", "super_spotter", "curate"], data.GetColumn<string>("Word"));
        float[] last = data.GetColumn<float[]>("Vector").Last();
        Assert.Equal((50, -0.6622372f, 0.7937787f), (last.Length, last[0], last[49]));
    }

    [DatasetFact(Folder + "small-sentiment-test.tsv")]
    public void A_quoted_field_may_start_with_a_number_sign()
    {
        TextLoader.Options options = Columns(new TextLoader.Column("Words", DataKind.String, 0, 3));
        options.AllowQuoting = true;
        Assert.Equal([["plethora", "respite", "curate", "domains"], ["ben&jerrys", "hi", "super_spotter", "hello"], ["hi", "i", "random", "word"], ["domains", "super_spotter", "respite", "#saudi"]],
            Load("small-sentiment-test.tsv", options).GetColumn<string[]>("Words"));
    }

    [DatasetFact(Folder + "topics.csv")]
    public void The_last_row_needs_no_line_end()
    {
        IDataView data = Load("topics.csv", Csv(new("review", DataKind.String, 0), new("review_reverse", DataKind.String, 1), new("label", DataKind.Boolean, 2)));
        Assert.Equal([true, false, true, false, true, true, true, true], data.GetColumn<bool>("label"));
        Assert.Equal("animals birds cats dogs fish horse", data.GetColumn<string>("review").First());
        Assert.Equal("animals birds cats dogs fish horse", data.GetColumn<string>("review_reverse").Last());
    }

    [DatasetTheory(Folder + "trivial-train.tsv")]
    [InlineData("trivial-train.tsv", 180, 294, 1803, 3380)]
    [InlineData("trivial-test.tsv", 620, 1006, 5797, 12220)]
    public void Comments_with_a_number_sign_come_before_a_header(string file, int rows, int labels, int rowSum, int columnSum)
    {
        TextLoader.Options options = Columns(new TextLoader.Column("Label", DataKind.Single, 0), new TextLoader.Column("Row", DataKind.UInt32, [new TextLoader.Range(1)], new KeyCount(20)),
            new TextLoader.Column("Column", DataKind.UInt32, [new TextLoader.Range(2)], new KeyCount(40)));
        options.HasHeader = true;
        IDataView data = Load(file, options);
        Assert.Equal((rows, labels), (data.GetColumn<float>("Label").Count(), (int)data.GetColumn<float>("Label").Sum()));
        // Key k stands for the number k − 1.
        Assert.Equal((rowSum + rows, columnSum + rows), (data.GetColumn<uint>("Row").Sum(key => (int)key), data.GetColumn<uint>("Column").Sum(key => (int)key)));
    }

    [DatasetTheory(Folder + "type-conversion.txt")]
    [InlineData(DataKind.SByte)]
    [InlineData(DataKind.Byte)]
    [InlineData(DataKind.Int16)]
    [InlineData(DataKind.UInt16)]
    [InlineData(DataKind.Int32)]
    [InlineData(DataKind.UInt32)]
    [InlineData(DataKind.Int64)]
    [InlineData(DataKind.UInt64)]
    [InlineData(DataKind.Single)]
    [InlineData(DataKind.Double)]
    public void Whole_numbers_are_read_as_every_number_type(DataKind kind)
    {
        IDataView data = Load("type-conversion.txt", Columns(new TextLoader.Column("V", kind, 0, 3)));
        Assert.Equal([[3f, 23, 32, 4]], ML.Transforms.Conversion.ConvertType("V").Fit(data).Transform(data).GetColumn<float[]>("V"));
    }

    [DatasetFact(Folder + "type-conversion-boolean.txt")]
    public void Truth_values_are_read_as_such_and_not_as_numbers()
    {
        Assert.Equal([[false, true, false]], Load("type-conversion-boolean.txt", Columns(new TextLoader.Column("V", DataKind.Boolean, 0, 2))).GetColumn<bool[]>("V"));
        var error = Assert.Throws<MLPipelinesException>(() => Load("type-conversion-boolean.txt", Columns(new TextLoader.Column("V", DataKind.Single, 0))).GetColumn<float>("V").Count());
        Assert.Contains("type-conversion-boolean.txt row 1, column \"V\": found \"False\", expected a number", error.Message, StringComparison.Ordinal);
    }

    [DatasetFact(Folder + "type-samples.txt")]
    public void Every_type_is_read_to_its_ends()
    {
        AssertColumn<sbyte>(DataKind.SByte, 0, [0, 2, 127, -128, 0]);
        AssertColumn<byte>(DataKind.Byte, 2, [0, 2, 127, 255, 5]);
        AssertColumn<short>(DataKind.Int16, 4, [0, 2, 127, 32767, -32768]);
        AssertColumn<ushort>(DataKind.UInt16, 6, [0, 2, 127, 65535, 78]);
        AssertColumn<int>(DataKind.Int32, 8, [0, 2, 127, int.MaxValue, int.MinValue]);
        AssertColumn<uint>(DataKind.UInt32, 10, [0, 2, 127, uint.MaxValue, 3]);
        AssertColumn<long>(DataKind.Int64, 12, [0, 2, int.MaxValue, long.MaxValue, -9223372036854775808]);
        AssertColumn<ulong>(DataKind.UInt64, 14, [0, 2, int.MaxValue, long.MaxValue, 4]);
        AssertColumn<float>(DataKind.Single, 16, [0, 1, -2, 355, 5]);
        AssertColumn<double>(DataKind.Double, 18, [0, 1, -2, 355, 5]);
        AssertColumn<string>(DataKind.String, 20, ["0", "2", "alibaba", "to mato", "U+12w"]);
        Assert.Contains("row 4, column \"boolean\"", Assert.Throws<MLPipelinesException>(() => AssertColumn<bool>(DataKind.Boolean, 22, [])).Message, StringComparison.Ordinal);
    }

    private static void AssertColumn<T>(DataKind kind, int index, T[] expected)
    {
        TextLoader.Options options = Columns(new TextLoader.Column("V", kind, index));
        options.HasHeader = true;
        Assert.Equal(expected, Load("type-samples.txt", options).GetColumn<T>("V"));
    }
}
