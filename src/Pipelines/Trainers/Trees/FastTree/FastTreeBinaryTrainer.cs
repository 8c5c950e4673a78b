using MLPipelines.Calibrators;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>Boosted trees for two classes: each tree is the steepest descent of the log loss, with Newton steps in its leaves.</summary>
/// <remarks>
/// <para>Columns: <c>Score</c>; <c>Probability</c>, 1 / (1 + exp(−2 · learning rate · score)); <c>PredictedLabel</c>. Features may be
/// missing (NaN); nothing is gained by scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Source: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine" (2001).</para>
/// </remarks>
public sealed class FastTreeBinaryTrainer : BinaryTrainer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>
{
    /// <summary>Options of <see cref="FastTreeBinaryTrainer"/>.</summary>
    public sealed class Options : BoostedTreeOptions
    {
        /// <summary>Whether both classes count the same in sum, however many rows they have.</summary>
        public bool UnbalancedSets;

        /// <summary>Without effect: the log loss is looked at. Kept so that code ports.</summary>
        public EarlyStoppingMetric EarlyStoppingMetric { get; set; } = EarlyStoppingMetric.L1Norm;
    }

    private readonly Options _options;

    internal FastTreeBinaryTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "FastTree", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping and pruning.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="BoostedTreeOptions.EarlyStoppingRule"/> and <see cref="BoostedTreeOptions.EnablePruning"/> look at.</param>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private SigmoidModelParameters<FastTreeBinaryModelParameters> Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        double slope = 2 * _options.LearningRate;
        var learning = new BoostedTreeLearning(_options, Name, environment);
        var objective = new LogisticObjective(slope, _options.UnbalancedSets ? ExampleWeights.NegativesPerPositive(examples) : 1);
        TreeEnsemble trees = learning.Learn(examples, BoostingSet.Of(examples), new LeastSquaresSplits(objective, _options.MaximumTreeOutput / _options.StepSize), validation is null ? null : BoostingSet.Of(validation));
        return new(new FastTreeBinaryModelParameters(trees), slope);
    }
}
