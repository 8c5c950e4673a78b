using System.Globalization;
using MLPipelines.Neural.Training;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>By what a checkpoint is known to be of the same training.</summary>
internal static class Fingerprints
{
    /// <summary>A number of everything that the weights follow from.</summary>
    internal static ulong Of(TrainingPlan plan, ImageClassificationTrainer.Options options, PictureSet pictures, PictureSet? validation, int? seed)
    {
        bool splits = options.EarlyStoppingCriteria is not null || options.MetricsCallback is not null;
        string all = string.Create(CultureInfo.InvariantCulture,
            $"{plan.Network with { Blocks = [] }}|{string.Join(',', plan.Network.Blocks)}|{plan.BatchSize}|{plan.Epochs}|{plan.LearningRate}|{plan.Scheduler.GetType().Name}|{plan.Augmentation}|{options.Optimizer}|{options.LabelSmoothing}|{options.WeightDecay}|{options.GradientClipping}|{options.InitialWeights}|{string.Join(',', options.FrozenPrefixes)}|{(splits ? options.ValidationSetFraction : null)}|{options.EarlyStoppingCriteria is not null}|{pictures.Fingerprint()}|{validation?.Fingerprint()}|{seed}");
        return Fingerprint.Of(all);
    }
}
