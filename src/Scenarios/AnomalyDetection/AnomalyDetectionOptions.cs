namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>What is watched, and how much is worth telling.</summary>
public sealed record AnomalyDetectionOptions
{
    /// <summary>The metric: numbers of type Single or Double, NaN for missing ones.</summary>
    public required string ValueColumn { get; init; }

    /// <summary>Dates, text with dates, or whole numbers; without one, rows are steps.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>The length of the season in steps, 1 for none; <see langword="null"/> to find it.</summary>
    public int? Season { get; init; }

    /// <summary>In percent, of the detector that watches new rows: an alert needs a p-value of at most 100 less this. Above 0, below 100.</summary>
    public double Confidence { get; init; } = 99.5;
}
