using MLPipelines.Data;
using MLPipelines.Persistence.MLNet;
using MLPipelines.Persistence;
using static MLPipelines.Tests.Persistence.MLNet.HandMade;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Small files written by hand: older layouts, series, ensembles, and what is refused. Expected numbers are computed by hand from the payloads.</summary>
public sealed class FileReaderTests
{
    [Fact]
    public void An_old_file_is_a_loader_its_steps_and_a_model()
    {
        var pipe = new ComponentWriter("PipeDataLoader", 0x00010002).Ints(4, 1).Names("xf").Ints(-1)
            .Inner("Loader", new ComponentWriter("BinaryLoader", 0x00010003).Ints(0, -1).Doubles(0).Entry("Schema.idv", ComponentWriter.Columns(Schema(("x", NumberDataViewType.Single), ("y", NumberDataViewType.Single)))))
            .Inner("Transform_000", Component("RowToRowMapper", 1).Inner("Mapper", Component("ConcatTransform", 3).Ints(1).Names("Input").Ints(2).Names("x").Ints(-1).Names("y").Ints(-1)));
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["TrainingInfo\\RoleMapping.txt"] = "# comment\r\nRole\tColumn\r\nFeature\tInput\r\nLabel\ty\r\n"u8.ToArray() };
        pipe.AddTo(entries, "DataLoaderModel");
        Linear("LinearRegressionExec", 0x00020001, 1, 2, 3).AddTo(entries, "Predictor");
        ITransformer model = new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out DataViewSchema schema);
        Assert.Equal("x: Single, y: Single", schema.ToString());
        Assert.Equal(14f, Answers(model, schema, ["Score"], [2f, 3f])[0]);
    }

    [Fact]
    public void A_scorer_of_an_old_file_predicts_from_the_column_of_its_role()
    {
        var step = Component("GenericScoreTransform", 1).Names("").Ints(1).Names("Feature", "v")
            .Inner("SchemaBindableMapper", new ComponentWriter("SchemaBindableWrapper", 0x00010002).Inner("Predictor", Linear("LinearRegressionExec", 0x00020001, 1, 2, 3)));
        Assert.Equal(14f, Answer(["Score"], [("v", new[] { 2f, 3f })], step)[0]);
    }

    [Fact]
    public void Scorers_of_old_files_predict_by_their_task()
    {
        object[] Score(string loader, uint version, string mapper, ComponentWriter model, Func<ComponentWriter, ComponentWriter>? more = null)
        {
            ComponentWriter step = Component(loader, version).Names("").Ints(1).Names("Feature", "v");
            return Answer(["Score", "PredictedLabel"], [("v", new[] { 2f, 3f })], (more?.Invoke(step) ?? step).Inner("SchemaBindableMapper", new ComponentWriter(mapper, 0x00010002).Inner("Predictor", model)));
        }

        // A score of 14, below the threshold 15.
        Assert.Equal([14f, false], Score("BinClassScoreTransform", 4, "BinarySchemaBindable", Linear("Linear2CExec", 0x00020002, 1, 2, 3), step => step.Names("Binary", "Score").Ints(4).Singles(15)));
        object[] classes = Score("MultiClassScoreTrans", 3, "SchemaBindableWrapper", new ComponentWriter("MulticlassLinear", 0x00010001).Ints(4, 2, 2).Singles(0, 0).Ints(0, 0, 4).Singles(1, 0, 0, 1));
        Same([2f, 3f], classes[0]);
        Assert.Equal(2u, classes[1]);
        object[] clusters = Score("ClusteringScoreTrans", 3, "SchemaBindableWrapper", new ComponentWriter("KMeansPredictor", 0x00010001).Ints(4, 2, 2).Singles(0, 0, 2, 3));
        Same([13f, 0f], clusters[0]);
        Assert.Equal(2u, clusters[1]);
    }

    [Fact]
    public void A_text_loader_has_the_columns_of_the_input()
    {
        // x is field 0; v the fields 1 and 2; the key 1 to 3 is field 3.
        var loader = new ComponentWriter("TextLoader", 0x0001000C).Ints(4).Longs(long.MaxValue).Ints(4, 0, 1).Bytes(44, 0).Ints(3)
            .Names("x").Bytes(9, 0).Ints(1, 0, 1).Bytes(0)
            .Names("v").Bytes(9, 0).Ints(1, 1, 3).Bytes(0)
            .Names("k").Bytes(6, 1).Longs(3).Ints(1, 3, 4).Bytes(0);
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        loader.AddTo(entries, "DataLoaderModel");
        new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out DataViewSchema schema);
        Assert.Equal("x: Single, v: Vector<Single, 2>, k: Key<UInt32, 0-2>", schema.ToString());
    }

    [Fact]
    public void Spikes_are_judged_from_the_state_of_the_file()
    {
        // Four scores are remembered; three of them are 1. An alert is a p-value of at most 0.05.
        var step = Component("IidSpikeDetector", 1).Ints(4, 0).Names("x", "alert").Bytes(0, 0).Bytes([6, .. "Single"u8, 0]).Bytes(0, 1, 2).Doubles(0.1, 0.05).Ints(4, 0)
            .Ints(4, 0).Ints(4, 3).Singles(1, 1, 1).Doubles(0, 0).Ints(0).Ints(4, 0, 4, 0);
        double[] found = (double[])Answer(["alert"], [("x", 9f)], step)[0];
        Assert.Equal((1, 9, 1e-8), (found[0], found[1], found[2]));
    }

    [Fact]
    public void Changes_are_judged_from_the_state_of_the_file()
    {
        // As before, with the power martingale: a p-value of 1e-8 multiplies it by ε · p^(ε − 1), ε being 0.1.
        var step = Component("IidChangePointDetector", 1).Ints(4, 0).Names("x", "alert").Bytes(0, 0).Bytes([6, .. "Single"u8, 0]).Bytes(1, 2, 2).Doubles(0.1, 1000).Ints(4, 0)
            .Ints(4, 0).Ints(4, 3).Singles(1, 1, 1).Doubles(0, 0).Ints(0).Ints(4, 0, 4, 0);
        double[] found = (double[])Answer(["alert"], [("x", 9f)], step)[0];
        Assert.Equal((1, 9, 1e-8), (found[0], found[1], found[2]));
        Assert.Equal(0.1 * Math.Pow(1e-8, -0.9), found[3], 1.0);
    }

    [Fact]
    public void Every_component_that_is_read_is_written_by_hand_here()
    {
        string sources = string.Concat(Directory.GetFiles(Path.GetDirectoryName(PathOfThisFile())!, "*.cs").Select(File.ReadAllText));
        // How well a linear model fits is passed over, whatever it says.
        string[] passedOver = ["LinearModelStats", "ModelStats"];
        string[] missing = [.. ComponentTables.All.Select(kind => kind.Loader).Except(passedOver).Where(loader => !sources.Contains($"\"{loader}\"", StringComparison.Ordinal))];
        Assert.True(missing.Length == 0, $"No component of a test is {string.Join(", ", missing)}.");
    }

    private static string PathOfThisFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    [Fact]
    public void A_series_goes_on_from_the_state_of_the_file()
    {
        // A window of 2 and one component along (1, 1): the signal is the mean of the last two, and stays as it is.
        float half = MathF.Sqrt(0.5f);
        var ssa = new ComponentWriter("SSAModel", 0x00010002).Ints(10, 2, 5, 1).Singles(1).Bytes(0, 1).Ints(1).Singles(1).Ints(1).Singles(4).Bytes(0).Singles(0, 0, 0, 0, 4).Ints(1).Bytes(0, 0).Doubles(0)
            .Ints(2).Singles(half, half).Ints(1).Singles(0).Ints(10, 1).Singles(4);
        var step = Component("SsaForecasting", 1).Ints(0, 0).Names("x", "next").Bytes(0, 0).Bytes([7, .. "VBuffer"u8, 14, 6, .. "Single"u8, 0, 1, 0, 0, 0, 1, 0, 0, 0])
            .Ints(1).Bytes(0).Ints(1).Singles(0.95f).Ints(0, 0, 0, 0, 0, 0).Inner("SSA", ssa);
        Assert.Equal([5f], (float[])Answer(["next"], [("x", 6f)], step)[0], Close);
    }

    [Fact]
    public void An_ensemble_is_the_mean_of_its_models()
    {
        byte[] Member(float bias)
        {
            var inner = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["TrainingInfo\\RoleMapping.txt"] = "Role\tColumn\r\nFeature\tFeatures\r\n"u8.ToArray() };
            Linear("LinearRegressionExec", 0x00020001, bias, 2, 3).AddTo(inner, "Predictor");
            return ComponentWriter.Zip(inner);
        }

        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        new ComponentWriter("BinaryLoader", 0x00010003).Ints(0, -1).Doubles(0).Entry("Schema.idv", ComponentWriter.Columns(Schema(("Features", Two)))).AddTo(entries, "DataLoaderModel");
        new ComponentWriter("PipelineEnsemble", 0x00010002).Names("Regression").Ints(2, 1).Names("Features").Inner("Combiner", new ComponentWriter("AverageCombiner", 0x00010001))
            .Entry("PredictorModels\\PredictorModel_000", Member(1)).Entry("PredictorModels\\PredictorModel_001", Member(3)).AddTo(entries, "Predictor");
        ITransformer model = new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out DataViewSchema schema);
        Assert.Equal(15f, Answers(model, schema, ["Score"], [new[] { 2f, 3f }])[0]);
    }

    [Fact]
    public void A_component_that_is_not_known_is_named_and_inspecting_lists_it()
    {
        byte[] file = ComponentWriter.File(Schema(("x", NumberDataViewType.Single)), Component("CopyTransform", 1).Pair("y", "x"), new ComponentWriter("XYZ", 0x00010005));
        var error = Assert.Throws<MLPipelinesException>(() => new MLContext(1).Model.Load(new MemoryStream(file), out _));
        Assert.Contains("component \"XYZ\" version 0x00010005 of entry TransformerChain/Transform_001: not supported; this file needs ", error.Message, StringComparison.Ordinal);
        ModelManifest manifest = ModelFileReader.Open(new MemoryStream(file), "file").ReadManifest();
        Assert.Equal("ML.NET 9.9.9", manifest.Library);
        Assert.Equal(["x"], manifest.Input.Select(column => column.Name));
        Assert.Equal([("TransformerChain", true), ("CopyTransform", true), ("XYZ", false)], manifest.Chain.Select(step => (step.Type, step.Parameters["supported"]!.GetValue<bool>())));
    }

    [Fact]
    public void A_version_that_is_not_known_is_named()
    {
        var error = Assert.Throws<MLPipelinesException>(() => Load(null, new ComponentWriter("CopyTransform", 0x00010007).Pair("y", "x")));
        Assert.Contains("component \"CopyTransform\" version 0x00010007 of entry TransformerChain/Transform_000: not supported; this library reads versions 0x00010001 to 0x00010001 of it", error.Message, StringComparison.Ordinal);
        // What says that readers of a known version understand it is read.
        Assert.NotNull(Load(null, new ComponentWriter("CopyTransform", 0x00010007, readableBy: 0x00010001).Pair("y", "x")));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void Counts_that_the_payload_does_not_hold_are_errors(int count)
    {
        foreach (ComponentWriter component in new[]
        {
            Component("CopyTransform", 1).Ints(count), Component("ConcatTransform", 3).Ints(1).Names("v").Ints(count), Component("SelectColumnsTransform", 1).Bytes(1, 0, 0).Ints(count),
            Component("NgramTransform", 3).Pair("n", "k").Ints(1, 0, 0).Bytes(1).Ints(count), Component("TokenizeTextTransform", 1).Pair("w", "t").Ints(count), Component("PcaTransform", 2).Pair("p", "v").Ints(count, count),
            Component("RffTransform", 2).Pair("r", "v").Ints(count, 2), Component("Normalizer", 2).Pair("n", "v").Bytes(1, 9).Ints(1, count),
        })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<MLPipelinesException>(() => Load(null, component));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
        }
    }

    [Fact]
    public void An_entry_that_unpacks_to_too_much_is_an_error()
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["TransformerChain/Model.key"] = new byte[64 << 20] };
        var error = Assert.Throws<MLPipelinesException>(() => new MLContext(1).Model.Load(new MemoryStream(ComponentWriter.Zip(entries)), out _));
        Assert.Contains("too large", error.Message, StringComparison.Ordinal);
    }
}
