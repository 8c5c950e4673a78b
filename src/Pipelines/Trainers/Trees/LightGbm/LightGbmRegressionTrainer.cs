using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>Boosted trees for numbers, grown leaf by leaf, each by the steepest descent of the squared error.</summary>
/// <remarks>
/// <para>Column: <c>Score</c>. Features may be missing (NaN); nothing is gained by scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree" (2017). This is no binding to that library.</para>
/// </remarks>
public sealed class LightGbmRegressionTrainer : RegressionTrainer<LightGbmRegressionModelParameters>
{
    /// <summary>Options of <see cref="LightGbmRegressionTrainer"/>.</summary>
    public sealed class Options : LightGbmOptionsBase
    {
        /// <summary>What early stopping looks at.</summary>
        public enum EvaluateMetricType
        {
            /// <summary>The squared error, too.</summary>
            None,

            /// <summary>The squared error, too.</summary>
            Default,

            /// <summary>The absolute error.</summary>
            MeanAbsoluteError,

            /// <summary>The squared error, whose root is smallest with it.</summary>
            RootMeanSquaredError,

            /// <summary>The squared error.</summary>
            MeanSquaredError,
        }

        /// <summary>What early stopping looks at.</summary>
        public EvaluateMetricType EvaluationMetric = EvaluateMetricType.RootMeanSquaredError;
    }

    private readonly Options _options;

    internal LightGbmRegressionTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LightGbm", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="LightGbmOptionsBase.EarlyStoppingRound"/> looks at.</param>
    public RegressionPredictionTransformer<LightGbmRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override LightGbmRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private LightGbmRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        NumberLabels.CheckFinite(examples, Name, LabelColumnName);
        ExampleWeights.Sum(examples);
        BoostingObjective objective = new SquaredObjective();
        if (_options.EvaluationMetric == Options.EvaluateMetricType.MeanAbsoluteError) objective = new MeasuredObjective(objective, (label, score) => Math.Abs(label - score));
        return new LightGbmRegressionModelParameters(GradientBoosting.Learn(BoostingSet.Of(examples), objective, _options.ToBoosting(examples, Name, environment), environment,
            validation is null ? null : BoostingSet.Of(validation)));
    }
}
