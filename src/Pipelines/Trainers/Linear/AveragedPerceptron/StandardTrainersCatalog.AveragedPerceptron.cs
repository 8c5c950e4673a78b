using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>The averaged perceptron.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="lossFunction">What the steps decrease; <see langword="null"/> for the log loss (for the hinge loss with options, as in ML.NET).</param>
    /// <param name="learningRate">How far a step goes against the derivative of the loss.</param>
    /// <param name="decreaseLearningRate">Whether the learning rate is divided by the square root of the number of examples seen.</param>
    /// <param name="l2Regularization">How fast weights shrink: each example multiplies them by 1 − 2 × this.</param>
    /// <param name="numberOfIterations">The number of passes over the examples.</param>
    public static AveragedPerceptronTrainer AveragedPerceptron(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        IClassificationLoss? lossFunction = null,
        float learningRate = AveragedLinearOptions.AveragedDefault.LearningRate,
        bool decreaseLearningRate = AveragedLinearOptions.AveragedDefault.DecreaseLearningRate,
        float l2Regularization = AveragedLinearOptions.AveragedDefault.L2Regularization,
        int numberOfIterations = AveragedPerceptronTrainer.Options.DefaultIterations) =>
        catalog.AveragedPerceptron(new AveragedPerceptronTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            LossFunction = lossFunction ?? new LogLoss(),
            LearningRate = learningRate,
            DecreaseLearningRate = decreaseLearningRate,
            L2Regularization = l2Regularization,
            NumberOfIterations = numberOfIterations,
        });

    /// <summary>The averaged perceptron, with all its options.</summary>
    public static AveragedPerceptronTrainer AveragedPerceptron(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, AveragedPerceptronTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new AveragedPerceptronTrainer(catalog.Environment, options);
    }
}
