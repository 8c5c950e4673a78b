using System.Globalization;

namespace MLPipelines.Scenarios.Charts;

/// <summary>
/// Lines over time as an SVG picture: no scripts, no references, one font of the reader's system. The same chart always gives the same text.
/// Of lines with many more points than the picture has columns, each column shows the first, lowest, highest and last.
/// </summary>
public sealed record LineChart
{
    /// <summary>What stands above it, and what a screen reader calls it.</summary>
    public required string Title { get; init; }

    /// <summary>What a screen reader says that it shows, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The unit of the values, such as <c>thousand EUR</c>; stands above the axis.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether x values are times, made by <see cref="Time"/>; otherwise they are steps.</summary>
    public bool HasDates { get; init; } = true;

    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    public IReadOnlyList<ChartLine> Lines { get; init; } = [];

    public IReadOnlyList<ChartMarks> Marks { get; init; } = [];

    /// <summary>In pixels, where nothing else says how large it is. Default 720 by 280.</summary>
    public int Width { get; init; } = 720;

    public int Height { get; init; } = 280;

    /// <summary>Whether the axis of values starts or ends at 0, so that heights can be compared.</summary>
    public bool FromZero { get; init; }

    /// <summary>How a value is written at the axis; <see langword="null"/> for as many decimals as the axis needs, in <see cref="Culture"/>.</summary>
    public Func<double, string>? FormatValue { get; init; }

    /// <summary>The language of numbers and months. Default the invariant one.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The x value of a time.</summary>
    public static double Time(DateTime time) => time.Ticks / (double)TimeSpan.TicksPerDay;

    /// <summary>The x values of times.</summary>
    public static double[] Times(IEnumerable<DateTime> times) => [.. times.Select(Time)];

    /// <summary>The picture, as a document of its own or as an element of an HTML page.</summary>
    /// <exception cref="ArgumentException">Columns of a line, band or marks are not equally long.</exception>
    public string ToSvg()
    {
        foreach (ChartLine line in Lines) Check(line.Name, line.X.Count, line.Y.Count);
        foreach (ChartBand band in Bands)
        {
            Check(band.Name, band.X.Count, band.Lower.Count);
            Check(band.Name, band.X.Count, band.Upper.Count);
        }
        foreach (ChartMarks marks in Marks) Check(marks.Name, marks.X.Count, marks.Y?.Count ?? marks.X.Count);
        return new LineChartDrawing(this).Draw();
    }

    private static void Check(string name, int expected, int found)
    {
        if (found != expected) throw new ArgumentException($"'{name}' has {found} values for {expected} places on the time axis.", nameof(name));
    }
}
