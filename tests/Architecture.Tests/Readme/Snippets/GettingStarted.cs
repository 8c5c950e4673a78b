using MLPipelines;
using MLPipelines.Data;

namespace Snippets;

/// <summary>The code of docs/guides/getting-started.md.</summary>
internal static class GettingStarted
{
    internal static (double Accuracy, string Label, IReadOnlyDictionary<string, object?> Row) Run()
    {
        var context = new MLContext(seed: 1);                // the same seed gives the same model
        var data = context.Data.LoadFromTextFile<Ticket>("data/support-tickets.csv", separatorChar: ',', hasHeader: true, allowQuoting: true);
        var split = context.Data.TrainTestSplit(data, testFraction: 0.2);

        var chain = context.Transforms.Conversion.MapValueToKey("Label", "Category")
            .Append(context.Transforms.Text.VectorizeText("Features", options: null, "Subject", "Body"))
            .Append(context.MulticlassClassification.Trainers.LinearSvm())
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = chain.Fit(split.TrainSet);

        var metrics = context.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:P1}, log loss {metrics.LogLoss:F2}");
        foreach (var pair in metrics.ConfusionMatrix.GetMostConfusedPairs(3))
            Console.WriteLine($"{pair.Count} times '{pair.Predicted}' instead of '{pair.Actual}'");

        context.Model.Save(model, data.Schema, "models/tickets.zip");

        var loaded = context.Model.Load("models/tickets.zip", out var schema);
        var engine = context.Model.CreatePredictionEngine<Ticket, Answer>(loaded);
        var answer = engine.Predict(new Ticket { Subject = "Invoice", Body = "You charged my card twice this month." });
        Console.WriteLine($"{answer.PredictedLabel} ({answer.Score.Max():P0})");

        var rows = context.Model.CreatePredictionEngine(loaded, schema, ["PredictedLabel"]);
        var row = rows.Predict(new Dictionary<string, object?> { ["Subject"] = "Parcel", ["Body"] = "It was to be here on Monday." });
        Console.WriteLine(row["PredictedLabel"]);
        return (metrics.MicroAccuracy, answer.PredictedLabel, row);
    }

    class Ticket
    {
        [LoadColumnName("subject")] public string Subject { get; set; } = "";
        [LoadColumnName("body")] public string Body { get; set; } = "";
        [LoadColumnName("category")] public string Category { get; set; } = "";
    }

    class Answer
    {
        public string PredictedLabel { get; set; } = "";
        public float[] Score { get; set; } = [];             // a probability per label
    }
}
