using MLPipelines;
using MLPipelines.Scenarios.TextClassification;

namespace Snippets;

/// <summary>The code of README.md.</summary>
internal static class ReadmeSnippets
{
    internal sealed class Ticket
    {
        public string Text { get; set; } = "";

        public string Category { get; set; } = "";
    }

    internal static (TextPrediction Prediction, ITransformer Model, IDataView Rows) Run(IEnumerable<Ticket> tickets)
    {
        var context = new MLContext(seed: 1);
        var rows = context.Data.LoadFromEnumerable(tickets);              // objects with the properties Text and Category
        var classifier = TextClassifier.Train(context, rows, ["Text"], "Category");
        classifier.Save("tickets.zip");

        var loaded = TextClassifier.Load("tickets.zip");                   // one instance serves all threads
        var prediction = loaded.Predict("My card was charged twice");
        foreach (var (label, probability) in prediction.Ranked.Take(3))
            Console.WriteLine($"{label,-20} {probability:P1}");

        var chain = context.Transforms.Conversion.MapValueToKey("Label", "Category")
            .Append(context.Transforms.Text.FeaturizeText("Features", "Text"))
            .Append(context.MulticlassClassification.Trainers.SdcaMaximumEntropy())
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = chain.Fit(rows);
        return (prediction, model, rows);
    }
}
