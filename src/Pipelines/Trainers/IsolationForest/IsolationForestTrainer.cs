using System.Runtime.ExceptionServices;
using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers;

/// <summary>
/// Finds anomalies by isolation: trees part a few rows at random until each is alone, and a row that is unlike the others is alone after few
/// questions. The score is 2^(−h / c(n)) with the mean path length h and that of a search without success, c(n).
/// </summary>
/// <remarks>
/// <para>Columns: <c>PredictedLabel</c> (Boolean, true for an anomaly: a score above 0.5) and <c>Score</c> (0 to 1). ML.NET has no such trainer.</para>
/// <para>The units of features do not matter. The features are held in memory. The same seed gives the same trees for any number of threads.</para>
/// <para>Source: Liu, Ting and Zhou, "Isolation forest" (2008).</para>
/// </remarks>
public sealed class IsolationForestTrainer : UnsupervisedTrainer<AnomalyPredictionTransformer<IsolationForestModelParameters>, IsolationForestModelParameters>
{
    /// <summary>Options of <see cref="IsolationForestTrainer"/>.</summary>
    public sealed class Options : TrainerInputBase
    {
        /// <summary>How many trees; at least 1.</summary>
        public int NumberOfTrees = Defaults.NumberOfTrees;

        /// <summary>How many rows, drawn without replacement, each tree is made of; at least 2.</summary>
        public int NumberOfRowsPerTree = Defaults.NumberOfRowsPerTree;

        /// <summary>Fixes what is drawn; without it, the seed of the context does.</summary>
        public int? Seed;

        /// <summary>How many threads work; <see langword="null"/> for one per processor. The model does not depend on it.</summary>
        public int? NumberOfThreads;

        internal static class Defaults
        {
            internal const int NumberOfTrees = 100;
            internal const int NumberOfRowsPerTree = 256;
        }
    }

    private readonly Options _options;

    internal IsolationForestTrainer(TrainingEnvironment environment, Options options) : base(environment, "IsolationForest", options.FeatureColumnName, weightColumn: null)
    {
        OptionCheck.AboveZero(options.NumberOfTrees, nameof(options.NumberOfTrees));
        OptionCheck.Between(2, options.NumberOfRowsPerTree, int.MaxValue, nameof(options.NumberOfRowsPerTree));
        if (options.NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(options.NumberOfThreads));
        _options = options.Snapshot<Options>();
    }

    private protected override IsolationForestModelParameters Train(TrainingSet examples)
    {
        if (examples.RowCount < 2) throw new MLPipelinesException($"{Name}: column '{FeatureColumnName}' has one row, expected at least 2: a row alone is neither usual nor unusual.");
        int seed = Environment.SeedFor(Name, _options.Seed), rows = Math.Min(_options.NumberOfRowsPerTree, examples.RowCount);
        var trees = new DecisionTree[_options.NumberOfTrees];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NumberOfThreads ?? System.Environment.ProcessorCount, CancellationToken = Environment.CancellationToken };
        Environment.Report(Name, 0, trees.Length);
        try
        {
            Parallel.For(0, trees.Length, parallel, tree =>
            {
                // A source of chance per tree: it does not matter which thread takes it.
                var random = new SplitMixRandom(seed, tree, 0);
                trees[tree] = IsolationTree.Grow(examples.Features, RowSample.ChooseFew(examples.RowCount, rows, ref random), random);
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        Environment.Report(Name, trees.Length, trees.Length);
        return new IsolationForestModelParameters(new TreeEnsemble(examples.Features.ColumnCount, 1, trees, [0]), rows);
    }

    private protected override AnomalyPredictionTransformer<IsolationForestModelParameters> CreateTransformer(IsolationForestModelParameters model) => new(model, FeatureColumnName);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns() => ScoreColumns.AnomalyShape();
}
