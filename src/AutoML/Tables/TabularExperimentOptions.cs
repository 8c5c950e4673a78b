namespace MLPipelines.AutoML;

/// <summary>What an experiment over a table predicts, and how long it may search.</summary>
public sealed record TabularExperimentOptions
{
    /// <summary>What is predicted.</summary>
    public required AutoMLTask Task { get; init; }

    /// <summary>The column to predict: of any type for classes, a number for regression, a relevance from 0 for ranking.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The column whose values name the groups that are ranked; needed for ranking, and for other tasks a column whose rows are never divided between learning and validation.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>Columns of numbers to take for categories.</summary>
    public IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    /// <summary>Columns to take for numbers.</summary>
    public IReadOnlyList<string> NumericColumns { get; init; } = [];

    /// <summary>Columns to take for written text.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>How long the experiment may take, the making of the winner included; kept within 5 %, but for a first cheap trial that always ends. <see langword="null"/> for no limit but <see cref="MaximumTrials"/>.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How many trials there are at most. With it and without a time limit, the same seed gives the same leaderboard. <see langword="null"/> for no limit but the time; one of the two is needed.</summary>
    public int? MaximumTrials { get; init; }

    /// <summary>
    /// The name of what is optimized: <c>logLoss accuracy macroF1 auc f1</c> for classes, <c>rmse mae r2</c> for numbers, <c>ndcg</c> for ranking;
    /// <see langword="null"/> for the first one of the task.
    /// </summary>
    public string? Metric { get; init; }

    /// <summary>The trainers to choose from, such as <c>LightGbm</c>; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Trainers { get; init; }

    /// <summary>How many folds the rows are cross-validated by; 0 to hold rows out instead; <see langword="null"/> to go by the number of rows.</summary>
    public int? Folds { get; init; }

    /// <summary>Whether the best trials are blended where this wins on the validation rows. Default yes.</summary>
    public bool Blend { get; init; } = true;

    /// <summary>How many trials run side by side; <see langword="null"/> for as many as there are cores, up to 4. The leaderboard does not depend on it where only the number of trials is limited.</summary>
    public int? ConcurrentTrials { get; init; }

    /// <summary>A trial is ended when the process has more memory, in MB.</summary>
    public double? MaximumMemoryUsageInMegaByte { get; init; }

    /// <summary>Told when a trial begins or ends; called from one thread at a time.</summary>
    public IProgress<ExperimentProgress>? Progress { get; init; }

    /// <summary>
    /// Puts another runner in place of the one that runs trials here, such as one that has them run by other processes; it may run several trials at once.
    /// Trials whose results come without predictions are not blended.
    /// </summary>
    public Func<ITrialRunner, ITrialRunner>? WrapTrialRunner { get; init; }
}
