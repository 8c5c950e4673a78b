using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// Boosted trees for rankings (LambdaMART): pairs of rows of a group push each other by how much the normalized discounted
/// cumulative gain would change if they changed places.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>, higher for rows that come earlier. Features may be missing (NaN). Rows of a group may be anywhere in
/// the training set.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Source: Burges, "From RankNet to LambdaRank to LambdaMART: An Overview" (2010).</para>
/// </remarks>
public sealed class FastTreeRankingTrainer : RankingTrainer<FastTreeRankingModelParameters>
{
    /// <summary>Options of <see cref="FastTreeRankingTrainer"/>.</summary>
    public sealed class Options : BoostedTreeOptions
    {
        public Options() => RowGroupColumnName = "GroupId";

        /// <summary>The gain of each relevance, from 0, at least 5; a relevance beyond them is an error.</summary>
        public double[] CustomGains = [0, 3, 7, 15, 31];

        /// <summary>Without effect: gains are normalized by the best order of a group. Kept so that code ports.</summary>
        public bool UseDcg;

        /// <summary>Pairs count of which a row is among the first so many places; above 0.</summary>
        public int NdcgTruncationLevel = 100;

        /// <summary>What the early stopping rule and pruning look at.</summary>
        public EarlyStoppingRankingMetric EarlyStoppingMetric { get; set; } = EarlyStoppingRankingMetric.NdcgAt1;

        internal override void Check()
        {
            base.Check();
            OptionCheck.AboveZero(NdcgTruncationLevel, nameof(NdcgTruncationLevel));
            ArgumentNullException.ThrowIfNull(CustomGains);
            if (CustomGains.Length < 5) throw new ArgumentOutOfRangeException(nameof(CustomGains), CustomGains.Length, $"{nameof(CustomGains)} has at least 5 gains.");
        }
    }

    private readonly Options _options;

    internal FastTreeRankingTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "FastTree", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName, options.RowGroupColumnName!)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping and pruning.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="BoostedTreeOptions.EarlyStoppingRule"/> and <see cref="BoostedTreeOptions.EnablePruning"/> look at.</param>
    public RankingPredictionTransformer<FastTreeRankingModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override FastTreeRankingModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private FastTreeRankingModelParameters Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        ExampleWeights.Sum(examples);
        var objective = new LambdaRankObjective(_options.NdcgTruncationLevel, 2 * _options.LearningRate, normalize: false, _options.CustomGains);
        var learning = new BoostedTreeLearning(_options, Name, environment);
        return new FastTreeRankingModelParameters(learning.Learn(examples, RankedRows.Of(examples), objective, validation is null ? null : RankedRows.Of(validation)));
    }
}
