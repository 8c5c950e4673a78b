using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.SvmLight;

public sealed class SvmLightTests : IDisposable
{
    private static readonly MLContext ML = new(seed: 1);

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private string Write(params string[] lines)
    {
        File.WriteAllLines(_path, lines);
        return _path;
    }

    private static readonly string[] Sample =
    [
        "1\t1:3\t4:6",
        "  -1 cost:5\t2:4 \t4:7\t6:-1   ",
        "",
        "1\t5:-2 # A comment! 2:3",
        "# What a nice full line comment",
        "1 cost:0.5\t2:3.14159 qid:7",
    ];

    [Theory]
    [InlineData(0, false, new[] { 3f, 0, 0, 6, 0, 0, 0, 4, 0, 7, 0, -1, 0, 0, 0, 0, -2, 0, 0, 3.14159f, 0, 0, 0, 0 })]
    [InlineData(5, false, new[] { 3f, 0, 0, 6, 0, 0, 4, 0, 7, 0, 0, 0, 0, 0, -2, 0, 3.14159f, 0, 0, 0 })]
    [InlineData(5, true, new[] { 0f, 3, 0, 0, 6, 0, 0, 4, 0, 7, 0, 0, 0, 0, 0, 0, 0, 3.14159f, 0, 0 })]
    public void Features_are_placed_by_index_and_those_beyond_the_size_left_out(int inputSize, bool zeroBased, float[] features)
    {
        IDataView data = ML.Data.LoadFromSvmLightFile(Write(Sample), inputSize: inputSize, zeroBased: zeroBased);
        Assert.Equal(features, data.GetColumn<float[]>("Features").SelectMany(row => row));
        Assert.Equal([1f, -1, 1, 1], data.GetColumn<float>("Label"));
        Assert.Equal([1f, 5, 1, 0.5f], data.GetColumn<float>("Weight"));
        Assert.Equal(["", "", " A comment! 2:3", ""], data.GetColumn<string>("Comment"));
        Assert.Equal([0ul, 0, 0, 8], data.GetColumn<ulong>("GroupId"));
    }

    [Fact]
    public void The_columns_are_those_of_mlnet()
    {
        IDataView data = ML.Data.LoadFromSvmLightFile(Write(Sample));
        Assert.Equal("Label: Single, Weight: Single, GroupId: Key<UInt64, 0-18446744073709551613>, Comment: String, Features: Vector<Single, 6>", data.Schema.ToString());
    }

    [Fact]
    public void Named_features_keep_the_places_of_the_sample()
    {
        SvmLightLoader loader = ML.Data.CreateSvmLightLoaderWithFeatureNames(dataSample: new MultiFileSource(Write("1 qid:1 aurora:3.14159 beachwood:123", "-1 qid:5 beachwood:345 chagrin:-21 sid:3")));
        IDataView data = loader.Load(_path);
        Assert.Equal(["aurora", "beachwood", "chagrin"], ViewContents.SlotNames(data, "Features"));
        Assert.Equal([[3.14159f, 123, 0], [0, 345, -21]], data.GetColumn<float[]>("Features"));
        Assert.Equal([2ul, 6], data.GetColumn<ulong>("GroupId"));
        Assert.Equal([[1f, 0, 2], [0, 0, 3]], loader.Load(Write("-1 chagrin:2 aurora:1", "1 chagrin:3 euclid:4")).GetColumn<float[]>("Features"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_loads_again(bool zeroBased)
    {
        IDataView data = ML.Data.LoadFromSvmLightFile(Write([.. Sample, "0.1", "nan 3:1e-20"]));
        string saved = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.Create(saved)) ML.Data.SaveInSvmLightFormat(data, file, zeroBased, rowGroupColumnName: "GroupId", exampleWeightColumnName: "Weight");
            IDataView loaded = ML.Data.LoadFromSvmLightFile(saved, inputSize: 6, zeroBased: zeroBased);
            foreach (string column in new[] { "Label", "Weight", "GroupId", "Features" }) Assert.Equal(ViewContents.Read(data)[column], ViewContents.Read(loaded)[column]);
        }
        finally
        {
            File.Delete(saved);
        }
    }

    [Fact]
    public void Labels_are_written_as_two_classes_when_that_is_asked_for()
    {
        using var file = new MemoryStream();
        var data = new MemoryView().Add("Label", 3, -0.5f, float.NaN).AddVectors("Features", [[0f, 2], [0.5f, 0], [0, 0]]).AddKeys("Group", [1, 0, 2], "a", "b");
        ML.Data.SaveInSvmLightFormat(new RowOnlyView(data), file, binaryLabel: true, rowGroupColumnName: "Group");
        Assert.Equal("1 qid:0 2:2\n-1 1:0.5\n0 qid:1 1:0\n", System.Text.Encoding.UTF8.GetString(file.ToArray()));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.SaveInSvmLightFormat(data, file, labelColumnName: "Group"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.SaveInSvmLightFormat(data, file, featureColumnName: "Label"));
    }

    [Theory]
    [InlineData("q 1:3", "found \"q\", expected a number")]
    [InlineData("1 2:hello", "found \"2:hello\", expected a number")]
    [InlineData("1 2:", "found \"2:\", expected a number")]
    [InlineData("1 2", "found \"2\", expected index:value")]
    [InlineData("1 0:2", "found \"0:2\", expected indices from 1 on")]
    [InlineData("1 x:2", "found \"x:2\", expected an index before the colon")]
    [InlineData("1 qid:x", "found \"qid:x\", expected a whole number after qid")]
    [InlineData("1 2:1 3:4 2:5", "found \"1 2:1 3:4 2:5\", expected each feature once")]
    public void What_makes_no_sense_is_an_error_that_names_file_and_row(string line, string message)
    {
        IDataView data = ML.Data.LoadFromSvmLightFile(Write("1 1:1", line), inputSize: 4);
        Assert.StartsWith($"{_path} row 2: {message}", Assert.Throws<MLPipelinesException>(() => ViewContents.Read(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_features_must_be_known()
    {
        Assert.Throws<ArgumentException>(() => ML.Data.CreateSvmLightLoader());
        Assert.Contains("found no features", Assert.Throws<MLPipelinesException>(() => ML.Data.LoadFromSvmLightFile(Write("1", "# 1:2"))).Message, StringComparison.Ordinal);
        Assert.Equal("Vector<Single, 4>", ML.Data.LoadFromSvmLightFile(Write(Sample), numberOfRows: 1).Schema["Features"].Type.ToString());
        Assert.Throws<FileNotFoundException>(() => ML.Data.LoadFromSvmLightFile(_path + ".absent"));
    }
}
