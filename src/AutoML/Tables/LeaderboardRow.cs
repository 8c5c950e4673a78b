namespace MLPipelines.AutoML;

/// <summary>One trial of an experiment, as tables and reports show it.</summary>
/// <param name="Trial">Its number, from 0, in the order that trials were begun.</param>
/// <param name="Trainer">What learned, such as <c>LightGbm</c>; for a blend, the trainers and their shares.</param>
/// <param name="Parameters">The parameters of the trainer by name, as text in the invariant culture.</param>
/// <param name="Metric">The metric on validation rows; NaN for a trial that failed.</param>
/// <param name="Loss">The same number made so that less is better; infinity for a trial that failed.</param>
/// <param name="Duration">How long the trial took.</param>
public sealed record LeaderboardRow(int Trial, string Trainer, IReadOnlyDictionary<string, string> Parameters, double Metric, double Loss, TimeSpan Duration)
{
    /// <summary>How many rows it learned from; fewer than there are where it learned from a sample. 0 where a runner of one's own did not say.</summary>
    public long Rows { get; init; }

    /// <summary>Whether it was measured in one fold of several, as the first trial of a limited time is: its metric may be luck, and it is best only until another one has ended.</summary>
    public bool IsOneFold { get; init; }

    /// <summary>Why it failed; <see langword="null"/> for a trial that did not.</summary>
    public string? Failure { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public DateTime StartedAtUtc { get; init; }

    /// <summary>The most memory that the process had while it ran, in MB; <see langword="null"/> where it was not watched.</summary>
    public double? PeakMemoryInMegaByte { get; init; }

    /// <summary>Whether it was the best so far when it ended.</summary>
    public bool IsBestSoFar { get; init; }
}
