using System.IO.Compression;
using MLPipelines.Testing;
using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;

namespace MLPipelines.Tests.Transforms.Text;

public sealed class WordEmbeddingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("word-embedding").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string FileOf(string text, string name = "vectors.txt")
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static float[] Embed(string file, params string[] words)
    {
        IDataView view = new MemoryView().AddTexts("Words", [words], isVariable: true);
        return Features(ML.Transforms.Text.ApplyWordEmbedding("Features", file, "Words").Fit(view).Transform(view), "Features")[0];
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/ApplyCustomWordEmbedding.cs
    [Fact]
    public void The_sample_of_ML_NET_gives_its_printed_output()
    {
        string file = FileOf("great 1.0 2.0 3.0\nproduct -1.0 -2.0 -3.0\nlike -1 100.0 -100\nbuy 0 0 20\n");
        IDataView view = View("This is a great product. I would like to buy it again.");
        IDataView features = ML.Transforms.Text.NormalizeText("Text").Append(ML.Transforms.Text.TokenizeIntoWords("Tokens", "Text"))
            .Append(ML.Transforms.Text.ApplyWordEmbedding("Features", file, "Tokens")).Fit(view).Transform(view);
        Assert.Equal([-1, 0, -100, 0, 34, -77f / 3, 1, 100, 20], Features(features, "Features")[0]);
    }

    [Fact]
    public void A_row_without_known_words_is_zero() => Assert.Equal(new float[6], Embed(FileOf("a 1 2\n"), "b", "A", ""));

    [Fact]
    public void A_first_line_of_counts_is_no_word() => Assert.Equal([3, 4, 3, 4, 3, 4], Embed(FileOf("2 2\na 1 2\nb 3 4\n"), "2", "b"));

    [Fact]
    public void Lines_of_another_kind_are_left_out() => Assert.Equal([1, 2, 1, 2, 1, 2], Embed(FileOf("a\t1\t2 \r\n\nb 3\nc 3 x\nd 1 2 3\ne 1 NaN\n"), "a", "b", "c", "e"));

    [Fact]
    public void Of_a_word_that_is_there_twice_the_first_vector_stays() => Assert.Equal([1, 1, 1], Embed(FileOf("a 1\na 2\n"), "a"));

    [Fact]
    public void Words_may_have_spaces_in_them() => Assert.Equal([5, 6, 5, 6, 5, 6], Embed(FileOf("a 1 2\nNew York 5 6\n"), "New York"));

    [Fact]
    public void Gzip_files_are_read_as_what_they_hold()
    {
        string path = Path.Combine(_folder, "vectors.txt.gz");
        using (var gzip = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest))) gzip.Write("card 0.5\n卡 -0.5\n");
        Assert.Equal([-0.5f, 0, 0.5f], Embed(path, "card", "卡"));
    }

    [Fact]
    public void A_saved_model_needs_no_other_file()
    {
        string file = FileOf("a 1 2\nb 3 4\n");
        IDataView view = new MemoryView().AddTexts("Words", [["a", "b"], []], isVariable: true);
        ITransformer fitted = ML.Transforms.Text.ApplyWordEmbedding("Features", file, "Words").Fit(view);
        ITransformer loaded = SaveAndLoad(fitted, view.Schema, out _);
        File.Delete(file);
        Assert.Equal([1, 2, 2, 3, 3, 4], Features(loaded.Transform(view), "Features")[0]);
        Assert.Equal(new float[6], Features(loaded.Transform(view), "Features")[1]);
    }

    [Theory]
    [InlineData("no numbers here\n", "has no word vectors")]
    [InlineData("", "has no word vectors")]
    [InlineData("3 2\n", "of 1 lines none is a word and 2 numbers")]
    [InlineData("3 2\na \0\u0001b\n", "line 2: found binary data")]
    public void A_file_without_word_vectors_is_refused(string text, string message)
    {
        string file = FileOf(text);
        string error = Assert.Throws<MLPipelinesException>(() => Embed(file, "a")).Message;
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.txt", Assert.Throws<FileNotFoundException>(() => Embed("nowhere.txt", "a")).Message, StringComparison.Ordinal);

    [Fact]
    public void Published_vectors_are_found_by_their_file_name()
    {
        const string Variable = "MLPIPELINES_RESOURCE_PATH";
        IDataView view = new MemoryView().AddTexts("Words", [["a"]], isVariable: true);
        var estimator = ML.Transforms.Text.ApplyWordEmbedding("Features", "Words", WordEmbeddingEstimator.PretrainedModelKind.GloVe50D);
        Environment.SetEnvironmentVariable(Variable, _folder);
        try
        {
            string error = Assert.Throws<FileNotFoundException>(() => estimator.Fit(view)).Message;
            Assert.Contains("glove.6B.50d.txt", error, StringComparison.Ordinal);
            Assert.Contains(_folder, error, StringComparison.Ordinal);
            FileOf("a 7\n", "glove.6B.50d.txt");
            Assert.Equal([7, 7, 7], Features(estimator.Fit(view).Transform(view), "Features")[0]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    // python3: rows = {f[0]: np.array(f[1:], np.float32) for f in (l.rstrip().split("\t") for l in open("shortsentiment.emd"))};
    // a = np.stack([rows["cheescake"], rows["ben&jerrys"]]); np.concatenate([a.min(0), a.mean(0), a.max(0)])[[0, 1, 50, 51, 100, 101, 149]]
    [DatasetFact("tabular/mlnet-loader-edge-cases/shortsentiment.emd")]
    public void The_test_file_of_ML_NET_is_read()
    {
        float[] features = Embed(Datasets.PathOf("tabular/mlnet-loader-edge-cases/shortsentiment.emd"), "cheescake", "ben&jerrys", "unknown");
        Assert.Equal(150, features.Length);
        Assert.Equal([-0.3883546f, -0.29569581f, -0.16389632f, -0.24915516f, 0.060561951f, -0.2026145f, -0.2325044f], [features[0], features[1], features[50], features[51], features[100], features[101], features[149]]);
    }
}
