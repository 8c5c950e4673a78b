using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>Linear regression by online gradient descent.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: a <see cref="float"/>.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="lossFunction">What the steps decrease; <see langword="null"/> for the squared loss.</param>
    /// <param name="learningRate">How far a step goes against the derivative of the loss.</param>
    /// <param name="decreaseLearningRate">Whether the learning rate is divided by the square root of the number of examples seen.</param>
    /// <param name="l2Regularization">How fast weights shrink: each example multiplies them by 1 − 2 × this.</param>
    /// <param name="numberOfIterations">The number of passes over the examples.</param>
    public static OnlineGradientDescentTrainer OnlineGradientDescent(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        IRegressionLoss? lossFunction = null,
        float learningRate = OnlineGradientDescentTrainer.Options.OgdDefault.LearningRate,
        bool decreaseLearningRate = OnlineGradientDescentTrainer.Options.OgdDefault.DecreaseLearningRate,
        float l2Regularization = AveragedLinearOptions.AveragedDefault.L2Regularization,
        int numberOfIterations = OnlineLinearOptions.OnlineDefault.NumberOfIterations) =>
        catalog.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            LossFunction = lossFunction,
            LearningRate = learningRate,
            DecreaseLearningRate = decreaseLearningRate,
            L2Regularization = l2Regularization,
            NumberOfIterations = numberOfIterations,
        });

    /// <summary>Linear regression by online gradient descent, with all its options.</summary>
    public static OnlineGradientDescentTrainer OnlineGradientDescent(this RegressionCatalog.RegressionTrainers catalog, OnlineGradientDescentTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new OnlineGradientDescentTrainer(catalog.Environment, options);
    }
}
