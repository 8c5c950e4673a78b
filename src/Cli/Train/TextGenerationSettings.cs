using MLPipelines.Cli.Commands;
using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Cli.Train;

/// <summary>What <c>--set</c> says of a text generator and its training.</summary>
internal sealed class TextGenerationSettings
{
    private static readonly string[] OfNetwork = ["vocabulary", "layers", "hidden", "heads", "context", "dropout"];

    private static readonly string[] Known = [.. OfNetwork, "window", "batchSize", "learningRate", "weightDecay", "warmUp", "clip", "validation"];

    private readonly Settings _settings;

    internal TextGenerationSettings(IReadOnlyList<string> given, string? initialModel)
    {
        _settings = new Settings(given, Known);
        if (initialModel is not null && Array.Find(OfNetwork, name => _settings[name] is not null) is { } fixedName)
            throw new UsageException($"--set {fixedName}: the network of --from {initialModel} is as it is.");
        if (initialModel is null && _settings["window"] is not null) throw new UsageException("--set window: that is for training that goes on --from a model; a new network learns from windows of its whole context.");
    }

    internal IReadOnlyDictionary<string, double> Values => _settings.Values;

    internal TextGenerationTrainingOptions Apply(TextGenerationTrainingOptions options) => options with
    {
        VocabularySize = _settings.Whole("vocabulary") ?? options.VocabularySize,
        Layers = _settings.Whole("layers") ?? options.Layers,
        HiddenSize = _settings.Whole("hidden") ?? options.HiddenSize,
        Heads = _settings.Whole("heads") ?? options.Heads,
        ContextLength = _settings.Whole("context") ?? options.ContextLength,
        Dropout = _settings["dropout"] ?? options.Dropout,
        WindowSize = _settings.Whole("window") ?? options.WindowSize,
        BatchSize = _settings.Whole("batchSize") ?? options.BatchSize,
        LearningRate = _settings["learningRate"] ?? options.LearningRate,
        WeightDecay = _settings["weightDecay"] ?? options.WeightDecay,
        WarmUpRatio = _settings["warmUp"] ?? options.WarmUpRatio,
        GradientClipping = _settings["clip"] ?? options.GradientClipping,
        ValidationShare = _settings["validation"] ?? options.ValidationShare,
    };
}
