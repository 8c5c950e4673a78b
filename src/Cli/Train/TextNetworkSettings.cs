using MLPipelines.Cli.Commands;
using MLPipelines.Scenarios.TextClassification;
using NetworkOptions = MLPipelines.TorchSharp.NasBert.TextClassificationTrainer.TextClassificationOptions;

namespace MLPipelines.Cli.Train;

/// <summary>What <c>--set</c> says of a network that learns to classify texts.</summary>
internal sealed class TextNetworkSettings(IReadOnlyList<string> given)
{
    private static readonly string[] Texts = ["weights"];

    private static readonly string[] Known =
        [.. Texts, "fromScratch", "epochs", "batchSize", "learningRate", "weightDecay", "dropout", "warmup", "maxTokens", "vocabularySize", "freezeEncoder"];

    private readonly Settings _settings = new(given, Known, Texts);

    internal TextNetworkOptions Apply(TextNetworkOptions options) =>
        options with { Weights = _settings.Text("weights"), FromScratch = _settings["fromScratch"] is > 0, Adjust = Adjust };

    private void Adjust(NetworkOptions options)
    {
        options.MaxEpoch = _settings.Whole("epochs") ?? options.MaxEpoch;
        options.BatchSize = _settings.Whole("batchSize") ?? options.BatchSize;
        options.WeightDecay = _settings["weightDecay"] ?? options.WeightDecay;
        options.Dropout = _settings["dropout"] ?? options.Dropout;
        options.WarmupRatio = _settings["warmup"] ?? options.WarmupRatio;
        options.MaxTokens = _settings.Whole("maxTokens") ?? options.MaxTokens;
        options.VocabularySize = _settings.Whole("vocabularySize") ?? options.VocabularySize;
        options.FreezeEncoder = _settings["freezeEncoder"] is > 0;
        if (_settings["learningRate"] is { } rate) (options.LearningRate, options.FromScratchLearningRate) = ([rate], rate);
    }
}
