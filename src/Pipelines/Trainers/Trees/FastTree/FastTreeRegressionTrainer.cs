using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>Boosted trees for numbers (MART): each tree fits what the trees before it leave of the labels, by least squares.</summary>
/// <remarks>
/// <para>Column: <c>Score</c>. Features may be missing (NaN); nothing is gained by scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Source: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine" (2001).</para>
/// </remarks>
public sealed class FastTreeRegressionTrainer : RegressionTrainer<FastTreeRegressionModelParameters>
{
    /// <summary>Options of <see cref="FastTreeRegressionTrainer"/>.</summary>
    public sealed class Options : BoostedTreeOptions
    {
        /// <summary>What the early stopping rule and pruning look at.</summary>
        public EarlyStoppingMetric EarlyStoppingMetric { get; set; } = EarlyStoppingMetric.L1Norm;
    }

    private readonly Options _options;

    internal FastTreeRegressionTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "FastTree", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping and pruning.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="BoostedTreeOptions.EarlyStoppingRule"/> and <see cref="BoostedTreeOptions.EnablePruning"/> look at.</param>
    public RegressionPredictionTransformer<FastTreeRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override FastTreeRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private FastTreeRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        NumberLabels.CheckFinite(examples, Name, LabelColumnName);
        ExampleWeights.Sum(examples);
        BoostingObjective objective = new SquaredObjective();
        if (_options.EarlyStoppingMetric == EarlyStoppingMetric.L1Norm) objective = new MeasuredObjective(objective, (label, score) => Math.Abs(label - score));
        var learning = new BoostedTreeLearning(_options, Name, environment);
        return new FastTreeRegressionModelParameters(learning.Learn(examples, BoostingSet.Of(examples), new StartingAtZero(objective), validation is null ? null : BoostingSet.Of(validation)));
    }
}
