namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>What is unusual.</summary>
public enum AnomalyKind
{
    /// <summary>One value, or a few in a row, far from what is expected there.</summary>
    Spike,

    /// <summary>From here on the values are higher or lower than before.</summary>
    LevelChange,

    /// <summary>A whole season, such as a day, that does not go as the others do.</summary>
    SeasonalBreak,
}

/// <summary>Something unusual in a metric.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">The first step of it.</param>
/// <param name="Last">The last one; the first for a level change.</param>
/// <param name="Value">A spike: its largest deviation's value. A level change: the level after it. A seasonal break: the mean value of its steps.</param>
/// <param name="Expected">What was expected in the place of <paramref name="Value"/>; the level before a change.</param>
/// <param name="Severity">How far it is beyond usual deviations, in limits: 1 is just worth telling, and 100 the most.</param>
public sealed record AnomalyFinding(AnomalyKind Kind, int First, int Last, double Value, double Expected, double Severity)
{
    private const double MostSevere = 100;

    /// <summary>Where nothing usually deviates, every deviation is far beyond the limit.</summary>
    internal static double SeverityOf(double deviation, double limit) => Math.Min(deviation / limit, MostSevere);
}
