using MLPipelines.Vision;
using static MLPipelines.Neural.Training.OptionRange;

namespace MLPipelines.Neural.Images;

/// <summary>The ranges of the options.</summary>
internal static class OptionChecks
{
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static void Check(ImageClassificationTrainer.Options options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.FeatureColumnName);
        ArgumentException.ThrowIfNullOrEmpty(options.LabelColumnName);
        ArgumentNullException.ThrowIfNull(options.FinalModelPrefix);
        ArgumentNullException.ThrowIfNull(options.FrozenPrefixes);
        AtLeast(options.BatchSize, 1, nameof(options.BatchSize));
        AtLeast(options.Epoch, 1, nameof(options.Epoch));
        AtLeast(options.NetworkWidth, 1, nameof(options.NetworkWidth));
        AtLeast(options.NetworkDepth, 1, nameof(options.NetworkDepth));
        AtLeast(options.NumberOfThreads, 1, nameof(options.NumberOfThreads));
        AtLeast(options.PictureCacheMegabytes, 0, nameof(options.PictureCacheMegabytes));
        AtLeast(options.ImageSize?.Height, 8, nameof(options.ImageSize));
        AtLeast(options.ImageSize?.Width, 8, nameof(options.ImageSize));
        if (options.LearningRate is { } rate) Between(rate, double.Epsilon, float.MaxValue, nameof(options.LearningRate));
        if (options.ValidationSetFraction is { } share) Between(share, double.Epsilon, 1 - 1e-6, nameof(options.ValidationSetFraction));
        Between(options.LabelSmoothing, 0, 0.999, nameof(options.LabelSmoothing));
        Between(options.Dropout ?? 0, 0, 0.999, nameof(options.Dropout));
        Between(options.WeightDecay, 0, float.MaxValue, nameof(options.WeightDecay));
        Between(options.GradientClipping, 0, float.MaxValue, nameof(options.GradientClipping));
        Between(options.CheckpointSeconds, 0, double.MaxValue, nameof(options.CheckpointSeconds));
        if (!Enum.IsDefined(options.Optimizer)) throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, $"{options.Optimizer} is no optimizer.");
        if (options.Arch == ImageClassificationTrainer.Architecture.InceptionV3 || !Enum.IsDefined(options.Arch))
            throw new NotSupportedException($"The architecture {options.Arch} is not there. Choose one of {string.Join(", ", Enum.GetValues<ImageClassificationTrainer.Architecture>().Where(known => known != ImageClassificationTrainer.Architecture.InceptionV3))}.");
        options.Augmentation?.Check();
    }
}
