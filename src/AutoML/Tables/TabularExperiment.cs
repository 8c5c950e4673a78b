namespace MLPipelines.AutoML;

/// <summary>
/// Finds a model that predicts a column of a table from the others within a time or a number of trials: featurizing, trainer and
/// parameters are chosen by validation, the best trials are blended where this wins, and the winner learns from all rows.
/// </summary>
/// <param name="context">The context; its seed fixes the search.</param>
/// <param name="options">What to predict, and how long to search.</param>
public sealed class TabularExperiment(MLContext context, TabularExperimentOptions options)
{
    private readonly int _seed = context.Environment.Seed ?? Random.Shared.Next();

    /// <summary>Searches. The rows are held in memory.</summary>
    /// <param name="data">The rows to learn from; those without a label are left out.</param>
    /// <param name="validation">Rows to compare trials by; <see langword="null"/> to cross-validate or hold out rows of <paramref name="data"/>.</param>
    /// <param name="cancellationToken">Ends the search; what is best by then is returned.</param>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, or no trial succeeded.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled before its first trial ended.</exception>
    public TabularExperimentResult Run(IDataView data, IDataView? validation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (options.TimeLimit is null && options.MaximumTrials is null)
            throw new ArgumentException("The search needs an end: TimeLimit, MaximumTrials or both.", nameof(data));
        using var user = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.CancellationToken);
        var clock = new SearchClock(options.TimeLimit);
        TableMetric metric = TableMetric.For(options.Task, options.Metric);
        PreparedTable table = PreparedTable.Of(new MLContext(_seed), options, data, validation);
        SweepablePipeline pipeline = TableCandidates.For(new MLContext(_seed), options, table, data);
        using var runner = new TableTrialRunner(_seed, table, pipeline, metric);
        using ITrialRunner shown = options.WrapTrialRunner?.Invoke(runner) ?? runner;
        var making = new WinnerMaking(runner, table, metric, options, clock);
        TrialSearch search = CreateSearch(table, pipeline, shown, making, clock);
        search.RunAsync(user.Token).GetAwaiter().GetResult();
        return making.Make(context, search, data.Schema, user.Token);
    }

    /// <summary>What runs the trials of this experiment; another process with the same options, seed and rows runs them alike.</summary>
    /// <param name="data">As in <see cref="Run"/>.</param>
    /// <param name="validation">As in <see cref="Run"/>.</param>
    public ITrialRunner CreateTrialRunner(IDataView data, IDataView? validation = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        PreparedTable table = PreparedTable.Of(new MLContext(_seed), options, data, validation);
        return new TableTrialRunner(_seed, table, TableCandidates.For(new MLContext(_seed), options, table, data), TableMetric.For(options.Task, options.Metric));
    }

    private TrialSearch CreateSearch(PreparedTable table, SweepablePipeline pipeline, ITrialRunner runner, WinnerMaking making, SearchClock clock)
    {
        var space = new SearchSpace.SearchSpace { [AutoMLExperiment.PipelineSearchSpaceName] = pipeline.SearchSpace };
        var settings = new AutoMLExperiment.AutoMLExperimentSettings { MaximumMemoryUsageInMegaByte = options.MaximumMemoryUsageInMegaByte };
        return new TrialSearch(new SearchParts
        {
            Tuner = new EciCostFrugalTuner(space, seed: _seed),
            CreateRunner = () => (runner, false),
            CreatePerformanceMonitor = () => new DefaultPerformanceMonitor(settings, 500),
            Growth = new SampleGrowth(table.TrainingRows, grows: true),
            Rows = table.TrainingRows,
            HasFolds = table.Parts.Count > 1,
            Describe = trial => TrialDescription.Of(pipeline, trial),
            WorkPerRow = trial => pipeline.EstimateCost(TrialDescription.PipelineOptions(pipeline, trial)!),
            Reserve = making.Reserve,
            MaximumTrials = options.MaximumTrials ?? int.MaxValue,
            ConcurrentTrials = options.ConcurrentTrials ?? Math.Min(Environment.ProcessorCount, 4),
            MaximumMemory = options.MaximumMemoryUsageInMegaByte,
            Ended = making.Remember,
            Changed = (search, running) => options.Progress?.Report(Progress("searching", search, running, clock)),
        }, clock);
    }

    internal static ExperimentProgress Progress(string stage, TrialSearch search, int running, SearchClock clock) =>
        new(stage, search.Leaderboard, search.BestRow, running, clock.Elapsed, clock.Remaining);
}
