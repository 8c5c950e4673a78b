using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>A random forest for numbers: the mean of trees that learn apart from each other, each from a sample of the rows and features.</summary>
/// <remarks>
/// <para>Column: <c>Score</c>. <see cref="FastForestRegressionModelParameters.GetQuantiles"/> says how far the truth may be from it.
/// Features may be missing (NaN); nothing is gained by scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Sources: Breiman, "Random Forests" (2001); Meinshausen, "Quantile Regression Forests" (2006).</para>
/// </remarks>
public sealed class FastForestRegressionTrainer : RegressionTrainer<FastForestRegressionModelParameters>
{
    /// <summary>Options of <see cref="FastForestRegressionTrainer"/>.</summary>
    public sealed class Options : FastForestOptionsBase
    {
        /// <summary>Without effect. Kept so that code ports.</summary>
        public bool ShuffleLabels;
    }

    private readonly Options _options;

    internal FastForestRegressionTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "FastForest", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model. A forest needs no validation set: other rows are without effect.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">Not looked at.</param>
    public RegressionPredictionTransformer<FastForestRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) => Fit(trainData);

    private protected override FastForestRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        NumberLabels.CheckFinite(examples, Name, LabelColumnName);
        ExampleWeights.Sum(examples);
        TreeEnsemble trees = RandomForest.Learn(BoostingSet.Of(examples), _options.ToBoosting(examples, Name, environment) with { DrawsPerLeaf = _options.NumberOfQuantileSamples }, environment);
        int samples = _options.NumberOfQuantileSamples;
        return new FastForestRegressionModelParameters(trees, samples == 0 ? null : LeafSamples.Draw(trees, examples, samples, environment.SeedFor(Name, _options.Seed)));
    }
}
