using MLPipelines.Calibrators;

namespace MLPipelines.Trainers.FastTree;

/// <summary>The base of estimators that learn the trees themselves.</summary>
/// <typeparam name="TTransformer">What the trainer of the trees learns.</typeparam>
public abstract class TrainedTreeFeaturizationEstimator<TTransformer> : TreeEnsembleFeaturizationEstimatorBase where TTransformer : class, ITransformer
{
    private readonly IEstimator<TTransformer> _trainer;

    private protected TrainedTreeFeaturizationEstimator(string name, TrainingEnvironment environment, OptionsBase options, IEstimator<TTransformer> trainer)
        : base(name, environment, options) => _trainer = trainer;

    private protected override void CheckTraining(SchemaShape inputSchema) => _trainer.GetOutputSchema(inputSchema);

    private protected override TreeEnsembleModelParameters LearnTrees(IDataView input) => TreesOf(_trainer.Fit(input));

    private protected abstract TreeEnsembleModelParameters TreesOf(TTransformer transformer);
}

/// <summary>Learns boosted trees for two classes, and turns feature vectors into what they make of them.</summary>
public sealed class FastTreeBinaryFeaturizationEstimator : TrainedTreeFeaturizationEstimator<BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>>
{
    /// <summary>Options of <see cref="FastTreeBinaryFeaturizationEstimator"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>How the trees are learned, and from which columns.</summary>
        public FastTreeBinaryTrainer.Options TrainerOptions = new();
    }

    internal FastTreeBinaryFeaturizationEstimator(TrainingEnvironment environment, Options options)
        : base("FeaturizeByFastTreeBinary", environment, options, new FastTreeBinaryTrainer(environment, options.TrainerOptions)) { }

    private protected override TreeEnsembleModelParameters TreesOf(BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> transformer) => transformer.Model.SubModel;
}

/// <summary>Learns boosted trees for numbers, and turns feature vectors into what they make of them.</summary>
public sealed class FastTreeRegressionFeaturizationEstimator : TrainedTreeFeaturizationEstimator<RegressionPredictionTransformer<FastTreeRegressionModelParameters>>
{
    /// <summary>Options of <see cref="FastTreeRegressionFeaturizationEstimator"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>How the trees are learned, and from which columns.</summary>
        public FastTreeRegressionTrainer.Options TrainerOptions = new();
    }

    internal FastTreeRegressionFeaturizationEstimator(TrainingEnvironment environment, Options options)
        : base("FeaturizeByFastTreeRegression", environment, options, new FastTreeRegressionTrainer(environment, options.TrainerOptions)) { }

    private protected override TreeEnsembleModelParameters TreesOf(RegressionPredictionTransformer<FastTreeRegressionModelParameters> transformer) => transformer.Model;
}

/// <summary>Learns boosted trees for rankings, and turns feature vectors into what they make of them.</summary>
public sealed class FastTreeRankingFeaturizationEstimator : TrainedTreeFeaturizationEstimator<RankingPredictionTransformer<FastTreeRankingModelParameters>>
{
    /// <summary>Options of <see cref="FastTreeRankingFeaturizationEstimator"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>How the trees are learned, and from which columns.</summary>
        public FastTreeRankingTrainer.Options TrainerOptions = new();
    }

    internal FastTreeRankingFeaturizationEstimator(TrainingEnvironment environment, Options options)
        : base("FeaturizeByFastTreeRanking", environment, options, new FastTreeRankingTrainer(environment, options.TrainerOptions)) { }

    private protected override TreeEnsembleModelParameters TreesOf(RankingPredictionTransformer<FastTreeRankingModelParameters> transformer) => transformer.Model;
}

/// <summary>Learns boosted trees for amounts that are often 0, and turns feature vectors into what they make of them.</summary>
public sealed class FastTreeTweedieFeaturizationEstimator : TrainedTreeFeaturizationEstimator<RegressionPredictionTransformer<FastTreeTweedieModelParameters>>
{
    /// <summary>Options of <see cref="FastTreeTweedieFeaturizationEstimator"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>How the trees are learned, and from which columns.</summary>
        public FastTreeTweedieTrainer.Options TrainerOptions = new();
    }

    internal FastTreeTweedieFeaturizationEstimator(TrainingEnvironment environment, Options options)
        : base("FeaturizeByFastTreeTweedie", environment, options, new FastTreeTweedieTrainer(environment, options.TrainerOptions)) { }

    private protected override TreeEnsembleModelParameters TreesOf(RegressionPredictionTransformer<FastTreeTweedieModelParameters> transformer) => transformer.Model;
}

/// <summary>Learns a forest for two classes, and turns feature vectors into what they make of them.</summary>
public sealed class FastForestBinaryFeaturizationEstimator : TrainedTreeFeaturizationEstimator<BinaryPredictionTransformer<FastForestBinaryModelParameters>>
{
    /// <summary>Options of <see cref="FastForestBinaryFeaturizationEstimator"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>How the trees are learned, and from which columns.</summary>
        public FastForestBinaryTrainer.Options TrainerOptions = new();
    }

    internal FastForestBinaryFeaturizationEstimator(TrainingEnvironment environment, Options options)
        : base("FeaturizeByFastForestBinary", environment, options, new FastForestBinaryTrainer(environment, options.TrainerOptions)) { }

    private protected override TreeEnsembleModelParameters TreesOf(BinaryPredictionTransformer<FastForestBinaryModelParameters> transformer) => transformer.Model;
}

/// <summary>Learns a forest for numbers, and turns feature vectors into what they make of them.</summary>
public sealed class FastForestRegressionFeaturizationEstimator : TrainedTreeFeaturizationEstimator<RegressionPredictionTransformer<FastForestRegressionModelParameters>>
{
    /// <summary>Options of <see cref="FastForestRegressionFeaturizationEstimator"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>How the trees are learned, and from which columns.</summary>
        public FastForestRegressionTrainer.Options TrainerOptions = new();
    }

    internal FastForestRegressionFeaturizationEstimator(TrainingEnvironment environment, Options options)
        : base("FeaturizeByFastForestRegression", environment, options, new FastForestRegressionTrainer(environment, options.TrainerOptions)) { }

    private protected override TreeEnsembleModelParameters TreesOf(RegressionPredictionTransformer<FastForestRegressionModelParameters> transformer) => transformer.Model;
}
