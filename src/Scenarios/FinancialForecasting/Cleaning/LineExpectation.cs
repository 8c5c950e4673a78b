using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>
/// What trend and season say each amount of a line should be: a robust decomposition, in logarithms where all amounts are above 0, so that what is a tenth
/// or tenfold is far off, whatever the season. Lines shorter than two seasons have the line between their neighbours.
/// </summary>
internal sealed class LineExpectation
{
    private const int Rounds = 10;

    // A season may change over the years, such as that of a profit which grows.
    private const int SeasonsSmoothed = 7;

    // A deviation below that is no typing mistake, however regular the rest of the line is: a fifth.
    private const double LeastShare = 0.2;

    private readonly bool _logs;
    private readonly double[] _expected;

    /// <param name="values">The amounts; NaN where there is none.</param>
    /// <param name="season">Periods per year.</param>
    internal LineExpectation(ReadOnlySpan<double> values, int season)
    {
        double[] known = [.. values];
        _logs = known.All(value => double.IsNaN(value) || value > 0);
        if (_logs) for (int i = 0; i < known.Length; i++) known[i] = Math.Log(known[i]);
        double[] filled = [.. known];
        Interpolate(filled);
        IsSeasonal = season > 1 && values.Length >= 2 * season;
        _expected = IsSeasonal ? Decompose(known, filled, season) : Neighbours(filled);
        double[] distances = [.. Enumerable.Range(0, known.Length).Where(i => !double.IsNaN(known[i])).Select(i => Math.Abs(known[i] - _expected[i])).Order()];
        double typical = _logs ? 1 : Median([.. known.Where(value => !double.IsNaN(value)).Select(Math.Abs).Order()]);
        // A tenth of the amounts may be far off by mistake; where more are, that is how the line is. 1.4826 and 1 / 1.645 make a normal distribution's deviation of its quantiles.
        double tenth = distances.Length > 0 ? distances[(int)(0.9 * (distances.Length - 1))] : 0;
        Spread = Math.Max(Math.Max(1.4826 * Median(distances), tenth / 1.645), 1e-9 * typical);
        Least = LeastShare * typical;
    }

    internal bool IsSeasonal { get; }

    /// <summary>The usual distance from it.</summary>
    private double Spread { get; }

    private double Least { get; }

    internal double this[int period] => _logs ? Math.Exp(_expected[period]) : _expected[period];

    /// <summary>How many usual distances an amount is from what is expected, with its sign; 0 where the distance is small beside the amounts of the line.</summary>
    internal double Distance(int period, double value)
    {
        if (double.IsNaN(value)) return 0;
        if (_logs && value <= 0) return double.NegativeInfinity;
        double distance = (_logs ? Math.Log(value) : value) - _expected[period];
        return Math.Abs(distance) < Least ? 0 : distance / Spread;
    }

    private static double[] Decompose(double[] known, double[] filled, int season)
    {
        double[] seasonal = new double[known.Length], trend = new double[known.Length], rest = new double[known.Length];
        var stl = new Stl(known.Length, new StlOptions(season) { RobustIterations = Rounds, SeasonWindow = SeasonsSmoothed });
        // The second time what is missing is where the first said.
        for (int pass = 0; pass < 2; pass++)
        {
            stl.Decompose(filled, seasonal, trend, rest);
            for (int i = 0; i < known.Length; i++) if (double.IsNaN(known[i])) filled[i] = seasonal[i] + trend[i];
        }
        return [.. seasonal.Select((value, i) => value + trend[i])];
    }

    /// <summary>The median of the amounts around each.</summary>
    private static double[] Neighbours(double[] values) =>
        [.. Enumerable.Range(0, values.Length).Select(i => Median([.. values[Math.Max(0, i - 2)..Math.Min(values.Length, i + 3)].Order()]))];

    private static void Interpolate(double[] values)
    {
        int last = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) continue;
            for (int j = last + 1; j < i; j++) values[j] = last < 0 ? values[i] : values[last] + ((values[i] - values[last]) * (j - last) / (i - last));
            last = i;
        }
        for (int j = last + 1; j < values.Length; j++) values[j] = last < 0 ? 0 : values[last];
    }

    private static double Median(double[] sorted) => sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
