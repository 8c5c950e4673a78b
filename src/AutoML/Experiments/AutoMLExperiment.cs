using System.Diagnostics.CodeAnalysis;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// Searches the options of a pipeline, or of anything else that trials can be run of, for those with the best metric. Made by
/// <c>mlContext.Auto().CreateExperiment()</c>.
/// </summary>
/// <remarks>
/// The first trial is made cheap (the options that the search space starts at, on at most 10,000 rows, in one fold) and always ends, so that there is a model after
/// however short a time. Trials run side by side; one that fails is recorded with its cause. The winner learns from all rows where it was
/// cross-validated.
/// </remarks>
public class AutoMLExperiment
{
    internal const string PipelineSearchSpaceName = "_pipeline_";

    private readonly AutoMLExperimentSettings _settings;
    private bool _ownsRunner = true, _isTimeSet;

    public AutoMLExperiment(MLContext context, AutoMLExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        (Context, _settings) = (context, settings);
        settings.Seed ??= context.Environment.Seed;
        settings.SearchSpace ??= new SearchSpace.SearchSpace();
        // Without a seed the trials differ from run to run, but not from each other's folds within one.
        int seed = settings.Seed ?? Random.Shared.Next();
        Services.Add(settings);
        Services.AddTransient(_ => settings.SearchSpace);
        Services.AddTransient(_ => new MLContext(seed));
        this.SetPerformanceMonitor(2000);
    }

    internal MLContext Context { get; }

    internal ExperimentServices Services { get; } = new();

    internal AutoMLExperimentSettings Settings => _settings;

    /// <summary>The trials of the last run, in the order that they were begun.</summary>
    public IReadOnlyList<LeaderboardRow> Leaderboard { get; private set; } = [];

    /// <summary>Limits the time, the learning of the winner from all rows included.</summary>
    public AutoMLExperiment SetTrainingTimeInSeconds(uint trainingTimeInSeconds)
    {
        _settings.MaxExperimentTimeInSeconds = trainingTimeInSeconds;
        _isTimeSet = true;
        return this;
    }

