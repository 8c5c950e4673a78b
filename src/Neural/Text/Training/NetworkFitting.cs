using System.Globalization;
using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Cpu;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.Neural.Text;

/// <summary>Trains a network on texts, from weights or from scratch.</summary>
internal static class NetworkFitting
{
    /// <param name="options">The options, which are in their ranges.</param>
    /// <param name="environment">Seed, progress and cancellation.</param>
    /// <param name="name">The name of the trainer, for messages, progress and files.</param>
    /// <param name="kind">What is scored.</param>
    /// <param name="outputs">How many scores there are.</param>
    /// <param name="examples">What is learned from.</param>
    /// <param name="validation">What is measured by; or nothing.</param>
    internal static TextNetworkModel Run(
        NasBertTrainer.NasBertOptions options, TrainingEnvironment environment, string name, HeadKind kind, int outputs, TextExamples examples, TextExamples? validation)
    {
        var start = StartingPoint.Of(options, examples.Texts, name, environment.CancellationToken);
        int maxTokens = Math.Min(options.MaxTokens, start.Description.MaxTokens);
        TextTrainingSettings settings = Settings(options, start, name);
        Checkpoint? checkpoint = options.WorkspacePath is null ? null
            : new Checkpoint(options.WorkspacePath, name, Fingerprint.Of(Everything(options, settings, start, maxTokens, examples, validation, options.Seed ?? environment.Seed)));
        StateDictionary? resumed = checkpoint?.Read();
        int seed = resumed is null ? environment.SeedFor(name, options.Seed) : Checkpoint.PositionOf(resumed).Seed;
        var random = new RandomSource((ulong)seed);
        using (Crew.Limit(options.NumberOfThreads))
        {
            HeadedEncoder network = start.Weights is { } weights ? new(weights, kind, outputs, random, start.Description) : new(start.Description, kind, outputs, random);
            TextTask task = examples.CreateTask(network, start.Tokenizer, maxTokens);
            TextTask? measured = validation?.CreateTask(network, start.Tokenizer, maxTokens);
            new TextTraining(settings, environment, network, random, task, measured, seed).Run(checkpoint, resumed);
            return new TextNetworkModel(network, new PretrainedEncoder(start.Description, start.Tokenizer, network.Encoder.State()), outputs, maxTokens);
        }
    }

    private static TextTrainingSettings Settings(NasBertTrainer.NasBertOptions options, StartingPoint start, string name) =>
        new(name, options.BatchSize, options.MaxEpoch, start.LearningRateOf(options))
        {
            WarmUpRatio = options.WarmupRatio,
            StartRatio = options.StartLearningRateRatio,
            FinalRatio = options.FinalLearningRateRatio,
            WeightDecay = options.WeightDecay,
            Beta1 = options.AdamBetas[0],
            Beta2 = options.AdamBetas[1],
            Epsilon = options.AdamEps,
            ClipLength = options.ClipNorm,
            FrozenPrefixes = Frozen(options),
            Patience = options.EarlyStoppingPatience,
            TimeLimit = options.TimeLimit,
            CheckpointSeconds = options.CheckpointSeconds,
        };

    private static List<string> Frozen(NasBertTrainer.NasBertOptions options)
    {
        List<string> prefixes = [.. options.FrozenPrefixes];
        if (options.FreezeEncoder) prefixes.Add(HeadedEncoder.EncoderName + ".");
        if (options.FreezeTransfer) prefixes.AddRange([HeadedEncoder.EncoderName + ".HiddenTransferList.", HeadedEncoder.EncoderName + ".EmbedTransfer."]);
        return prefixes;
    }

    /// <summary>All that the weights follow from, but for those that training begins with, which are known by where they come from.</summary>
    private static string Everything(
        NasBertTrainer.NasBertOptions options, TextTrainingSettings settings, StartingPoint start, int maxTokens, TextExamples examples, TextExamples? validation, int? seed) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{settings with { FrozenPrefixes = [], CheckpointSeconds = 0 }}|{string.Join(',', settings.FrozenPrefixes)}|{start.Description.ToJson()}|{start.Tokenizer.VocabularySize}|{options.InitialWeights}|{maxTokens}|{examples.Fingerprint()}|{validation?.Fingerprint()}|{seed}");
}
