using System.Globalization;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Reports;
using MLPipelines.Scenarios.TextClassification;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.Data;

namespace MLPipelines.Cli.Train;

/// <summary>What learns a text classifier: as users name it, and as they are told of it.</summary>
internal static class TextMethods
{
    // The name that n-grams had when they were the only way.
    private const string LinearSvm = "linear-svm";

    /// <summary>The method that <c>--trainer</c> names; n-grams where it is left out.</summary>
    internal static TextMethod Parse(string? trainer)
    {
        if (trainer is null || trainer.Equals(LinearSvm, StringComparison.OrdinalIgnoreCase)) return TextMethod.Ngram;
        TextMethod[] methods = Enum.GetValues<TextMethod>();
        string[] names = [.. methods.Select(TextNetworkTrainer.NameOf)];
        int index = Array.FindIndex(names, name => name.Equals(trainer, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? methods[index] : throw new UsageException($"--trainer: there is no trainer '{trainer}' for text-classification.{NearNames.Hint(trainer, names)} The trainers are: {string.Join(", ", names)}.");
    }

    /// <summary>How large a network is.</summary>
    internal static string Describe(ITransformer model)
    {
        TextClassificationTransformer network = ITransformerChain.Flatten(model).OfType<TextClassificationTransformer>().First();
        return $"Network of {Figures.Count(network.ParameterCount)} parameters";
    }

    /// <summary>Which method won, and by how much.</summary>
    internal static string Describe(TextMethodComparison result)
    {
        TextMethodResult chosen = result.Compared.First(compared => compared.Method == result.Chosen);
        TextMethodResult? other = result.Compared.FirstOrDefault(compared => compared.Method != result.Chosen);
        string won = other is null ? "nothing to compare with"
            : string.Create(CultureInfo.InvariantCulture, $"{100 * (chosen.Accuracy - other.Accuracy):+0.0;-0.0;0.0} points against {TextNetworkTrainer.NameOf(other.Method)}")
            + (other.Accuracy > chosen.Accuracy ? ", which is within chance" : "");
        return $"{TextNetworkTrainer.NameOf(result.Chosen)} with an accuracy of {Figures.Share(chosen.Accuracy)} on {Figures.Count(result.HeldOutRows, "held-out row")}: {won}";
    }

    internal static TextTable TableOf(TextMethodComparison result)
    {
        var table = new TextTable("Methods, by rows held out", "method", "#accuracy", "#seconds");
        foreach (TextMethodResult compared in result.Compared)
            table.Add(TextNetworkTrainer.NameOf(compared.Method), Figures.Share(compared.Accuracy), compared.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        return table;
    }
}
