using System.Diagnostics;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// Chooses what training pictures are changed by, where there are few: whether a colour or a side up tells something of the class differs from one set of photos to the next,
/// and only held-out pictures say so. Each kind of change is tried in short trainings on smaller pictures.
/// </summary>
internal static class AugmentationChoice
{
    private const int LeastImages = 100, Splits = 2, LargestSide = 128;

    private const double HeldOut = 0.25, PassShare = 0.25;

    /// <summary>The kinds, the usual one first.</summary>
    internal static IReadOnlyList<(string Name, ImageAugmentation Augmentation)> Candidates(ImageAugmentation usual)
    {
        ImageAugmentation plain = usual with { Brightness = 0, Contrast = 0, Saturation = 0 };
        return
        [
            ("mirrored, other colours", usual), ("mirrored", plain),
            ("mirrored and upside down, other colours", usual with { VerticalFlip = true }), ("mirrored and upside down", plain with { VerticalFlip = true }),
        ];
    }

    /// <summary>The kind with the lowest log loss of held-out pictures; the usual one where there are too few pictures, or no time.</summary>
    /// <param name="context">The context; its seed fixes the result.</param>
    /// <param name="options">How the network will be trained, with the usual changes.</param>
    /// <param name="images">What it will learn from.</param>
    /// <param name="until">No further kind is tried when so much time has passed.</param>
    internal static ImageAugmentation Choose(MLContext context, ImageClassificationTrainer.Options options, LabelledImages images, TimeSpan? until)
    {
        var candidates = Candidates(options.Augmentation!);
        if (images.Images.Count < LeastImages) return candidates[0].Augmentation;
        long start = Stopwatch.GetTimestamp();
        double[] losses = new double[candidates.Count];
        for (int i = 0; i < losses.Length; i++)
        {
            if (Stopwatch.GetElapsedTime(start) * (i + 1) > until * Math.Max(1, i)) return candidates[LeastOf(losses.AsSpan(0, i))].Augmentation;
            for (int split = 0; split < Splits; split++)
            {
                var (train, test) = images.Split(HeldOut, context.Environment.SeedFor($"augmentation {split}"));
                losses[i] += LossOf(context, options, candidates[i].Augmentation, train, test) / Splits;
            }
            context.Environment.Report($"tried pictures {candidates[i].Name}", i + 1, losses.Length, losses[i]);
        }
        return candidates[LeastOf(losses)].Augmentation;
    }

    private static int LeastOf(ReadOnlySpan<double> losses)
    {
        int least = 0;
        for (int i = 1; i < losses.Length; i++) if (losses[i] < losses[least]) least = i;
        return least;
    }

    private static double LossOf(MLContext context, ImageClassificationTrainer.Options options, ImageAugmentation augmentation, LabelledImages train, LabelledImages test)
    {
        ImageClassificationTrainer.Options tried = options.Snapshot<ImageClassificationTrainer.Options>();
        (tried.WorkspacePath, tried.ValidationSet, tried.EarlyStoppingCriteria) = (null, new ImageRows(test, context.CancellationToken), null);
        tried.Epoch = Math.Max(1, (int)((options.Epoch ?? 1) * PassShare));
        tried.Augmentation = augmentation;
        if (options.ImageSize is var (height, width) && Math.Min(height, width) > LargestSide)
        {
            tried.ImageSize = (LargestSide, LargestSide);
            tried.Augmentation = augmentation with { CropPadding = augmentation.CropPadding * LargestSide / Math.Min(height, width) };
        }
        var passes = new PassObserver(train.Images.Count, isValidated: true, ended: null);
        tried.MetricsCallback = passes.Add;
        var inner = new MLContext(context.Environment.Seed) { CancellationToken = context.CancellationToken, Progress = passes };
        ImageClassifierTrainer.Chain(inner, tried).Fit(new ImageRows(train, context.CancellationToken));
        return passes.Passes[^1].ValidationLoss;
    }
}
