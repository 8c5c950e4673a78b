namespace MLPipelines.TimeSeries;

/// <summary>Where in a table the series are, and what is done where they are not regular.</summary>
public sealed record PanelOptions
{
    /// <summary>The column of observations: <see cref="float"/> or <see cref="double"/>; NaN is a gap.</summary>
    public required string ValueColumn { get; init; }

    /// <summary>The column of times: dates, text with dates, or whole numbers. Without one, the rows of a series are its steps.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>How text is a time, in .NET's way, such as <c>dd/MM/yyyy</c>; <see langword="null"/> to find out.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>The column that says which series a row belongs to: text or a key. Without one, all rows are one series.</summary>
    public string? SeriesColumn { get; init; }

    /// <summary>Columns of numbers that explain the values and are known ahead, such as a price or a holiday.</summary>
    public IReadOnlyList<string> CovariateColumns { get; init; } = [];

    /// <summary>The lengths of the seasons in steps, rising; empty for none; <see langword="null"/> for those that the step suggests (hours: 24 and 168; days: 7 and 365; weeks: 52; months: 12; quarters: 4).</summary>
    public IReadOnlyList<int>? Seasons { get; init; }

    public GapHandling Gaps { get; init; } = GapHandling.Automatic;

    /// <summary>What gaps are filled with under <see cref="GapHandling.Value"/>.</summary>
    public double FillValue { get; init; }

    public DuplicateHandling Duplicates { get; init; } = DuplicateHandling.Stop;
}
