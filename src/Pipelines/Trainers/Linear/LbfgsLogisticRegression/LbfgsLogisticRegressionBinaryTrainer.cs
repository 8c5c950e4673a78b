using MLPipelines.Calibrators;

namespace MLPipelines.Trainers;

/// <summary>
/// Logistic regression by L-BFGS. With examples x of label y = ±1 and weight v, it minimizes
/// Σ v log(1 + exp(−y (w·x + b))) + l2/2 ‖w‖² + l1 ‖w‖₁. The bias is not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, the log of the odds; <c>Probability</c>; <c>PredictedLabel</c>.</para>
/// <para>Features of very different scales slow the descent: normalize them. Memory: the features twice, one number per row,
/// and 2 × HistorySize + 5 numbers per weight.</para>
/// <para>Sources: Nocedal and Wright, "Numerical Optimization" (2006); Andrew and Gao, "Scalable Training of L1-Regularized
/// Log-Linear Models" (2007).</para>
/// </remarks>
public sealed class LbfgsLogisticRegressionBinaryTrainer : BinaryTrainer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    /// <summary>Options of <see cref="LbfgsLogisticRegressionBinaryTrainer"/>.</summary>
    public sealed class Options : LbfgsOptionsBase
    {
        /// <summary>Whether the model gets <see cref="LinearBinaryModelParameters.Statistics"/>.</summary>
        public bool ShowTrainingStatistics;

        /// <summary>Whether the statistics tell how certain the weights are; <see langword="null"/> for no.</summary>
        public ComputeLogisticRegressionStandardDeviation? ComputeStandardDeviation;
    }

    private readonly Options _options;

    internal LbfgsLogisticRegressionBinaryTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LbfgsLogisticRegression", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="modelParameters">Where the descent starts; of as many features.</param>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> Fit(IDataView trainData, LinearModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(modelParameters);
        return Fit(trainData, (examples, environment) => Train(examples, environment, LinearStart.From(modelParameters, examples, Name)));
    }

    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> Train(TrainingSet examples, TrainingEnvironment environment) =>
        Train(examples, environment, start: null);

    private CalibratedLinearModelParameters Train(TrainingSet examples, TrainingEnvironment environment, LinearStart? start)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        var (weights, biases) = LbfgsLearner.Learn<LogisticScoreLoss>(examples, scoreCount: 1, (start?.Weights, [start?.Bias ?? 0]), _options, Name, environment);
        ModelStatisticsBase? statistics = !_options.ShowTrainingStatistics ? null : LogisticStatistics.Of(
            examples, weights, biases[0], _options.L2Regularization, _options.ComputeStandardDeviation is not null, Name, environment.CancellationToken);
        return CalibratedLinearModelParameters.Logistic(weights, biases[0], statistics);
    }
}
