namespace MLPipelines.Trainers;

/// <summary>
/// Linear regression by steps against the derivative of a loss, one example after the other; the result is the average of where
/// they led. See <see cref="AveragedDescent"/>.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>, the predicted number.</para>
/// <para>Normalize features of different scales (NormalizeMinMax, NormalizeMeanVariance). With the squared loss, a step that would lead
/// past the label of its example ends there; with other losses, steps that are too long for the features lead away. The training set
/// is held in memory.</para>
/// <para>Source: Zinkevich, "Online Convex Programming and Generalized Infinitesimal Gradient Ascent" (2003); steps that end at the label: Nagumo and Noda, "A learning method for system identification" (1967).</para>
/// </remarks>
public sealed class OnlineGradientDescentTrainer : RegressionTrainer<LinearRegressionModelParameters>
{
    /// <summary>Options of <see cref="OnlineGradientDescentTrainer"/>.</summary>
    public sealed class Options : AveragedLinearOptions
    {
        public Options() => (LearningRate, DecreaseLearningRate) = (OgdDefault.LearningRate, OgdDefault.DecreaseLearningRate);

        /// <summary>What the steps decrease; <see langword="null"/> for the squared loss.</summary>
        public IRegressionLoss? LossFunction { get; set; }

        internal static class OgdDefault
        {
            internal const float LearningRate = 0.1f;
            internal const bool DecreaseLearningRate = true;
        }
    }

    private readonly Options _options;

    internal OnlineGradientDescentTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "OnlineGradientDescent", options.LabelColumnName, options.FeatureColumnName, weightColumn: null)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="modelParameters">Where the steps start; of as many features.</param>
    public RegressionPredictionTransformer<LinearRegressionModelParameters> Fit(IDataView trainData, LinearModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(modelParameters);
        return Fit(trainData, (examples, environment) => Train(examples, environment, LinearStart.From(modelParameters, examples, Name)));
    }

    private protected override LinearRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment) =>
        Train(examples, environment, LinearStart.Scattered(examples.Features.ColumnCount, _options.InitialWeightsDiameter, environment.SeedFor(Name + " start")));

    private LinearRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment, LinearStart start)
    {
        NumberLabels.CheckFinite(examples, Name, LabelColumnName);
        var end = new AveragedDescent(examples, _options.LossFunction ?? new SquaredLoss(), _options, start).Run(Name, environment);
        return new LinearRegressionModelParameters(end.Weights, end.Bias);
    }
}
