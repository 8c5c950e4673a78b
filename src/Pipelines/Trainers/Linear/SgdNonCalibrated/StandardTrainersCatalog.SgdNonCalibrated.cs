using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>A linear model of two classes by stochastic gradient descent.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    /// <param name="lossFunction">What is minimized; <see langword="null"/> for the log loss.</param>
    /// <param name="numberOfIterations">The largest number of passes over the examples.</param>
    /// <param name="learningRate">How far the first step goes against the derivative of the loss.</param>
    /// <param name="l2Regularization">The weight of ½‖w‖² against the mean of the losses.</param>
    public static SgdNonCalibratedTrainer SgdNonCalibrated(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        IClassificationLoss? lossFunction = null,
        int numberOfIterations = SgdOptionsBase.Defaults.NumberOfIterations,
        double learningRate = SgdOptionsBase.Defaults.LearningRate,
        float l2Regularization = SgdOptionsBase.Defaults.L2Regularization) =>
        catalog.SgdNonCalibrated(new SgdNonCalibratedTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            LossFunction = lossFunction ?? new LogLoss(),
            NumberOfIterations = numberOfIterations,
            LearningRate = learningRate,
            L2Regularization = l2Regularization,
        });

    /// <summary>A linear model of two classes by stochastic gradient descent, with all its options.</summary>
    public static SgdNonCalibratedTrainer SgdNonCalibrated(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, SgdNonCalibratedTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new SgdNonCalibratedTrainer(catalog.Environment, options);
    }
}
