using System.Globalization;

namespace MLPipelines.TimeSeries;

/// <summary>Gives values to the steps of series that have none.</summary>
internal static class GapFilling
{
    /// <summary>The share of a series that may be missing before <see cref="GapHandling.Automatic"/> stops.</summary>
    private const double FewShare = 0.1;

    /// <exception cref="IrregularTimesException">There are more gaps than are to be filled: it says how many, in which series, and where the first is.</exception>
    internal static void Check(IReadOnlyList<SeriesGrid> series, TimeAxis axis, GapHandling handling)
    {
        if (handling is not (GapHandling.Automatic or GapHandling.Stop)) return;
        SeriesGrid[] gapped = [.. series.Where(one => CountOf(one.Values) is > 0 and var gaps && (handling == GapHandling.Stop || gaps > FewShare * one.Values.Length))];
        if (gapped.Length == 0) return;
        SeriesGrid first = gapped[0];
        int count = CountOf(first.Values), at = Array.FindIndex(first.Values, double.IsNaN);
        string others = gapped.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {gapped.Length - 1} other series {(gapped.Length == 2 ? "has" : "have")} gaps like it.");
        throw new IrregularTimesException(string.Create(CultureInfo.InvariantCulture,
            $"{SeriesGrid.Title(first.Name)} has no value at {count} of {first.Values.Length} steps of {axis.Step}, the first at {axis.Write(axis.After(first.Start, at))}.{others} Choose what to do with gaps: Interpolate, Last, Zero or Value."), isDuplicate: false);
    }

    internal static int CountOf(ReadOnlySpan<double> values)
    {
        int count = 0;
        foreach (double value in values)
            if (double.IsNaN(value)) count++;
        return count;
    }

    /// <param name="values">Its first and last are numbers.</param>
    /// <param name="handling">How.</param>
    /// <param name="fill">The value for <see cref="GapHandling.Value"/>.</param>
    internal static void Fill(Span<double> values, GapHandling handling, double fill)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i])) continue;
            int end = i;
            while (double.IsNaN(values[end])) end++;
            double before = values[i - 1], after = values[end];
            for (int gap = i; gap < end; gap++)
            {
                values[gap] = handling switch
                {
                    GapHandling.Last => before,
                    GapHandling.Zero => 0,
                    GapHandling.Value => fill,
                    _ => before + ((after - before) * (gap - i + 1) / (end - i + 1)),
                };
            }
            i = end;
        }
    }
}
