using System.Text;
using MLPipelines.Data;
using MLPipelines.Persistence;

namespace MLPipelines.Tests.Persistence;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mlp-{Guid.NewGuid():n}");

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_loaded_model_predicts_bit_for_bit_the_same()
    {
        var (model, input) = SmallModel.Create();
        string path = Path.Combine(_folder, "deep", "model.zip");
        new MLContext().Model.Save(model, input, path);
        ITransformer loaded = new MLContext().Model.Load(path, out DataViewSchema schema);
        Assert.Equal(SmallModel.Predict(model), SmallModel.Predict(loaded));
        Assert.Equal("Text: String", schema.ToString());
        Assert.Equal(model.GetOutputSchema(input).ToString(), loaded.GetOutputSchema(schema).ToString());
    }

    [Fact]
    public void Two_saves_are_the_same_bytes()
    {
        var (model, input) = SmallModel.Create();
        string first = Path.Combine(_folder, "1.zip"), second = Path.Combine(_folder, "2.zip"), again = Path.Combine(_folder, "3.zip");
        var record = new TrainingRecord { TrainedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Seed = 1, Metrics = new Dictionary<string, double> { ["b"] = 1, ["a"] = 1 / 3.0 } };
        var context = new MLContext();
        context.Model.Save(model, input, first, record);
        context.Model.Save(model, input, second, record);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        // A loaded model is saved as it was.
        context.Model.Save(context.Model.Load(first, out DataViewSchema schema), schema, again, context.Model.Inspect(first).Training);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(again));
    }

    [Fact]
    public void Inspecting_tells_schema_steps_and_training()
    {
        string path = Path.Combine(_folder, "model.zip");
        var (model, input) = SmallModel.Create();
        new MLContext().Model.Save(model, input, path, new TrainingRecord { Scenario = "test", TrainRows = 6, Metrics = new Dictionary<string, double> { ["accuracy"] = 0.75 } });
        ModelManifest manifest = new MLContext().Model.Inspect(path);
        Assert.Equal(1, manifest.Format);
        Assert.Equal(["text-vectorizer", "multiclass-prediction", "map-key-to-value"], manifest.Chain.Select(step => step.Type));
        Assert.Equal(["Text:text"], manifest.Input.Select(column => $"{column.Name}:{column.Type}"));
        Assert.Contains("Score:vector<single,3>", manifest.Output.Select(column => $"{column.Name}:{column.Type}"));
        Assert.Contains("\"vector<single,3>\"", Encoding.UTF8.GetString(manifest.ToJson()), StringComparison.Ordinal);
        Assert.Contains("其他", Encoding.UTF8.GetString(manifest.ToJson()), StringComparison.Ordinal);
        Assert.Equal(["refund", "delivery", "other \\ 其他\n"], manifest.Output.Single(column => column.Name == "Score").SlotNames);
        Assert.Equal(0.75, manifest.Training!.Metrics["accuracy"]);
        Assert.Equal(6, manifest.Training.TrainRows);
    }

    /// <summary>
    /// The file of the first format, kept as it was written: the model of <see cref="SmallModel"/>, saved on the day that the
    /// format was fixed by <c>File.WriteAllBytes("format-1.zip", SmallModel.File)</c>. It must load for ever.
    /// </summary>
    [Fact]
    public void Format_1_stays_loadable()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Persistence", "Models", "format-1.zip");
        ITransformer model = new MLContext().Model.Load(path, out DataViewSchema input);
        Assert.Equal("Text: String", input.ToString());
        var context = new MLContext();
        IDataView scored = model.Transform(context.Data.LoadFromEnumerable(SmallModel.Probes.Select(text => new SmallModel.Ticket { Text = text })));
        SmallModel.Prediction[] predictions = [.. context.Data.CreateEnumerable<SmallModel.Prediction>(scored, reuseRowObject: false)];
        Assert.Equal(FormatOneLabels, predictions.Select(p => p.PredictedLabel));
        for (int i = 0; i < predictions.Length; i++)
            for (int k = 0; k < 3; k++) Assert.Equal(FormatOneScores[i][k], predictions[i].Score![k], 1e-5f);
    }

    private static readonly string[] FormatOneLabels = ["other \\ 其他\n", "refund", "delivery", "other \\ 其他\n", "refund", "refund"];
    private static readonly float[][] FormatOneScores =
    [
        [0.33339554f, 0.32968253f, 0.33692193f], [0.81110936f, 0.087321304f, 0.101569355f], [0.09436182f, 0.80463415f, 0.10100404f],
        [0.100681126f, 0.10004907f, 0.7992698f], [0.46325082f, 0.29069245f, 0.2460567f], [0.69484466f, 0.14672016f, 0.15843521f],
    ];

    [Fact]
    public void A_file_that_is_not_there_is_said()
    {
        string path = Path.Combine(_folder, "absent.zip");
        Assert.Contains(path, Assert.Throws<FileNotFoundException>(() => new MLContext().Model.Load(path, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(_folder, "model.zip");
        Directory.CreateDirectory(_folder);
        File.WriteAllBytes(path, SmallModel.File);
        var (model, input) = SmallModel.Create();
        var context = new MLContext();

        var error = Assert.Throws<NotSupportedException>(() => context.Model.Save(model.Append<ITransformer>(new Unsaveable()), input, path));
        Assert.Contains("Unsaveable cannot be saved", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => context.Model.Save(model.Append<ITransformer>(new Failing()), input, path));

        Assert.Equal(SmallModel.File, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(_folder);
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "x");
        var (model, input) = SmallModel.Create();
        foreach (string path in new[] { Path.Combine(file, "model.zip"), _folder })
        {
            var error = Assert.Throws<IOException>(() => new MLContext().Model.Save(model, input, path));
            Assert.StartsWith($"Model file '{path}' cannot be written: ", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal([file], Directory.GetFiles(_folder));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_folder)!, $"{Path.GetFileName(_folder)}*.tmp"));
    }

    [Fact]
    public void A_stream_that_fails_passes_its_error_on()
    {
        var (model, input) = SmallModel.Create();
        using var stream = new FullDisk();
        Assert.Throws<IOException>(() => new MLContext().Model.Save(model, input, stream));
    }

    [Fact]
    public void A_model_goes_through_streams()
    {
        var (model, input) = SmallModel.Create();
        using var stream = new MemoryStream();
        var context = new MLContext();
        context.Model.Save(model, input, stream);
        Assert.True(stream.CanWrite);
        stream.Position = 0;
        Assert.Equal(SmallModel.Predict(model), SmallModel.Predict(context.Model.Load(stream, out _)));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_texts_and_labels_survives()
    {
        var context = new MLContext(1);
        // Each text twice: n-grams that one text alone has are left out.
        IDataView data = context.Data.LoadFromEnumerable(new[] { 0, 1, 0, 1 }.Select(i => i == 0
            ? new SmallModel.Ticket { Text = "cut \uD83D off", Category = "\uDE00" } : new SmallModel.Ticket { Text = "\uDE00 on", Category = "\uD83D" }).ToArray());
        var model = context.Transforms.Conversion.MapValueToKey("Label", "Category").Append(context.Transforms.Text.VectorizeText("Features", null, "Text"))
            .Append(context.MulticlassClassification.Trainers.LinearSvm()).Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        using var stream = new MemoryStream();
        context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = context.Model.Load(stream, out _);
        SmallModel.Prediction[] expected = Predict(model), actual = Predict(loaded);
        Assert.Equal(["\uDE00", "\uD83D", "\uDE00", "\uD83D"], actual.Select(p => p.PredictedLabel));
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i].Score, actual[i].Score);

        SmallModel.Prediction[] Predict(ITransformer transformer) =>
            [.. context.Data.CreateEnumerable<SmallModel.Prediction>(transformer.Transform(data), reuseRowObject: false)];
    }

    [Fact]
    public void A_model_without_a_schema_can_be_saved()
    {
        var (model, _) = SmallModel.Create();
        using var stream = new MemoryStream();
        var context = new MLContext();
        context.Model.Save(model, null, stream);
        stream.Position = 0;
        Assert.Equal(SmallModel.Predict(model), SmallModel.Predict(context.Model.Load(stream, out DataViewSchema input)));
        Assert.Empty(input);
    }

    private sealed class Unsaveable : ITransformer
    {
        public bool IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IDataView Transform(IDataView input) => input;
    }

    private sealed class Failing : ITransformer, IModelStep
    {
        public bool IsRowToRowMapper => true;

        public string TypeId => "failing";

        public int Version => 1;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IDataView Transform(IDataView input) => input;

        public void Save(ModelStepWriter writer) => throw new InvalidOperationException("no");
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Position + count > 500) throw new IOException("There is no space left on the device.");
            base.Write(buffer, offset, count);
        }
    }
}
