namespace MLPipelines.TimeSeries;

/// <summary>One series of a panel.</summary>
public sealed class PanelSeries
{
    private PanelSeries(Series values, long start, int[] gaps, float[] covariates) => (Values, Start, Gaps, Covariates) = (values, start, gaps, covariates);

    public string Name => Values.Name;

    /// <summary>The observations, with gaps filled, and the seasons that the series is long enough for.</summary>
    public Series Values { get; }

    /// <summary>How many of the observations were missing and are filled in.</summary>
    public int GapCount => Gaps.Length;

    /// <summary>The steps that were missing, rising.</summary>
    private int[] Gaps { get; }

    /// <summary>The time of the first observation.</summary>
    internal long Start { get; }

    /// <summary>The covariates of each step, step after step; NaN where a step has no row.</summary>
    internal float[] Covariates { get; }

    internal static PanelSeries Of(SeriesGrid grid, PanelOptions options, IReadOnlyList<int> seasons, List<float> covariates)
    {
        int[] gaps = [.. Enumerable.Range(0, grid.Values.Length).Where(i => double.IsNaN(grid.Values[i]))];
        int width = options.CovariateColumns.Count;
        GapFilling.Fill(grid.Values, options.Gaps, options.FillValue);
        float[] own = new float[grid.Values.Length * width];
        for (int i = 0; i < own.Length; i++) own[i] = grid.Rows[i / width] is >= 0 and var row ? covariates[(row * width) + (i % width)] : float.NaN;
        // Of seasons that are not given, the first always counts; of a longer one, such as the year of days, two must have been seen.
        IReadOnlyList<int> seen = options.Seasons is not null ? seasons : [.. seasons.Where((season, i) => i == 0 || grid.Values.Length >= 2 * season)];
        return new PanelSeries(new Series(grid.Name, grid.Values, seen), grid.Start, gaps, own);
    }

    /// <summary>The observations with NaN where they were filled in.</summary>
    internal double[] Observed()
    {
        double[] values = Values.Values.ToArray();
        foreach (int gap in Gaps) values[gap] = double.NaN;
        return values;
    }

    /// <summary>What was known after the first observations.</summary>
    internal PanelSeries First(int count) =>
        new(Values.First(count), Start, [.. Gaps.TakeWhile(gap => gap < count)], Covariates[..(Values.Length == 0 ? 0 : Covariates.Length / Values.Length * count)]);
}
