using MLPipelines.Neural.Training;
using MLPipelines.TorchSharp.NasBert;
using static MLPipelines.Neural.Training.OptionRange;

namespace MLPipelines.Neural.Text;

/// <summary>The ranges of the options of trainers of networks for texts.</summary>
internal static class TextOptionChecks
{
    private const double Most = float.MaxValue, BelowOne = 1 - 1e-6;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static void Check(NasBertTrainer.NasBertOptions options)
    {
        AtLeast(options.BatchSize, 1, nameof(options.BatchSize));
        AtLeast(options.MaxEpoch, 1, nameof(options.MaxEpoch));
        AtLeast(options.MaxTokens, 8, nameof(options.MaxTokens));
        AtLeast(options.VocabularySize, 300, nameof(options.VocabularySize));
        AtLeast(options.EarlyStoppingPatience, 1, nameof(options.EarlyStoppingPatience));
        AtLeast(options.NumberOfThreads, 1, nameof(options.NumberOfThreads));
        Between(options.StartLearningRateRatio, 0, 1, nameof(options.StartLearningRateRatio));
        Between(options.FinalLearningRateRatio, 0, 1, nameof(options.FinalLearningRateRatio));
        Between(options.WeightDecay, 0, Most, nameof(options.WeightDecay));
        Between(options.Dropout, 0, BelowOne, nameof(options.Dropout));
        Between(options.AttentionDropout, 0, BelowOne, nameof(options.AttentionDropout));
        Between(options.ActivationDropout, 0, BelowOne, nameof(options.ActivationDropout));
        Between(options.PoolerDropout ?? 0, 0, BelowOne, nameof(options.PoolerDropout));
        Between(options.AdamEps, double.Epsilon, Most, nameof(options.AdamEps));
        Between(options.ClipNorm, 0, Most, nameof(options.ClipNorm));
        Between(options.WarmupRatio, 0, 1, nameof(options.WarmupRatio));
        Between(options.FromScratchLearningRate ?? 1, double.Epsilon, Most, nameof(options.FromScratchLearningRate));
        Between(options.CheckpointSeconds, 0, double.MaxValue, nameof(options.CheckpointSeconds));
        ArgumentNullException.ThrowIfNull(options.FrozenPrefixes);
        if (options.AdamBetas is not [>= 0 and < 1, >= 0 and < 1]) throw new ArgumentOutOfRangeException(nameof(options), "AdamBetas are two numbers from 0 to below 1.");
        if (options.LearningRate is not [> 0, ..]) throw new ArgumentOutOfRangeException(nameof(options), "LearningRate begins with a number above 0.");
        if (options.TimeLimit <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(options), options.TimeLimit, "TimeLimit is above 0.");
        if (!Enum.IsDefined(options.Network)) throw new ArgumentOutOfRangeException(nameof(options), options.Network, $"{options.Network} is no network.");
        if (options.FromScratch && options.InitialWeights is not null) throw new ArgumentException("FromScratch and InitialWeights exclude each other: a network begins with weights or without.", nameof(options));
    }
}
