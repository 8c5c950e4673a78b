namespace MLPipelines.TimeSeries;

/// <summary>
/// Runs a form of exponential smoothing over a series and back: forward for states and errors, back for the derivatives of the likelihood
/// by everything that is learned, at about twice the cost of the forward run whatever the number of parameters. Its buffers are used again by each run.
/// </summary>
/// <remarks>
/// With q the level that the slope leads to, s the season's effect a season ago, and d and u the errors of level and season:
/// l' = q + α d, b' = carried slope + β d · gain, s' = s + γ u. The states do not depend on whether errors are additive or relative; only the likelihood does.
/// </remarks>
internal sealed class EtsRecursion(ReadOnlyMemory<double> values, int season)
{
    // Relative errors of forecasts nearer to 0 than this, in the unit of the series, mean nothing.
    private const double LeastForecast = 1e-10;

    private readonly double[] _levels = new double[values.Length + 1];
    private readonly double[] _slopes = new double[values.Length + 1];
    private readonly double[] _seasons = new double[values.Length + season];
    private readonly double[] _forecasts = new double[values.Length];
    private readonly double[] _bySeason = new double[values.Length + season];

    internal int Length => values.Length;

    internal int Season => season;

    /// <summary>The initial level, to be set before a run; of the derivatives after a run back.</summary>
    internal ref double Level => ref _levels[0];

    internal ref double Slope => ref _slopes[0];

    /// <summary>The initial effects of the season, those of the first step first.</summary>
    internal Span<double> Seasons => _seasons.AsSpan(0, season);

    internal double LastLevel => _levels[^1];

    internal double LastSlope => _slopes[^1];

    internal ReadOnlySpan<double> LastSeasons => _seasons.AsSpan(values.Length);

    /// <summary>The sum of squared errors, which are relative in forms with a multiplicative error, of the last run.</summary>
    internal double SquaredErrors { get; private set; }

    internal EtsDerivatives Derivatives { get; private set; }

    internal ReadOnlySpan<double> SeasonDerivatives => _bySeason.AsSpan(0, season);

    /// <summary>-2/n times the concentrated log likelihood, up to a constant; infinite where the form breaks down.</summary>
    internal double Run(EtsForm form, in EtsParameters parameters) => (form.Trend, form.Season) switch
    {
        (EtsComponent.Multiplicative, EtsComponent.None) => Forward<MultiplicativeTrend, NoSeason>(form, parameters),
        (EtsComponent.Multiplicative, EtsComponent.Additive) => Forward<MultiplicativeTrend, AdditiveSeason>(form, parameters),
        (EtsComponent.Multiplicative, EtsComponent.Multiplicative) => Forward<MultiplicativeTrend, MultiplicativeSeason>(form, parameters),
        (_, EtsComponent.None) => Forward<AdditiveTrend, NoSeason>(form, parameters),
        (_, EtsComponent.Additive) => Forward<AdditiveTrend, AdditiveSeason>(form, parameters),
        _ => Forward<AdditiveTrend, MultiplicativeSeason>(form, parameters),
    };

    /// <summary>The derivatives of what the last run, of the same form and parameters, returned.</summary>
    internal void RunBack(EtsForm form, in EtsParameters parameters)
    {
        switch (form.Trend, form.Season)
        {
            case (EtsComponent.Multiplicative, EtsComponent.None): Back<MultiplicativeTrend, NoSeason>(form, parameters); break;
            case (EtsComponent.Multiplicative, EtsComponent.Additive): Back<MultiplicativeTrend, AdditiveSeason>(form, parameters); break;
            case (EtsComponent.Multiplicative, EtsComponent.Multiplicative): Back<MultiplicativeTrend, MultiplicativeSeason>(form, parameters); break;
            case (_, EtsComponent.None): Back<AdditiveTrend, NoSeason>(form, parameters); break;
            case (_, EtsComponent.Additive): Back<AdditiveTrend, AdditiveSeason>(form, parameters); break;
            default: Back<AdditiveTrend, MultiplicativeSeason>(form, parameters); break;
        }
    }

