namespace MLPipelines.AutoML;

/// <summary>What a search is made of.</summary>
internal sealed record SearchParts
{
    internal required ITuner Tuner { get; init; }

    /// <summary>Makes the runner of a trial, and says whether it is to be disposed of after the trial.</summary>
    internal required Func<(ITrialRunner Runner, bool IsOwn)> CreateRunner { get; init; }

    /// <summary>Makes what watches a trial.</summary>
    internal Func<IPerformanceMonitor?> CreatePerformanceMonitor { get; init; } = () => null;

    internal IMonitor? Monitor { get; init; }

    internal TrialCheckpoint? Checkpoint { get; init; }

    internal required SampleGrowth Growth { get; init; }

    /// <summary>The rows that trials learn from; 1 when not known.</summary>
    internal long Rows { get; init; } = 1;

    /// <summary>The trainer of a trial, and its parameters by name.</summary>
    internal required Func<TrialSettings, (string Trainer, IReadOnlyDictionary<string, string> Parameters)> Describe { get; init; }

    /// <summary>Whether trials are measured in folds, of which the first trial may do with one.</summary>
    internal bool HasFolds { get; init; }

    /// <summary>How much work a trial is for each row that it learns from; see <see cref="SweepableEstimator.Cost"/>.</summary>
    internal Func<TrialSettings, double> WorkPerRow { get; init; } = _ => 1;

    /// <summary>How much time to keep for the making of the winner, given the best trial so far.</summary>
    internal Func<TrialResult, TimeSpan> Reserve { get; init; } = _ => TimeSpan.Zero;

    internal int MaximumTrials { get; init; } = int.MaxValue;

    internal int FirstTrial { get; init; }

    internal int ConcurrentTrials { get; init; } = 1;

    internal double? MaximumMemory { get; init; }

    /// <summary>Called with each result, and whether it is the best so far.</summary>
    internal Action<TrialResult, bool>? Ended { get; init; }

    /// <summary>Called when a trial has begun or ended, with the number of those under way.</summary>
    internal Action<TrialSearch, int>? Changed { get; init; }
}
