using MLPipelines.Calibrators;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>
/// Boosted trees for any number of classes, grown leaf by leaf: one tree per class and round. Classes are learned each against the
/// others, or together by the softmax of their scores.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, one probability per class; <c>PredictedLabel</c>. Features may be missing (NaN); nothing is gained by
/// scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it, and two numbers per row and class.</para>
/// <para>Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree" (2017). This is no binding to that library.</para>
/// </remarks>
public sealed class LightGbmMulticlassTrainer : MulticlassTrainer<OneVersusAllModelParameters>
{
    private const int RowsForSoftmax = 50_000;

    /// <summary>Options of <see cref="LightGbmMulticlassTrainer"/>.</summary>
    public sealed class Options : LightGbmOptionsBase
    {
        /// <summary>What early stopping looks at.</summary>
        public enum EvaluateMetricType
        {
            /// <summary>The log loss, too.</summary>
            None,

            /// <summary>The log loss, too.</summary>
            Default,

            /// <summary>The share of wrong predictions.</summary>
            Error,

            /// <summary>The log loss.</summary>
            LogLoss,
        }

        /// <summary>Whether all classes count the same in sum, however many rows they have.</summary>
        public bool UnbalancedSets;

        /// <summary>Whether classes are learned together; <see langword="null"/> for with 50,000 rows and more.</summary>
        public bool? UseSoftmax;

        /// <summary>Where classes are learned each against the others, the log of the odds is the score times this; above 0.</summary>
        public double Sigmoid = Defaults.Sigmoid;

        /// <summary>What early stopping looks at.</summary>
        public EvaluateMetricType EvaluationMetric = EvaluateMetricType.Error;

        internal override void Check()
        {
            base.Check();
            OptionCheck.AboveZero((float)Sigmoid, nameof(Sigmoid));
        }
    }

    private readonly Options _options;

    internal LightGbmMulticlassTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LightGbm", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="LightGbmOptionsBase.EarlyStoppingRound"/> looks at.</param>
    public MulticlassPredictionTransformer<OneVersusAllModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override OneVersusAllModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private OneVersusAllModelParameters Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        int classes = examples.ClassCount;
        bool[] present = ExampleWeights.PresentClasses(examples, classes);
        bool softmax = _options.UseSoftmax ?? examples.RowCount >= RowsForSoftmax;
        BoostingObjective objective = softmax ? new SoftmaxObjective(classes) : new OneVersusAllObjective(classes, _options.Sigmoid);
        if (_options.EvaluationMetric == Options.EvaluateMetricType.Error) objective = new MeasuredByErrors(objective);
        TreeEnsemble trees = GradientBoosting.Learn(BoostingSet.Of(_options.UnbalancedSets ? ExampleWeights.Balanced(examples) : examples), objective,
            _options.ToBoosting(examples, Name, environment), environment, validation is null ? null : BoostingSet.Of(validation));
        return new OneVersusAllModelParameters([.. Enumerable.Range(0, classes).Select(k => ModelOf(trees, k, present[k]))], useProbabilities: !softmax, useSoftmax: softmax);
    }

    /// <summary>The model of one class; a class without rows has a score so low that its probability is 0.</summary>
    private SigmoidModelParameters<LightGbmBinaryModelParameters> ModelOf(TreeEnsemble trees, int k, bool isPresent)
    {
        DecisionTree[] own = isPresent ? [.. trees.Trees.Where((_, t) => t % trees.OutputCount == k)] : [];
        return new(new LightGbmBinaryModelParameters(new TreeEnsemble(trees.FeatureCount, 1, own, [isPresent ? trees.Bias[k] : ExampleWeights.AbsentBias])), _options.Sigmoid);
    }
}
