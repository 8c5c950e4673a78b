namespace MLPipelines.TimeSeries;

/// <summary>One series of a panel.</summary>
public sealed class PanelSeries
{
    private PanelSeries(Series values, long start, int gaps, float[] covariates) => (Values, Start, GapCount, Covariates) = (values, start, gaps, covariates);

    public string Name => Values.Name;

    /// <summary>The observations, with gaps filled, and the seasons that the series is long enough for.</summary>
    public Series Values { get; }

    /// <summary>How many of the observations were missing and are filled in.</summary>
    public int GapCount { get; }

    /// <summary>The time of the first observation.</summary>
    internal long Start { get; }

    /// <summary>The covariates of each step, step after step; NaN where a step has no row.</summary>
    internal float[] Covariates { get; }

    internal static PanelSeries Of(SeriesGrid grid, PanelOptions options, IReadOnlyList<int> seasons, List<float> covariates)
    {
        int gaps = GapFilling.CountOf(grid.Values), width = options.CovariateColumns.Count;
        GapFilling.Fill(grid.Values, options.Gaps, options.FillValue);
        float[] own = new float[grid.Values.Length * width];
        for (int i = 0; i < own.Length; i++) own[i] = grid.Rows[i / width] is >= 0 and var row ? covariates[(row * width) + (i % width)] : float.NaN;
        // Of seasons that are not given, the first always counts; of a longer one, such as the year of days, two must have been seen.
        IReadOnlyList<int> seen = options.Seasons is not null ? seasons : [.. seasons.Where((season, i) => i == 0 || grid.Values.Length >= 2 * season)];
        return new PanelSeries(new Series(grid.Name, grid.Values, seen), grid.Start, gaps, own);
    }
}
