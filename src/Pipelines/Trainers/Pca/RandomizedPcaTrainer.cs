using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Finds anomalies by principal components: rows that vary along other directions than most rows do. The score of a row x is
/// √((‖x − m‖² − ‖U(x − m)‖²) / ‖x − m‖²) with the mean m and the directions U of most variance; above 0.5 it is an anomaly.
/// </summary>
/// <remarks>
/// <para>Columns: <c>PredictedLabel</c> (Boolean, true for an anomaly) and <c>Score</c> (0 to 1).</para>
/// <para>Features count by their spread: normalize what has different units. The score tells directions, not distances: a row that is far
/// from the mean along a usual direction is no anomaly. The features are held in memory.</para>
/// <para>Source: Halko, Martinsson and Tropp, "Finding structure with randomness" (2011).</para>
/// </remarks>
public sealed class RandomizedPcaTrainer : UnsupervisedTrainer<AnomalyPredictionTransformer<PcaModelParameters>, PcaModelParameters>
{
    /// <summary>Options of <see cref="RandomizedPcaTrainer"/>.</summary>
    public sealed class Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>How many directions are usual; at most as many as there are features.</summary>
        public int Rank = Defaults.Rank;

        /// <summary>How many more directions are looked at to find them: more cost time and are more exact; not below 0.</summary>
        public int Oversampling = Defaults.Oversampling;

        /// <summary>Whether the mean of the rows is taken off them.</summary>
        public bool EnsureZeroMean = Defaults.EnsureZeroMean;

        /// <summary>Fixes the random start; without it, the seed of the context does.</summary>
        public int? Seed;

        internal static class Defaults
        {
            internal const int Rank = 20;
            internal const int Oversampling = 20;
            internal const bool EnsureZeroMean = true;
        }
    }

    private readonly Options _options;

    internal RandomizedPcaTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "RandomizedPca", options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        OptionCheck.AboveZero(options.Rank, nameof(options.Rank));
        OptionCheck.NotBelowZero(options.Oversampling, nameof(options.Oversampling));
        _options = options.Snapshot<Options>();
    }

    private protected override PcaModelParameters Train(TrainingSet examples)
    {
        int size = examples.Features.ColumnCount;
        if (_options.Rank > size)
            throw new MLPipelinesException($"{Name}: rank {_options.Rank} is more than the {size} features of column '{FeatureColumnName}'. Ask for fewer than {size}: with all of them every score is 0.");
        var components = PrincipalComponents.Of(examples.Features, examples.Weights, _options.Rank, _options.Oversampling, _options.EnsureZeroMean,
            Environment.SeedFor(Name, _options.Seed), (pass, count) => Environment.Report(Name, pass, count), Environment.CancellationToken);
        return new PcaModelParameters(components.Mean, components.Directions);
    }

    private protected override AnomalyPredictionTransformer<PcaModelParameters> CreateTransformer(PcaModelParameters model) => new(model, FeatureColumnName);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns() => ScoreColumns.AnomalyShape();
}
