namespace MLPipelines.TimeSeries;

/// <summary>Fits forms of exponential smoothing to one series by maximum likelihood, from the best of a few starts.</summary>
internal sealed class EtsFit
{
    /// <summary>Seasons up to this length have their initial effects learned; those of longer ones stay as decomposed.</summary>
    internal const int LongestLearnedSeason = 24;

    /// <summary>The least variance of errors, in the unit of the scaled series.</summary>
    internal const double LeastVariance = 1e-20;

    /// <summary>The least multiplicative initial effect of a season, or rate of a trend.</summary>
    internal const double LeastEffect = 1e-3;

    private const int RaceSteps = 8, MaximumSteps = 200;
    private const double Tolerance = 1e-8;

    private static readonly double[] Alphas = [0.02, 0.15, 0.4, 0.8];
    private static readonly double[] SlopeShares = [0.002, 0.05, 0.4];
    private static readonly double[] SeasonShares = [0.02, 0.2, 0.7];

    private readonly double[] _values;
    private readonly double _scale;
    private readonly int _season;
    private readonly EtsRecursion _plain;
    private readonly EtsRecursion? _seasonal;
    private readonly Dictionary<(EtsComponent, EtsComponent), EtsStart> _starts = [];

    internal EtsFit(ReadOnlySpan<double> values, int season)
    {
        _scale = ScaleOf(values);
        _values = new double[values.Length];
        for (int i = 0; i < values.Length; i++) _values[i] = values[i] / _scale;
        _season = season;
        _plain = new(_values, 1);
        if (season > 1) _seasonal = new(_values, season);
    }

    /// <summary>The maximum of the likelihood, or nearly so; <see langword="null"/> where the form breaks down.</summary>
    internal EtsFitted? Fit(EtsForm form)
    {
        EtsRecursion recursion = form.HasSeason ? _seasonal! : _plain;
        EtsProblem problem = new(recursion, form, StartOf(form));
        BoxMinimizer minimizer = new(problem.Count);
        double[] best = [];
        double cost = double.PositiveInfinity;
        // The likelihood has several maxima: of starts of different kinds, the one that is likeliest after a few steps goes on.
        foreach (double[] point in Starts(problem, form))
        {
            double reached = minimizer.Minimize(problem, point, problem.Lower, problem.Upper, RaceSteps, Tolerance);
            if (reached < cost) (cost, best) = (reached, point);
        }
        if (best.Length == 0) return null;
        minimizer.Minimize(problem, best, problem.Lower, problem.Upper, MaximumSteps, Tolerance);
        cost = problem.Evaluate(best, []);
        return double.IsFinite(cost) ? Take(form, recursion, problem.ParametersAt(best), cost) : null;
    }

    /// <summary>The likeliest start of each weight of the season, or of the slope without one, or else of the level.</summary>
    private static List<double[]> Starts(EtsProblem problem, EtsForm form)
    {
        Dictionary<double, (double Cost, double[] Point)> starts = [];
        double[] point = new double[problem.Count];
        foreach (double alpha in Alphas)
            foreach (double beta in form.HasTrend ? SlopeShares : [0])
                foreach (double gamma in form.HasSeason ? SeasonShares : [0])
                {
                    problem.Write(new(alpha, beta * alpha, gamma * (1 - alpha), form.Damped ? 0.95 : 1), point);
                    double cost = problem.Evaluate(point, []), kind = form.HasSeason ? gamma : form.HasTrend ? beta : alpha;
                    if (double.IsFinite(cost) && (!starts.TryGetValue(kind, out var best) || cost < best.Cost)) starts[kind] = (cost, [.. point]);
                }
        return [.. starts.Values.OrderBy(start => start.Cost).Select(start => start.Point)];
    }

    private EtsStart StartOf(EtsForm form)
    {
        if (!_starts.TryGetValue((form.Trend, form.Season), out EtsStart? start))
            _starts[(form.Trend, form.Season)] = start = EtsStart.Of(_values, _season, form.Trend, form.Season);
        return start;
    }

    private EtsFitted Take(EtsForm form, EtsRecursion recursion, in EtsParameters parameters, double cost)
    {
        int count = form.ParameterCount(_season), length = _values.Length;
        double unit = form.Trend == EtsComponent.Multiplicative ? 1 : _scale, effect = form.Season == EtsComponent.Multiplicative ? 1 : _scale;
        List<double> state = [recursion.LastLevel * _scale];
        if (form.HasTrend) state.Add(recursion.LastSlope * unit);
        if (form.HasSeason)
            foreach (double last in recursion.LastSeasons) state.Add(last * effect);
        double deviation = Math.Sqrt(recursion.SquaredErrors / (length - count));
        EtsModel model = new([.. state], form, parameters, form.Error == EtsComponent.Multiplicative ? deviation : deviation * _scale);
        double deviance = length * (cost + Math.Log(length) + (2 * Math.Log(_scale)));
        // The variance of the errors is learned as well.
        int learned = count + 1;
        double corrected = deviance + (2 * learned) + (2.0 * learned * (learned + 1) / (length - learned - 1));
        return new(model, -deviance / 2, corrected);
    }

    /// <summary>A power of 2, so that scaling is exact, near the mean size of values.</summary>
    private static double ScaleOf(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += Math.Abs(value) / values.Length;
        return sum > 0 && double.IsFinite(sum) ? Math.ScaleB(1, Math.ILogB(sum)) : 1;
    }
}

/// <summary>A fitted model, its concentrated log likelihood as R's <c>forecast</c> counts it, and its corrected Akaike information criterion.</summary>
internal sealed record EtsFitted(EtsModel Model, double LogLikelihood, double Aicc);
