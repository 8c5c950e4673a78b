using System.Text;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.TextLoading;

public sealed class LoadFromTextFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlp-text-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static float[] Numbers(IDataView view, int column = 0) => ((ValueColumn<float>)((BatchView)view).ReadColumns(column)[0]).Values.ToArray();

    private sealed class Ticket
    {
        [LoadColumn(0)]
        public float Id { get; set; }

        [LoadColumn(1), ColumnName("Label")]
        public string Category { get; set; } = "";

        [LoadColumn(2, 3), VectorType(2)]
        public float[] Sizes { get; set; } = [];

        [LoadColumn(4), KeyType(5)]
        public uint Color { get; set; }

        [NoColumn]
        public int Ignored { get; set; }
    }

    private sealed record Named
    {
        [LoadColumnName("category")]
        public string? Label { get; init; }

        [LoadColumnName("w", "h")]
        public double[]? Sizes { get; init; }
    }

    private sealed class Unmarked
    {
        [LoadColumn(0)]
        public float Id { get; set; }

        public float Other { get; set; }
    }

    [Fact]
    public void A_type_says_what_to_load()
    {
        string path = Write("t.tsv", "id\tcategory\tw\th\tc\n1\trefund\t2\t3\t0\n4\tdelivery\t5\t6\t4\n");
        IDataView view = new MLContext().Data.LoadFromTextFile<Ticket>(path, hasHeader: true);
        Assert.Equal("Color: Key<UInt32, 0-4>, Id: Single, Label: String, Sizes: Vector<Single, 2>", string.Join(", ", view.Schema.OrderBy(c => c.Name, StringComparer.Ordinal)));
        Assert.Equal([1f, 4f], Numbers(view, view.Schema["Id"].Index));
        Assert.Equal(["w", "h"], view.Schema["Sizes"].SlotNamesOrNull()!);
    }

    [Fact]
    public void A_type_may_name_header_cells()
    {
        string path = Write("t.csv", "h,w,category\n1,2,refund\n");
        IDataView view = new MLContext().Data.LoadFromTextFile<Named>(path, ',', hasHeader: true);
        Assert.Equal([2d, 1d], ((VectorColumn<double>)((BatchView)view).ReadColumns(view.Schema["Sizes"].Index)[0]).Values.ToArray());

        var error = Assert.Throws<MLPipelinesException>(() => new MLContext().Data.LoadFromTextFile<Named>(Write("u.csv", "h,w,kind\n"), ',', hasHeader: true));
        Assert.EndsWith("u.csv row 1: the header has no column \"category\", which column \"Label\" is read from. The columns are: \"h\", \"w\", \"kind\".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_without_a_place_is_an_error() =>
        Assert.Equal("Unmarked.Other says not which field it is read from: add [LoadColumn(index)] or [LoadColumnName(\"name\")], or [NoColumn] to leave it out.",
            Assert.Throws<ArgumentException>(() => new MLContext().Data.LoadFromTextFile<Unmarked>(Write("a.tsv", "1\n"))).Message);

    [Fact]
    public void The_overloads_of_mlnet_are_there()
    {
        string path = Write("a.tsv", "1\t2\n3\t4\n");
        DataOperationsCatalog data = new MLContext().Data;
        TextLoader.Column[] columns = [new("a", DataKind.Single, 0)];
        Assert.Equal([1f, 3f], Numbers(data.LoadFromTextFile(path, columns)));
        Assert.Equal([1f, 3f], Numbers(data.LoadFromTextFile(path, columns, separatorChar: '\t', hasHeader: false, allowQuoting: false, trimWhitespace: false, allowSparse: false)));
        Assert.Equal([1f, 3f], Numbers(data.LoadFromTextFile(path, new TextLoader.Options { Columns = columns })));
        Assert.Equal("Label: Single, Features: Vector<Single, 1>", data.LoadFromTextFile(path).Schema.ToString());
        Assert.Equal([1f, 3f], Numbers(data.CreateTextLoader(columns, separatorChar: '\t', hasHeader: false, dataSample: null, allowQuoting: false, trimWhitespace: false, allowSparse: false).Load(new MultiFileSource(path))));
        Assert.Equal([1f, 3f], Numbers(data.CreateTextLoader(new TextLoader.Options { Columns = columns }).Load(new MultiFileSource(path))));
        Assert.Equal("Id: Single", data.CreateTextLoader<OneColumn>().GetOutputSchema().ToString());
        Assert.Equal([1f, 3f], Numbers(data.LoadFromTextFile<OneColumn>(path, new TextLoader.Options())));
        Assert.Equal([1f, 3f], Numbers(data.CreateTextLoader<OneColumn>(new TextLoader.Options()).Load(new MultiFileSource(path))));
    }

    private sealed class OneColumn
    {
        [LoadColumn(0)]
        public float Id { get; set; }
    }

    [Fact]
    public void Patterns_find_files_in_the_order_of_their_names()
    {
        Write("b.csv", "2\n");
        Write("a.csv", "1\n");
        Write("c.csv.gz", EncodingTests.Gzip("3\n"u8.ToArray()));
        Write("deep/er/d.csv", "4\n");
        Write("x.txt", "9\n");
        DataOperationsCatalog data = new MLContext().Data;
        TextLoader.Column[] columns = [new("a", DataKind.Single, 0)];
        Assert.Equal([1f, 2f], Numbers(data.LoadFromTextFile(Path.Combine(_folder, "*.csv"), columns)));
        Assert.Equal([1f, 2f, 3f], Numbers(data.LoadFromTextFile(Path.Combine(_folder, "*.csv*"), columns)));
        Assert.Equal([1f, 2f, 4f], Numbers(data.LoadFromTextFile(Path.Combine(_folder, ".../*.csv"), columns)));
        Assert.Equal([2f, 1f], Numbers(data.LoadFromTextFile($"{Path.Combine(_folder, "b.csv")}+{Path.Combine(_folder, "a.csv")}", columns)));
        Assert.Equal([3f], Numbers(data.LoadFromTextFile(Path.Combine(_folder, "c.csv.gz"), columns)));
        Assert.Equal("3\n", new MultiFileSource(Path.Combine(_folder, "c.csv.gz")).OpenTextReader(0).ReadToEnd());
        Assert.Equal(2, new MultiFileSource(Path.Combine(_folder, "a.csv"), Path.Combine(_folder, "b.csv")).Count);
        Assert.Equal(0, new MultiFileSource(null).Count);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error()
    {
        DataOperationsCatalog data = new MLContext().Data;
        string missing = Path.Combine(_folder, "no.csv");
        Assert.Equal($"{missing} is not there.", Assert.Throws<FileNotFoundException>(() => data.LoadFromTextFile(missing)).Message);
        Assert.StartsWith("no-such.csv is not there (looked for ", Assert.Throws<FileNotFoundException>(() => data.LoadFromTextFile("no-such.csv")).Message, StringComparison.Ordinal);
        Assert.Equal($"No file matches {_folder}/*.tsv.", Assert.Throws<FileNotFoundException>(() => data.LoadFromTextFile($"{_folder}/*.tsv")).Message);
        Assert.StartsWith($"{_folder} is a folder.", Assert.Throws<FileNotFoundException>(() => data.LoadFromTextFile(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_can_be_read_again_and_files_are_let_go()
    {
        string path = Write("a.csv", "1\n2\n");
        IDataView view = new MLContext().Data.LoadFromTextFile(path, [new("a", DataKind.Single, 0)]);
        Assert.Equal([1f, 2f], Numbers(view));
        File.WriteAllText(path, "3\n");
        Assert.Equal([3f], Numbers(view));
    }

    [DatasetFact("tabular/mlnet-loader-edge-cases/multiline.csv")]
    public void The_multi_line_file_of_mlnet_is_read()
    {
        TextLoader.Options With(char escape) => new()
        {
            Separators = [','], HasHeader = true, AllowQuoting = true, ReadMultilines = true, EscapeChar = escape,
            Columns = [new("id", DataKind.Single, 0), new("description", DataKind.String, 1), new("animal", DataKind.String, 2)],
        };
        string[] files = ["tabular/mlnet-loader-edge-cases/multiline.csv", "tabular/mlnet-loader-edge-cases/multiline-escapechar.csv"];
        var doubled = ((BatchView)new MLContext().Data.LoadFromTextFile(Datasets.PathOf(files[0]), With('"'))).ReadColumns(0, 1, 2);
        var escaped = ((BatchView)new MLContext().Data.LoadFromTextFile(Datasets.PathOf(files[1]), With('\\'))).ReadColumns(0, 1, 2);
        Assert.Equal("this has one\"doublequote which should be escaped as a single quote", ((TextColumn)doubled[1])[3].ToString());
        Assert.Equal(((ValueColumn<float>)doubled[0]).Values.ToArray(), ((ValueColumn<float>)escaped[0]).Values.ToArray());
        for (int row = 0; row < doubled[1].RowCount; row++) Assert.Equal(((TextColumn)doubled[1])[row].ToString(), ((TextColumn)escaped[1])[row].ToString());
    }

    [DatasetFact("tabular/mlnet/breast-cancer.txt")]
    public void The_comments_of_mlnets_files_are_no_rows()
    {
        IDataView view = new MLContext().Data.LoadFromTextFile(Datasets.PathOf("tabular/mlnet/breast-cancer.txt"));
        Assert.Equal("Label: Single, Features: Vector<Single, 9>", view.Schema.ToString());
        // wc -l of the file without its comments is 699, of which grep -c "^1" is 241.
        Assert.Equal((699, 241f), (Numbers(view).Length, Numbers(view).Sum()));
        IDataView iris = new MLContext().Data.LoadFromTextFile(Datasets.PathOf("tabular/mlnet/iris.txt"));
        Assert.Equal(150, Numbers(iris).Length);
    }

    [DatasetFact("text/banking77/train.csv.gz")]
    public void Public_files_are_inferred_and_loaded()
    {
        (string File, int Rows, string Schema)[] files =
        [
            ("text/banking77/train.csv.gz", 10003, "text: String, category: String"),
            ("text/chinese/ChnSentiCorp_htl_all.csv.gz", 7766, "label: Single, review: String"),
            ("text/sst2/train.tsv.gz", 6920, "sentence: String, label: Single"),
            ("text/ag_news/test.csv.gz", 7600, "Column0: Single, Column1: String, Column2: String"),
            ("text/english-sentiment/imdb_labelled.txt", 1000, "Column0: String, Column1: Single"),
            ("tabular/taxi-fare/taxi-fare-train.csv.gz", 100000, "vendor_id: String, rate_code: Single, passenger_count: Single, trip_time_in_secs: Single, trip_distance: Single, payment_type: String, fare_amount: Single"),
            ("forecasting/energy_hourly.csv.gz", 66497, "Date: DateTime, Energy: Single"),
        ];
        foreach (var (file, rows, schema) in files)
        {
            string path = Datasets.PathOf(file);
            IDataView view = new MLContext().Data.LoadFromTextFile(path, TextFileInference.Infer(path).ToOptions());
            Assert.Equal(schema, view.Schema.ToString());
            Assert.Equal(rows, ((BatchView)view).ReadColumns([.. Enumerable.Range(0, view.Schema.Count)])[0].RowCount);
        }
    }
}
