using System.Diagnostics;

namespace MLPipelines.Server;

/// <summary>The moment at which an answer is of no use any more.</summary>
public readonly struct Deadline
{
    private readonly long _end;

    private Deadline(long end) => _end = end;

    /// <summary>None: the answer may take as long as it takes.</summary>
    public static Deadline None => default;

    /// <summary>A time from now on.</summary>
    public static Deadline After(TimeSpan time) => new(Math.Max(1, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency)));

    /// <summary>Whether there is one.</summary>
    public bool Exists => _end != 0;

    /// <summary>Whether it has passed.</summary>
    public bool HasPassed => _end != 0 && Stopwatch.GetTimestamp() >= _end;

    /// <summary>The time that is left; infinite where there is no deadline.</summary>
    public TimeSpan Left => _end == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Math.Max(0, (double)(_end - Stopwatch.GetTimestamp()) / Stopwatch.Frequency));

    /// <exception cref="TimeoutException">It has passed.</exception>
    internal void ThrowIfPassed()
    {
        if (HasPassed) throw new TimeoutException("The deadline of the request passed before its rows were scored.");
    }
}
