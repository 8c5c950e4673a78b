using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers;

/// <summary>
/// Clusters by k-means: centres c that make Σ weight · min ‖x − c‖² over the rows x small, from a chosen start to the nearest minimum.
/// </summary>
/// <remarks>
/// <para>Columns: <c>PredictedLabel</c>, the number of the nearest cluster as a key from 1, and <c>Score</c>, the squared distance from each centre. Clusters
/// are numbered in the order in which their first rows come.</para>
/// <para>Features count by their spread: normalize what has different units. The features are held in memory. The same seed gives the same clusters
/// for any number of threads. A cluster that loses all its rows starts anew at the row that is farthest from its centre.</para>
/// <para>Sources: Lloyd, "Least squares quantization in PCM" (1982); Arthur and Vassilvitskii, "k-means++" (2007); Bahmani et al., "Scalable
/// k-means++" (2012).</para>
/// </remarks>
public sealed class KMeansTrainer : UnsupervisedTrainer<ClusteringPredictionTransformer<KMeansModelParameters>, KMeansModelParameters>
{
    /// <summary>How the rows are chosen that clusters start from.</summary>
    public enum InitializationAlgorithm
    {
        /// <summary>One after the other, far from those before: the best start, with a pass over the rows per cluster.</summary>
        KMeansPlusPlus = 0,

        /// <summary>By chance: the fastest start.</summary>
        Random = 1,

        /// <summary>Many at once, far from those before, of which the best are taken (k-means‖): nearly as good, in a few passes.</summary>
        KMeansYinyang = 2,
    }

    internal static class Defaults
    {
        internal const int NumberOfClusters = 5;
    }

    /// <summary>Options of <see cref="KMeansTrainer"/>.</summary>
    public sealed class Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>How many clusters; at least 1.</summary>
        public int NumberOfClusters = Defaults.NumberOfClusters;

        /// <summary>How the rows are chosen that clusters start from.</summary>
        public InitializationAlgorithm InitializationAlgorithm = InitializationAlgorithm.KMeansYinyang;

        /// <summary>Training ends when an iteration lowers the mean squared distance by less than this share of it, or no row changes its cluster; above 0.</summary>
        public float OptimizationTolerance = 1e-7f;

        /// <summary>How many iterations at most; at least 1.</summary>
        public int MaximumNumberOfIterations = 1000;

        /// <summary>Kept so that code for ML.NET compiles; nothing is held here that needs a bound.</summary>
        public int AccelerationMemoryBudgetMb = 4 * 1024;

        /// <summary>How many threads work; <see langword="null"/> for one per processor. The model does not depend on it.</summary>
        public int? NumberOfThreads;
    }

    private readonly Options _options;

    internal KMeansTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "KMeans", options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        OptionCheck.AboveZero(options.NumberOfClusters, nameof(options.NumberOfClusters));
        OptionCheck.AboveZero(options.MaximumNumberOfIterations, nameof(options.MaximumNumberOfIterations));
        OptionCheck.AboveZero(options.OptimizationTolerance, nameof(options.OptimizationTolerance));
        OptionCheck.AboveZero(options.AccelerationMemoryBudgetMb, nameof(options.AccelerationMemoryBudgetMb));
        if (options.NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(options.NumberOfThreads));
        if (!Enum.IsDefined(options.InitializationAlgorithm))
            throw new ArgumentOutOfRangeException(nameof(options), options.InitializationAlgorithm, "Expected KMeansPlusPlus, Random or KMeansYinyang.");
        _options = options.Snapshot<Options>();
    }

    private protected override KMeansModelParameters Train(TrainingSet examples)
    {
        int count = _options.NumberOfClusters, size = examples.Features.ColumnCount;
        if (count > examples.RowCount) throw TooFew(examples.RowCount, "rows");
        int threads = _options.NumberOfThreads ?? System.Environment.ProcessorCount;
        var rows = new ClusteredRows(examples.Features, examples.Weights,
            new RowParts(examples.RowCount, (long)count * size * sizeof(double), threads, Environment.CancellationToken));
        int[] start = Start(rows, count);
        if (start.Length < count) throw TooFew(start.Length, "different rows");
        var iterations = new LloydIterations(rows, rows.ItemsOf(start), count);
        return iterations.Run(_options.MaximumNumberOfIterations, _options.OptimizationTolerance, (iteration, loss) => Environment.Report(Name, iteration, _options.MaximumNumberOfIterations, loss))
            ? new KMeansModelParameters(iterations.InOrderOfRows(), count, size) : throw TooFew(count - 1, "different rows at most");
    }

    private int[] Start(ClusteredRows rows, int count)
    {
        int seed = Environment.SeedFor(Name);
        var random = new TauswortheRandom((uint)seed);
        Environment.Report(Name, 0, _options.MaximumNumberOfIterations);
        return _options.InitializationAlgorithm switch
        {
            InitializationAlgorithm.Random => RowSample.Choose(rows.RowCount, count, new SplitMixRandom(seed, 0, 0)),
            InitializationAlgorithm.KMeansPlusPlus => ClusterStart.PlusPlus(rows, count, random),
            _ => ClusterStart.Parallel(rows, count, random, () => Environment.Report(Name, 0, _options.MaximumNumberOfIterations), Environment.CancellationToken),
        };
    }

    private MLPipelinesException TooFew(int found, string what) => new(
        $"{Name}: column '{FeatureColumnName}' has {found} {what}, expected at least {_options.NumberOfClusters}, the number of clusters. Ask for fewer clusters.");

    private protected override ClusteringPredictionTransformer<KMeansModelParameters> CreateTransformer(KMeansModelParameters model) => new(model, FeatureColumnName);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns() => ScoreColumns.ClusteringShape();
}