    /// <summary>Limits the number of trials. Without a limit of the time, the same seed then gives the same leaderboard.</summary>
    public AutoMLExperiment SetMaxModelToExplore(int maxModel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxModel, 1);
        _settings.MaxModels = maxModel;
        return this;
    }

    /// <summary>Has a trial ended when the process has more memory, in MB.</summary>
    public AutoMLExperiment SetMaximumMemoryUsageInMegaByte(double value = double.MaxValue)
    {
        if (!(value > 0)) throw new ArgumentOutOfRangeException(nameof(value), value, "The memory is above 0.");
        _settings.MaximumMemoryUsageInMegaByte = value;
        return this;
    }

    /// <summary>Adds options to search under a name.</summary>
    public AutoMLExperiment AddSearchSpace(string key, SearchSpace.SearchSpace searchSpace)
    {
        _settings.SearchSpace![key] = searchSpace;
        return this;
    }

    public AutoMLExperiment SetMonitor<TMonitor>(TMonitor monitor) where TMonitor : class, IMonitor => SetMonitor(_ => monitor);

    public AutoMLExperiment SetMonitor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TMonitor>() where TMonitor : class, IMonitor =>
        SetMonitor(ExperimentServices.Create<TMonitor>);

    public AutoMLExperiment SetMonitor<TMonitor>(Func<IServiceProvider, TMonitor> factory) where TMonitor : class, IMonitor
    {
        Services.AddSingleton<IMonitor>(factory);
        return this;
    }

    /// <summary>One runner for all trials, which may run at the same time; whoever made it disposes of it.</summary>
    public AutoMLExperiment SetTrialRunner<TTrialRunner>(TTrialRunner runner) where TTrialRunner : class, ITrialRunner
    {
        Services.Add<ITrialRunner>(runner);
        _ownsRunner = false;
        return this;
    }

    /// <summary>A runner for each trial.</summary>
    public AutoMLExperiment SetTrialRunner<TTrialRunner>(Func<IServiceProvider, TTrialRunner> factory) where TTrialRunner : class, ITrialRunner
    {
        Services.AddTransient<ITrialRunner>(factory);
        _ownsRunner = true;
        return this;
    }

    /// <summary>A runner for each trial, whose constructor asks for parts of the experiment.</summary>
    public AutoMLExperiment SetTrialRunner<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TTrialRunner>()
        where TTrialRunner : class, ITrialRunner => SetTrialRunner(ExperimentServices.Create<TTrialRunner>);

    public AutoMLExperiment SetTuner<TTuner>(TTuner proposer) where TTuner : class, ITuner => SetTuner(_ => proposer);

    public AutoMLExperiment SetTuner<TTuner>(Func<IServiceProvider, TTuner> factory) where TTuner : class, ITuner
    {
        Services.AddSingleton<ITuner>(factory);
        return this;
    }

    public AutoMLExperiment SetTuner<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TTuner>() where TTuner : class, ITuner =>
        SetTuner(ExperimentServices.Create<TTuner>);

    /// <summary>Searches, and gives the best trial.</summary>
    /// <exception cref="MLPipelinesException">No trial succeeded; the message says why the first one did not.</exception>
    public TrialResult Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Searches, and gives the best trial; when cancelled, the best by then.</summary>
    /// <exception cref="MLPipelinesException">No trial succeeded; the message says why the first one did not.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its first trial ended.</exception>
    public async Task<TrialResult> RunAsync(CancellationToken ct = default)
    {
        if (_settings.MaxExperimentTimeInSeconds == 0) throw new InvalidOperationException("The time of an experiment is above 0 seconds.");
        using var user = CancellationTokenSource.CreateLinkedTokenSource(ct, _settings.CancellationToken, Context.CancellationToken);
        bool isTimed = _isTimeSet || _settings.MaxModels == int.MaxValue;
        var clock = new SearchClock(isTimed ? TimeSpan.FromSeconds(_settings.MaxExperimentTimeInSeconds) : null);
        var winner = new WinnerRefitting(Services);
        var search = new TrialSearch(await Task.Run(() => CreateParts(winner), CancellationToken.None).ConfigureAwait(false), clock);
        try
        {
            await search.RunAsync(user.Token).ConfigureAwait(false);
        }
        finally
        {
            Leaderboard = search.Leaderboard;
        }
        TrialResult best = search.Best!;
        await Task.Run(() => winner.Refit(best, clock.Remaining, user.Token), CancellationToken.None).ConfigureAwait(false);
        return best;
    }

    private SearchParts CreateParts(WinnerRefitting winner)
    {
        const string howRunner = "SetPipeline or SetTrialRunner gives it one.";
        Services.Require<ITrialRunner>(howRunner);
        ITuner tuner = Services.Require<ITuner>("SetPipeline or SetTuner gives it one.");
        var data = Services.Get<IDatasetManager>() as ITrainingRows;
        SweepablePipeline? pipeline = Services.Get<SweepablePipeline>();
        TrialCheckpoint? checkpoint = Services.Get<TrialCheckpoint>();
        foreach (TrialResult earlier in checkpoint?.Earlier ?? []) tuner.Update(earlier);
        long rows = data?.CountTrainingRows() ?? 0;
        return new SearchParts
        {
            Tuner = tuner,
            CreateRunner = () => (Services.Require<ITrialRunner>(howRunner), _ownsRunner),
            CreatePerformanceMonitor = Services.Get<IPerformanceMonitor>,
            Monitor = Services.Get<IMonitor>(),
            Checkpoint = checkpoint,
            FirstTrial = checkpoint?.Earlier.Select(trial => trial.TrialSettings.TrialId + 1).DefaultIfEmpty().Max() ?? 0,
            Growth = new SampleGrowth(rows, data?.BeginsWithSamples == true),
            Rows = Math.Max(1, rows),
            HasFolds = data is ICrossValidateDatasetManager,
            Describe = settings => TrialDescription.Of(pipeline, settings),
            WorkPerRow = settings => TrialDescription.PipelineOptions(pipeline, settings) is { } options ? pipeline!.EstimateCost(options) : 1,
            Reserve = winner.Reserve,
            MaximumTrials = _settings.MaxModels,
            ConcurrentTrials = _settings.ConcurrentTrials ?? (_ownsRunner ? Math.Min(Environment.ProcessorCount, 4) : 1),
            MaximumMemory = _settings.MaximumMemoryUsageInMegaByte,
        };
    }

    /// <summary>Settings of an experiment.</summary>
    public class AutoMLExperimentSettings : ExperimentSettings
    {
        /// <summary>Fixes the search; <see langword="null"/> for the seed of the context.</summary>
        public int? Seed { get; set; }

        /// <summary>The options to search.</summary>
        public SearchSpace.SearchSpace? SearchSpace { get; set; }

        /// <summary>
        /// How many trials run side by side; <see langword="null"/> for as many as there are cores, up to 4 (for one when all trials share one runner).
        /// </summary>
        public int? ConcurrentTrials { get; set; }
    }
}
