using MLPipelines.Vision;

namespace MLPipelines;

/// <summary>Trainers of networks for pictures.</summary>
public static class VisionCatalog
{
    /// <summary>Trains a network that classifies pictures.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    public static ImageClassificationTrainer ImageClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, ImageClassificationTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new ImageClassificationTrainer(catalog.Environment, options);
    }

    /// <summary>Trains a network that classifies pictures, sized by the data.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="featureColumnName">The pictures: bytes of image files, images, or vectors of pixels.</param>
    /// <param name="scoreColumnName">The column of probabilities that is added.</param>
    /// <param name="predictedLabelColumnName">The column of the predicted class that is added.</param>
    /// <param name="validationSet">Pictures to measure by while training.</param>
    public static ImageClassificationTrainer ImageClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        IDataView? validationSet = null) => catalog.ImageClassification(new ImageClassificationTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            ValidationSet = validationSet,
        });
}
