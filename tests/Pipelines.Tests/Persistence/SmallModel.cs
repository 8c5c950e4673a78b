using System.Runtime.InteropServices;
using MLPipelines.Data;
using MLPipelines.Persistence;
using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Persistence;

/// <summary>A text classifier of a few hundred bytes, for tests of model files.</summary>
internal static class SmallModel
{
    public sealed class Ticket
    {
        public string Text { get; set; } = "";

        public string Category { get; set; } = "";
    }

    internal static readonly string[] Probes = ["", "money back", "where is the parcel", "退款", "line one\nline two", "😡 money"];

    private static readonly Ticket[] Tickets =
    [
        new() { Text = "money back please", Category = "refund" }, new() { Text = "want my money back", Category = "refund" },
        new() { Text = "where is my parcel", Category = "delivery" }, new() { Text = "the parcel is late", Category = "delivery" },
        new() { Text = "退款 退款", Category = "other \\ 其他\n" }, new() { Text = "请 退款 😡", Category = "other \\ 其他\n" },
    ];

    internal static (ITransformer Model, DataViewSchema Input) Create()
    {
        var context = new MLContext(seed: 1);
        IDataView data = context.Data.LoadFromEnumerable(Tickets);
        data = context.Transforms.Conversion.MapValueToKey("Label", "Category").Fit(data).Transform(data);
        var options = new TextVectorizingOptions { Views = [new NgramView(NgramUnit.Word, 1, 1), new NgramView(NgramUnit.CharacterWithinWord, 2, 2)], LabelColumnName = "Label" };
        ITransformer model = context.Transforms.Text.VectorizeText("Features", options, "Text")
            .Append(context.MulticlassClassification.Trainers.LinearSvm("Label", "Features", new LinearSvmMulticlassOptions { InverseTemperature = 1.25f, PriorStrength = 0.05f }))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        var input = new DataViewSchema.Builder();
        input.AddColumn("Text", TextDataViewType.Instance);
        return (model, input.ToSchema());
    }

    internal static byte[] File { get; } = Save();

    private static byte[] Save()
    {
        var (model, input) = Create();
        using var stream = new MemoryStream();
        ModelFile.Write(model, input, new TrainingRecord { Scenario = "test", Metrics = new Dictionary<string, double> { ["accuracy"] = 0.5 } }, stream);
        return stream.ToArray();
    }

    internal static ITransformer Load(byte[] file, string name = "small.zip")
    {
        using var stream = new MemoryStream(file);
        return ModelFileReader.Open(stream, name).Load(out _);
    }

    /// <summary>The labels and the bits of the scores of the probe texts.</summary>
    internal static string[] Predict(ITransformer model)
    {
        var context = new MLContext();
        IDataView scored = model.Transform(context.Data.LoadFromEnumerable(Probes.Select(text => new Ticket { Text = text })));
        return [.. context.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).Select(
            p => $"{p.PredictedLabel} {string.Join(' ', MemoryMarshal.Cast<float, uint>(p.Score).ToArray())}")];
    }

    public sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[]? Score { get; set; }
    }
}
