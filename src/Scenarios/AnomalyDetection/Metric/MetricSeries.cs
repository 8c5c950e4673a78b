using System.Globalization;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>
/// One metric at equal steps of time, in memory. Steps without a value lie on a line between their neighbours; rows whose times follow no step
/// are steps themselves.
/// </summary>
public sealed class MetricSeries
{
    // A file with more gaps than rows has no step that means anything.
    private const int MostStepsPerRow = 2;

    /// <summary>The share of rows whose times are whole steps after the first, of a metric that has steps.</summary>
    private const double LeastExact = 0.8;

    private readonly TimeText? _text;
    private readonly long[] _times;

    private MetricSeries(double[] values, long[] times, TimeText? text, TimeStep? step, int rows)
    {
        (Values, _times, _text, Step, RowCount) = (values, times, text, step, rows);
        GapCount = Fill(values);
    }

    /// <summary>Finite numbers, one per step, gaps filled.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>How many steps had no value.</summary>
    public int GapCount { get; }

    /// <summary>The rows that were read.</summary>
    public int RowCount { get; }

    /// <summary>How far steps are apart; <see langword="null"/> where there are no times, or none that follow a step.</summary>
    public TimeStep? Step { get; }

    /// <summary>Whether steps have dates.</summary>
    public bool HasDates => _text is { IsDate: true };

    /// <summary>When a step is, as the file would write it; <c>row 1</c> for the first one where there are no times.</summary>
    public string TimeOf(int step) => _text is null ? string.Create(CultureInfo.InvariantCulture, $"row {step + 1}") : _text.Write(_times[step]);

    /// <summary>The date of a step; only where <see cref="HasDates"/>.</summary>
    public DateTime DateOf(int step) => new(_times[step], DateTimeKind.Utc);

    /// <summary>Reads a table.</summary>
    /// <param name="data">Rows in any order where there are times, in theirs otherwise.</param>
    /// <param name="valueColumn">Numbers; NaN for missing ones.</param>
    /// <param name="timeColumn">Dates, text with dates, or whole numbers.</param>
    /// <exception cref="MLPipelinesException">There is no value, one is infinite, or a time cannot be read; the message says where.</exception>
    public static MetricSeries Read(IDataView data, string valueColumn, string? timeColumn)
    {
        var options = new PanelOptions { ValueColumn = valueColumn, TimeColumn = timeColumn, Gaps = GapHandling.Interpolate };
        PanelColumns.Check(SchemaShape.Create(data.Schema), options, "anomaly detection");
        var reader = new PanelReader(data, options);
        reader.Read(CancellationToken.None);
        if (reader.Series.Count == 0 || reader.Series[0].Rows.TrueForAll(row => double.IsNaN(row.Value)))
            throw new MLPipelinesException($"Column '{valueColumn}' has no value in any row: there is nothing to watch.");
        RawSeries raw = reader.Series[0];
        raw.Sort();
        int rows = raw.Rows.Count;
        long[] times = [.. raw.Rows.Select(row => row.Time)];
        if (reader.Text is not { } text) return new(ValuesOf(raw), times, null, null, rows);
        TimeAxis axis = StepInference.Infer([times], text);
        long length = axis.StepsBetween(times[0], times[^1], out _) + 1;
        int exact = times.Count(time => axis.StepsBetween(times[0], time, out bool isExact) >= 0 && isExact);
        if (length > (long)MostStepsPerRow * rows || exact < LeastExact * rows) return new(ValuesOf(raw), times, text, null, rows);
        double[] values = new double[length];
        Array.Fill(values, double.NaN);
        foreach (Observation row in raw.Rows)
        {
            int step = (int)axis.StepsBetween(times[0], row.Time, out _);
            if (!double.IsNaN(row.Value)) values[step] = row.Value;
        }
        return new(values, [.. Enumerable.Range(0, values.Length).Select(step => axis.After(times[0], step))], text, axis.Step, rows);
    }

    private static double[] ValuesOf(RawSeries raw) => [.. raw.Rows.Select(row => row.Value)];

    /// <summary>Fills gaps; those at the ends with the nearest value.</summary>
    private static int Fill(double[] values)
    {
        int gaps = GapFilling.CountOf(values), first = Array.FindIndex(values, value => !double.IsNaN(value)), last = Array.FindLastIndex(values, value => !double.IsNaN(value));
        values.AsSpan(0, first).Fill(values[first]);
        values.AsSpan(last + 1).Fill(values[last]);
        GapFilling.Fill(values, GapHandling.Interpolate, 0);
        return gaps;
    }
}
