using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>
/// Boosted trees for rankings (LambdaMART), grown leaf by leaf: pairs of rows of a group push each other by how much the normalized
/// discounted cumulative gain would change if they changed places.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>, higher for rows that come earlier. Features may be missing (NaN); nothing is gained by scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it. Rows of a group may be anywhere in it.</para>
/// <para>Source: Burges, "From RankNet to LambdaRank to LambdaMART: An Overview" (2010); Ke et al., "LightGBM" (2017). This is no
/// binding to that library.</para>
/// </remarks>
public sealed class LightGbmRankingTrainer : RankingTrainer<LightGbmRankingModelParameters>
{
    /// <summary>Options of <see cref="LightGbmRankingTrainer"/>.</summary>
    public sealed class Options : LightGbmOptionsBase
    {
        /// <summary>What early stopping looks at: always the normalized discounted cumulative gain.</summary>
        public enum EvaluateMetricType
        {
            /// <summary>The same.</summary>
            None,

            /// <summary>The same.</summary>
            Default,

            /// <summary>The same stands for it.</summary>
            MeanAveragedPrecision,

            /// <summary>The normalized discounted cumulative gain.</summary>
            NormalizedDiscountedCumulativeGain,
        }

        public Options() => RowGroupColumnName = "GroupId";

        /// <summary>The gain of each relevance, from 0; a relevance beyond them is an error.</summary>
        public int[] CustomGains = [0, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095];

        /// <summary>How steeply the push of a pair falls with the distance of its scores; above 0.</summary>
        public double Sigmoid = Defaults.Sigmoid;

        /// <summary>What early stopping looks at.</summary>
        public EvaluateMetricType EvaluationMetric = EvaluateMetricType.NormalizedDiscountedCumulativeGain;

        internal override void Check()
        {
            base.Check();
            OptionCheck.AboveZero((float)Sigmoid, nameof(Sigmoid));
            ArgumentNullException.ThrowIfNull(CustomGains);
        }
    }

    private readonly Options _options;

    internal LightGbmRankingTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LightGbm", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName, options.RowGroupColumnName!)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="LightGbmOptionsBase.EarlyStoppingRound"/> looks at.</param>
    public RankingPredictionTransformer<LightGbmRankingModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override LightGbmRankingModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private LightGbmRankingModelParameters Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        ExampleWeights.Sum(examples);
        var objective = new LambdaRankObjective(sharpness: _options.Sigmoid, gains: Array.ConvertAll(_options.CustomGains, gain => (double)gain));
        return new LightGbmRankingModelParameters(GradientBoosting.Learn(RankedRows.Of(examples), objective, _options.ToBoosting(examples, Name, environment), environment,
            validation is null ? null : RankedRows.Of(validation)));
    }
}
