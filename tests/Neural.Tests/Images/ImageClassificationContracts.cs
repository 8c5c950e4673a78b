using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Tests.Images;

/// <summary>The family contract, over each kind of column.</summary>
public abstract class ImageClassificationContract : EstimatorContract
{
    private protected virtual ImageClassificationTrainer.Options Options => new() { Epoch = 3, Augmentation = new ImageAugmentation { CropPadding = 1, MixupAlpha = 0.2 }, LabelSmoothing = 0.05f };

    protected override string[] RequiredColumns => ["Label", "Features"];

    protected override bool IsTrainer => true;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.MulticlassClassification.Trainers.ImageClassification(Options);

    protected override IEstimator<ITransformer>? CreateEstimator(MLContext context, int numberOfThreads)
    {
        ImageClassificationTrainer.Options options = Options;
        options.NumberOfThreads = numberOfThreads;
        return context.MulticlassClassification.Trainers.ImageClassification(options);
    }

    // Every other case leaves a single class, or numbers that are no pixels.
    protected override EdgeOutcome OutcomeOf(EdgeCase edge) =>
        edge is EdgeCase.NoRows or EdgeCase.OneRow or EdgeCase.ConstantColumns || HasNumbers ? EdgeOutcome.Throws : EdgeOutcome.Works;

    protected virtual bool HasNumbers => false;
}

public sealed class ImageClassificationOfVectorsContract : ImageClassificationContract
{
    protected override bool HasNumbers => true;

    protected override IDataView CreateData(MLContext context) => PatternPictures.Vectors(9);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => PatternPictures.Vectors(6).With("Features", Data.TextDataViewType.Instance, Texts(6));

    private static Data.TextColumn Texts(int rows)
    {
        var column = new Data.TextColumn();
        for (int row = 0; row < rows; row++) column.Append("cat.jpg");
        return column;
    }
}

public sealed class ImageClassificationOfImagesContract : ImageClassificationContract
{
    protected override IDataView CreateData(MLContext context) => PatternPictures.Pictures(9, colored: true);
}

public sealed class ImageClassificationOfFilesContract : ImageClassificationContract
{
    private protected override ImageClassificationTrainer.Options Options =>
        new() { Epoch = 2, Arch = ImageClassificationTrainer.Architecture.SmallResidual, NetworkWidth = 4, NetworkDepth = 1, TestTimeFlip = true };

    // Decoding a file takes memory of its own.
    protected override bool IsAllocationFree => false;

    protected override IDataView CreateData(MLContext context) => PatternPictures.Files(9);
}
