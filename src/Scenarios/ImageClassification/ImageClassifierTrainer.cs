using System.Diagnostics;
using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// Learns to tell which class a picture belongs to: holds some pictures back to measure by, and trains a network on the others that is sized by the
/// pictures. What comes out is what <see cref="Chain"/> learns.
/// </summary>
/// <param name="context">The context; its seed fixes the result.</param>
/// <param name="options">How.</param>
public sealed class ImageClassifierTrainer(MLContext context, ImageClassificationOptions options)
{
    private const int TimedImages = 512;

    // Of the time limit, for comparing changes of the pictures.
    private const double ChoiceShare = 1.0 / 3;

    /// <summary>Learns from labelled pictures. They are held in memory at the size of the network's input.</summary>
    /// <param name="images">The pictures; those that cannot be read are left out.</param>
    /// <param name="validation">Pictures to measure by after each pass; held out of <paramref name="images"/> when left out.</param>
    /// <exception cref="MLPipelinesException">The pictures cannot be learned from, such as when all have one label.</exception>
    public ImageClassificationResult Train(LabelledImages images, LabelledImages? validation = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Counts.Count(count => count > 0) < 2)
            throw new MLPipelinesException($"{images.Source} has pictures of {(images.Classes.Count == 0 ? "no class" : $"one class, {images.Classes[0]}")}; expected at least two classes, each in a folder of its name.");
        long start = Stopwatch.GetTimestamp();
        LabelledImages train = images;
        if (validation is null && ValidationShareOf(images) is > 0 and var share) (train, validation) = images.Split(share, context.Environment.SeedFor("validation"));
        if (validation is { Images.Count: 0 }) validation = null;

        var rows = new ImageRows(train, context.CancellationToken);
        var heldOut = validation is null ? null : new ImageRows(validation, context.CancellationToken);
        var chosen = new ImageClassificationTrainer.Options
        {
            FeatureColumnName = ImageRows.ImageColumn,
            LabelColumnName = ImageRows.LabelColumn,
            Arch = options.Architecture,
            ValidationSet = heldOut,
            ValidationSetFraction = null,
            WorkspacePath = options.Workspace,
        };
        ImageProfile profile = ImageProfile.Of(train, context.CancellationToken);
        ImageDefaults.Apply(chosen, profile);
        ImageAugmentation usual = chosen.Augmentation!;
        options.Adjust?.Invoke(chosen);
        if (ImageDefaults.IsChosenByTrial(profile) && usual == chosen.Augmentation) chosen.Augmentation = AugmentationChoice.Choose(context, chosen, train, options.TimeLimit * ChoiceShare);
        if (options.TimeLimit is { } limit) chosen.Epoch = Math.Min(chosen.Epoch ?? int.MaxValue, PassesWithin(limit - Stopwatch.GetElapsedTime(start), train, chosen));
        var passes = new PassObserver(train.Images.Count, heldOut is not null, options.PassEnded);
        chosen.MetricsCallback = passes.Add;
        var inner = new MLContext(context.Environment.Seed) { CancellationToken = context.CancellationToken, Progress = passes };
        ITransformer model = Chain(inner, chosen).Fit(rows);

        var schema = new DataViewSchema.Builder();
        schema.AddColumns([rows.Schema[ImageRows.ImageColumn]]);
        IReadOnlyList<string> problems = [.. rows.Problems, .. heldOut?.Problems ?? []];
        var classifier = new ImageClassifier(context, model, schema.ToSchema());
        return new ImageClassificationResult(classifier, Describe(chosen.Arch, classifier.Network!), passes.Passes, train.Images.Count - rows.Problems.Count, problems)
        {
            Architecture = chosen.Arch,
            Validation = validation,
        };
    }

    /// <summary>The chain of estimators behind the classifier, to copy and change.</summary>
    /// <param name="context">The context.</param>
    /// <param name="trainer">Says the columns of pictures and labels, and how the network learns.</param>
    public static IEstimator<TransformerChain<ITransformer>> Chain(MLContext context, ImageClassificationTrainer.Options trainer)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(trainer);
        return context.MulticlassClassification.Trainers.ImageClassification(trainer).Append<ITransformer>(context.Transforms.Conversion.MapKeyToValue(trainer.PredictedLabelColumnName));
    }

    /// <summary>How many passes fit into a time, by how long it takes to learn from a part of the pictures.</summary>
    private int PassesWithin(TimeSpan limit, LabelledImages train, ImageClassificationTrainer.Options chosen)
    {
        long start = Stopwatch.GetTimestamp();
        LabelledImages part = train.Images.Count <= 2 * TimedImages ? train : train.Split((double)TimedImages / train.Images.Count, seed: 1).Test;
        ImageClassificationTrainer.Options timed = chosen.Snapshot<ImageClassificationTrainer.Options>();
        (timed.Epoch, timed.ValidationSet, timed.WorkspacePath, timed.EarlyStoppingCriteria) = (2, null, null, null);
        var passes = new PassObserver(part.Images.Count, isValidated: false, ended: null);
        timed.MetricsCallback = passes.Add;
        var inner = new MLContext(context.Environment.Seed) { CancellationToken = context.CancellationToken, Progress = passes };
        Chain(inner, timed).Fit(new ImageRows(part, context.CancellationToken));
        // The first pass also compiles.
        double left = limit.TotalSeconds - Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (int)Math.Clamp(left * passes.Passes[^1].ImagesPerSecond / train.Images.Count, 1, int.MaxValue);
    }

    private static string Describe(ImageClassificationTrainer.Architecture architecture, ImageClassificationModelParameters network)
    {
        string kind = architecture switch
        {
            ImageClassificationTrainer.Architecture.SmallConvolutional => "Network of three convolutions",
            ImageClassificationTrainer.Architecture.SmallResidual => "Small residual network",
            ImageClassificationTrainer.Architecture.DepthwiseSeparable or ImageClassificationTrainer.Architecture.MobilenetV2 => "Depthwise-separable network",
            ImageClassificationTrainer.Architecture.ResnetV250 => "Resnet50",
            ImageClassificationTrainer.Architecture.ResnetV2101 => "Resnet101",
            _ => architecture.ToString(),
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"{kind} on {network.Shape.Height} by {network.Shape.Width} pixels{(network.Shape.Channels == 1 ? " in grey" : "")}, {network.ParameterCount:N0} parameters");
    }

    private double ValidationShareOf(LabelledImages images) => Math.Min(options.ValidationShare, (double)options.MostValidationImages / Math.Max(1, images.Images.Count));
}
