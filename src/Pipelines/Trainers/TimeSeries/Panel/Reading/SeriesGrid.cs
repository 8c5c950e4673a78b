using System.Globalization;

namespace MLPipelines.TimeSeries;

/// <summary>Puts the observations of one series on the steps of time: several of one time are one, and steps without any are NaN.</summary>
internal sealed class SeriesGrid
{
    /// <summary>A series that would be longer than this has a time in it that is wrong.</summary>
    private const long Longest = 50_000_000;

    private SeriesGrid(string name, long start, double[] values, int[] rows) => (Name, Start, Values, Rows) = (name, start, values, rows);

    internal string Name { get; }

    /// <summary>The time of the first value.</summary>
    internal long Start { get; }

    /// <summary>From the first value to the last; NaN between them where there is none.</summary>
    internal double[] Values { get; }

    /// <summary>The row of the table that each value came from, the last of several; -1 for none.</summary>
    internal int[] Rows { get; }

    /// <param name="series">Sorted.</param>
    /// <param name="axis">The steps.</param>
    /// <param name="options">What is done with several of one time, and with times between steps.</param>
    /// <returns><see langword="null"/> for a series without a value.</returns>
    internal static SeriesGrid? Of(RawSeries series, TimeAxis axis, PanelOptions options)
    {
        // Rows without a value at either end are no part of the series: what comes may be in the table already.
        int first = series.Rows.FindIndex(row => !double.IsNaN(row.Value)), last = series.Rows.FindLastIndex(row => !double.IsNaN(row.Value));
        if (first < 0) return null;
        long start = series.Rows[first].Time, length = axis.StepsBetween(start, series.Rows[last].Time, out _) + 1;
        if (length > Longest) throw new MLPipelinesException($"{Title(series.Name)} would have {length.ToString("N0", CultureInfo.InvariantCulture)} steps of {axis.Step} from {axis.Write(start)} to {axis.Write(series.Rows[last].Time)}. Is one of these times wrong?");
        double[] values = new double[length];
        int[] rows = new int[length], counts = new int[length];
        Array.Fill(values, double.NaN);
        Array.Fill(rows, -1);
        int between = 0;
        long firstBetween = 0;
        for (int i = first; i <= last; i++)
        {
            Observation row = series.Rows[i];
            int step = (int)axis.StepsBetween(start, row.Time, out bool isExact);
            if (!isExact && between++ == 0) firstBetween = row.Time;
            if (rows[step] >= 0 && options.Duplicates == DuplicateHandling.Stop && isExact) throw Duplicate(series, i, axis);
            rows[step] = row.Row;
            if (double.IsNaN(row.Value)) continue;
            values[step] = double.IsNaN(values[step]) || options.Duplicates is DuplicateHandling.Stop or DuplicateHandling.Last ? row.Value : values[step] + row.Value;
            counts[step]++;
        }
        if (between > 0 && options.Gaps is GapHandling.Automatic or GapHandling.Stop) throw Between(series, axis, start, between, firstBetween);
        if (options.Duplicates == DuplicateHandling.Mean)
        {
            for (int i = 0; i < values.Length; i++)
                if (counts[i] > 1) values[i] /= counts[i];
        }
        return new SeriesGrid(series.Name, start, values, rows);
    }

    internal static string Title(string name) => name.Length == 0 ? "The series" : $"Series '{name}'";

    private static IrregularTimesException Duplicate(RawSeries series, int at, TimeAxis axis) => new(string.Create(CultureInfo.InvariantCulture,
        $"{Title(series.Name)} has several values at {axis.Write(series.Rows[at].Time)} (rows {series.Rows[at - 1].Row + 1} and {series.Rows[at].Row + 1} of the data). Name the column that tells series apart, or choose what to do with duplicates: Sum, Mean or Last."), isDuplicate: true);

    private static IrregularTimesException Between(RawSeries series, TimeAxis axis, long start, int count, long first) => new(string.Create(CultureInfo.InvariantCulture,
        $"{Title(series.Name)} has {count} time{(count == 1 ? "" : "s")} that {(count == 1 ? "is" : "are")} not a whole number of steps of {axis.Step} after {axis.Write(start)}, the first {axis.Write(first)}. Choose what to do with gaps, such as Interpolate: then they count for the step before."), isDuplicate: false);
}
