using System.Diagnostics;

namespace MLPipelines.AutoML;

/// <summary>The time of an experiment: what is gone, and what is left when the making of the winner is allowed for.</summary>
internal sealed class SearchClock(TimeSpan? limit)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The whole time; <see langword="null"/> without a limit.</summary>
    internal TimeSpan? Limit => limit;

    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>The time until the limit; <see langword="null"/> without one.</summary>
    internal TimeSpan? Remaining => limit is { } time ? time - Elapsed : null;

    /// <summary>The time left for trials.</summary>
    /// <param name="reserve">What is kept for the making of the winner.</param>
    internal TimeSpan? RemainingForTrials(TimeSpan reserve) => Remaining - reserve;
}
