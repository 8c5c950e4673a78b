namespace MLPipelines.TimeSeries;

/// <summary>
/// Exponential smoothing as a state space model (Hyndman, Koehler, Ord &amp; Snyder 2008), fitted by maximum likelihood; of the forms that the options
/// leave open, the one with the least corrected Akaike information criterion.
/// </summary>
/// <remarks>
/// Simple exponential smoothing is A,N,N; Holt's method A,A,N, damped A,Ad,N; those of Holt and Winters A,A,A and M,A,M. Chosen are only forms whose
/// estimates are stable: no additive error with a multiplicative trend or season, and, where a value is not positive, nothing multiplicative. The
/// initial effects of seasons up to 24 are learned, those of longer ones decomposed. A constant series needs no likelihood: it goes on.
/// </remarks>
public sealed class EtsMethod : ForecastMethod
{
    private static readonly EtsComponent[] All = [EtsComponent.None, EtsComponent.Additive, EtsComponent.Multiplicative];

    // What an undamped trend must be better by: on M3 the plain criterion takes one too often, and it runs furthest from the truth.
    private const double LastingTrendHandicap = 3;

    // In hours or minutes no slope per step lasts.
    private const int LongestSeasonWithLastingTrend = 12;

    /// <summary>Simple exponential smoothing.</summary>
    public static EtsMethod Simple { get; } = new() { Error = EtsComponent.Additive, Trend = EtsComponent.None, Season = EtsComponent.None };

    /// <summary>Holt's linear trend.</summary>
    public static EtsMethod Holt { get; } = new() { Error = EtsComponent.Additive, Trend = EtsComponent.Additive, Damped = false, Season = EtsComponent.None };

    /// <summary>A linear trend that fades.</summary>
    public static EtsMethod DampedTrend { get; } = new() { Error = EtsComponent.Additive, Trend = EtsComponent.Additive, Damped = true, Season = EtsComponent.None };

    /// <summary>The form of the error, additive or multiplicative; <see langword="null"/> to choose.</summary>
    public EtsComponent? Error { get; init; }

    /// <summary>The form of the trend; <see langword="null"/> to choose.</summary>
    public EtsComponent? Trend { get; init; }

    /// <summary>Whether a trend is damped; <see langword="null"/> to choose, with more evidence asked of a trend that is not, and none of those in seasons above 12.</summary>
    public bool? Damped { get; init; }

    /// <summary>The form of the season; <see langword="null"/> to choose.</summary>
    public EtsComponent? Season { get; init; }

    /// <summary>Whether a multiplicative trend may be chosen; it can run away.</summary>
    public bool AllowMultiplicativeTrend { get; init; }

    public override string Name => "ETS";

    public override string? ObjectionTo(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (IsConstant(series)) return null;
        if (Forms(series).Any()) return null;
        int needed = Candidates().Min(form => LeastLength(form, series.Season));
        if (series.Length < needed) return $"it has {series.Length} values, and {needed} are needed";
        return series.Season == 1 && Season is not (null or EtsComponent.None) ? "it has no season" : "not all of its values are positive, as a multiplicative form needs";
    }

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(environment);
        if (IsConstant(series)) return Level(series.Values.Span[0]);
        EtsFit fit = new(series.Values.Span, series.Season);
        EtsModel? best = null;
        double least = double.PositiveInfinity;
        foreach (EtsForm form in Forms(series))
        {
            environment.CancellationToken.ThrowIfCancellationRequested();
            if (fit.Fit(form) is not { } fitted) continue;
            double criterion = fitted.Aicc + (Damped is null && form is { HasTrend: true, Damped: false } ? LastingTrendHandicap : 0);
            if (criterion < least) (least, best) = (criterion, fitted.Model);
        }
        return best ?? throw new MLPipelinesException($"No form of exponential smoothing fits series '{series.Name}'; leave more forms open, or take another method.");
    }

    /// <summary>The forms that are left open and can be fitted to a series.</summary>
    internal IEnumerable<EtsForm> Forms(Series series)
    {
        bool positive = ClassicalDecomposition.AllPositive(series.Values.Span);
        return Candidates().Where(form => (positive || !form.NeedsPositive) && (Damped is not null || !form.HasTrend || form.Damped || series.Season <= LongestSeasonWithLastingTrend)
            && (!form.HasSeason || series.Season > 1) && series.Length >= LeastLength(form, series.Season));
    }

    private static bool IsConstant(Series series) => series.Length > 0 && !series.Values.Span.ContainsAnyExcept(series.Values.Span[0]);

    private static EtsModel Level(double value) =>
        new([value], new(EtsComponent.Additive, EtsComponent.None, false, EtsComponent.None), new(Alpha: 0.9999, Beta: 0, Gamma: 0, Phi: 1), 0);

    /// <summary>Enough for the criterion to be defined, and for a season to be seen twice.</summary>
    private static int LeastLength(EtsForm form, int season) => Math.Max(form.ParameterCount(season) + 3, form.HasSeason ? 2 * season : 0);

    private IEnumerable<EtsForm> Candidates()
    {
        bool isFixed = Error is not null && Trend is not null && Season is not null;
        foreach (EtsComponent error in Error is { } e ? [e] : All[1..])
            foreach (EtsComponent trend in Trend is { } t ? [t] : AllowMultiplicativeTrend ? All : All[..2])
                foreach (bool damped in trend == EtsComponent.None ? [false] : Damped is { } d ? [d] : (bool[])[false, true])
                    foreach (EtsComponent season in Season is { } s ? [s] : All)
                    {
                        EtsForm form = new(error, trend, damped, season);
                        if (isFixed || form.IsStable) yield return form;
                    }
    }
}
