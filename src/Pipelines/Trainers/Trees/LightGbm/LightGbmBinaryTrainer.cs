using MLPipelines.Calibrators;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>
/// Boosted trees for two classes, grown leaf by leaf, each by the steepest descent of the log loss of a sigmoid of the score, with
/// Newton steps in the leaves.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>; <c>Probability</c>, 1 / (1 + exp(−<see cref="Options.Sigmoid"/> · score)); <c>PredictedLabel</c>. Features may be
/// missing (NaN); nothing is gained by scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree" (2017). This is no binding to that library.</para>
/// </remarks>
public sealed class LightGbmBinaryTrainer : BinaryTrainer<CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>>
{
    /// <summary>Options of <see cref="LightGbmBinaryTrainer"/>.</summary>
    public sealed class Options : LightGbmOptionsBase
    {
        /// <summary>What early stopping looks at.</summary>
        public enum EvaluateMetricType
        {
            /// <summary>The log loss, too.</summary>
            None,

            /// <summary>The log loss, too.</summary>
            Default,

            /// <summary>The log loss.</summary>
            Logloss,

            /// <summary>The share of wrong predictions.</summary>
            Error,

            /// <summary>The log loss stands for it.</summary>
            AreaUnderCurve,
        }

        /// <summary>Whether both classes count the same in sum, however many rows they have.</summary>
        public bool UnbalancedSets;

        /// <summary>How much more positive rows count; above 0. Without effect with <see cref="UnbalancedSets"/>.</summary>
        public double WeightOfPositiveExamples = 1;

        /// <summary>The log of the odds is the score times this; above 0.</summary>
        public double Sigmoid = Defaults.Sigmoid;

        /// <summary>What early stopping looks at.</summary>
        public EvaluateMetricType EvaluationMetric = EvaluateMetricType.Logloss;

        internal override void Check()
        {
            base.Check();
            OptionCheck.AboveZero((float)Sigmoid, nameof(Sigmoid));
            OptionCheck.AboveZero((float)WeightOfPositiveExamples, nameof(WeightOfPositiveExamples));
        }
    }

    private readonly Options _options;

    internal LightGbmBinaryTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LightGbm", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="LightGbmOptionsBase.EarlyStoppingRound"/> looks at.</param>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> Train(TrainingSet examples, TrainingEnvironment environment) =>
        Train(examples, environment, validation: null);

    private SigmoidModelParameters<LightGbmBinaryModelParameters> Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        BoostingObjective objective = new LogisticObjective(_options.Sigmoid, _options.UnbalancedSets ? ExampleWeights.NegativesPerPositive(examples) : _options.WeightOfPositiveExamples);
        if (_options.EvaluationMetric == Options.EvaluateMetricType.Error) objective = new MeasuredObjective(objective, (label, score) => (score > 0) == (label > 0) ? 0 : 1);
        TreeEnsemble trees = GradientBoosting.Learn(BoostingSet.Of(examples), objective, _options.ToBoosting(examples, Name, environment), environment,
            validation is null ? null : BoostingSet.Of(validation));
        return new(new LightGbmBinaryModelParameters(trees), _options.Sigmoid);
    }
}