    private double Forward<TTrend, TSeason>(EtsForm form, in EtsParameters parameters)
        where TTrend : struct, IEtsTrend
        where TSeason : struct, IEtsSeason
    {
        (double alpha, double beta, double gamma, double phi) = parameters;
        bool relative = form.Error == EtsComponent.Multiplicative;
        ReadOnlySpan<double> observed = values.Span;
        double level = _levels[0], slope = _slopes[0], squares = 0, logs = 0, product = 1;
        for (int i = 0; i < observed.Length; i++)
        {
            double value = observed[i], effect = _seasons[i];
            double carried = TTrend.Carry(slope, phi), ahead = TTrend.Join(level, carried), forecast = TSeason.Join(ahead, effect);
            double error = value - forecast;
            if (relative)
            {
                if (!(forecast > LeastForecast)) return double.PositiveInfinity;
                error /= forecast;
                // One logarithm for many factors.
                product *= forecast;
                if (product is > 1e100 or < 1e-100)
                {
                    logs += Math.Log(product);
                    product = 1;
                }
            }
            squares += error * error;
            double levelError = TSeason.LevelError(value, ahead, effect);
            _forecasts[i] = forecast;
            _seasons[i + season] = effect + (gamma * TSeason.SeasonError(value, ahead, effect));
            slope = carried + (beta * levelError * TTrend.Gain(level));
            level = ahead + (alpha * levelError);
            _levels[i + 1] = level;
            _slopes[i + 1] = slope;
        }
        SquaredErrors = squares;
        // A fit without errors would have no end.
        double cost = Math.Log(Math.Max(squares / observed.Length, EtsFit.LeastVariance)) + (relative ? 2 * (logs + Math.Log(product)) / observed.Length : 0);
        return double.IsFinite(cost) ? cost : double.PositiveInfinity;
    }

    private void Back<TTrend, TSeason>(EtsForm form, in EtsParameters parameters)
        where TTrend : struct, IEtsTrend
        where TSeason : struct, IEtsSeason
    {
        (double alpha, double beta, double gamma, double phi) = parameters;
        bool relative = form.Error == EtsComponent.Multiplicative;
        ReadOnlySpan<double> observed = values.Span;
        double byAlpha = 0, byBeta = 0, byGamma = 0, byPhi = 0, byLevel = 0, bySlope = 0;
        double perSquare = 2 / Math.Max(SquaredErrors, EtsFit.LeastVariance * observed.Length), perLog = 2.0 / observed.Length;
        _bySeason.AsSpan(observed.Length).Clear();
        for (int i = observed.Length - 1; i >= 0; i--)
        {
            double value = observed[i], effect = _seasons[i], level = _levels[i], slope = _slopes[i], forecast = _forecasts[i];
            double carried = TTrend.Carry(slope, phi), ahead = TTrend.Join(level, carried);
            double levelError = TSeason.LevelError(value, ahead, effect), gain = TTrend.Gain(level);
            double byNewSeason = _bySeason[i + season];
            byAlpha += byLevel * levelError;
            byBeta += bySlope * levelError * gain;
            byGamma += byNewSeason * TSeason.SeasonError(value, ahead, effect);

            double byForecast = relative
                ? (perLog / forecast) - (perSquare * (value - forecast) / forecast * (value / (forecast * forecast)))
                : -perSquare * (value - forecast);
            double byLevelError = (alpha * byLevel) + (beta * gain * bySlope), bySeasonError = gamma * byNewSeason;
            double byAhead = (byForecast * TSeason.JoinByLevel(effect)) + byLevel - byLevelError + (bySeasonError * TSeason.SeasonErrorByLevel(value, ahead));
            _bySeason[i] = (byForecast * TSeason.JoinBySeason(ahead)) + byNewSeason + (byLevelError * TSeason.LevelErrorBySeason(value, effect))
                + (bySeasonError * TSeason.SeasonErrorBySeason);
            double byCarried = (byAhead * TTrend.JoinByCarried(level)) + bySlope;
            byPhi += byCarried * TTrend.CarryByPhi(slope, phi);
            byLevel = (byAhead * TTrend.JoinByLevel(carried)) + (bySlope * beta * levelError * TTrend.GainByLevel(level));
            bySlope = byCarried * TTrend.CarryBySlope(slope, phi);
        }
        Derivatives = new(new(byAlpha, byBeta, byGamma, byPhi), byLevel, bySlope);
    }
}

/// <summary>Derivatives by the parameters and by the initial level and slope.</summary>
internal readonly record struct EtsDerivatives(EtsParameters Parameters, double Level, double Slope);
