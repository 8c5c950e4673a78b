using MLPipelines;
using MLPipelines.Data;
using MLPipelines.Scenarios.TextClassification;

namespace Snippets;

/// <summary>The code of src/Scenarios/TextClassification/README.md.</summary>
internal static class TextClassificationSnippet
{
    internal static TextPrediction Run()
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromTextFile<Ticket>("data/support-tickets.csv", separatorChar: ',', hasHeader: true, allowQuoting: true);

        var classifier = TextClassifier.Train(context, data, ["Subject", "Body"], "Category");
        classifier.Save("models/tickets.zip");

        var loaded = TextClassifier.Load("models/tickets.zip");
        TextPrediction prediction = loaded.Predict("Refund please", "The lamp arrived broken and I would like my money back.");
        Console.WriteLine($"{prediction.Label} ({prediction.Probability:P0})");
        foreach (LabelProbability other in prediction.Ranked.Skip(1).Take(2))
            Console.WriteLine($"  or {other.Label} ({other.Probability:P0})");
        return prediction;
    }

    internal static TextClassifier FineTune()
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromTextFile<Ticket>("data/support-tickets.csv", separatorChar: ',', hasHeader: true, allowQuoting: true);
        var options = new TextNetworkOptions { TextColumns = ["Subject", "Body"], LabelColumn = "Category", Weights = "models/bert-base-multilingual" };
        var model = new TextNetworkTrainer(context, TextMethod.Bert, options).Train(data);
        TextClassifier.Of(context, model, data.Schema, options.TextColumns).Save("models/tickets-bert.zip");
        return TextClassifier.Load("models/tickets-bert.zip");
    }

    class Ticket
    {
        [LoadColumnName("subject")] public string Subject { get; set; } = "";
        [LoadColumnName("body")] public string Body { get; set; } = "";
        [LoadColumnName("category")] public string Category { get; set; } = "";
    }
}
