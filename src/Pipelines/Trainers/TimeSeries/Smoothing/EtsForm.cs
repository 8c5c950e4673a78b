namespace MLPipelines.TimeSeries;

/// <summary>One of the forms of exponential smoothing, such as ETS(M,Ad,M): multiplicative error, additive damped trend, multiplicative season.</summary>
/// <param name="Error">Additive or multiplicative.</param>
/// <param name="Trend">Of the level.</param>
/// <param name="Damped">Whether the trend fades; only with a trend.</param>
/// <param name="Season">Of the season.</param>
public readonly record struct EtsForm(EtsComponent Error, EtsComponent Trend, bool Damped, EtsComponent Season)
{
    public bool HasTrend => Trend != EtsComponent.None;

    public bool HasSeason => Season != EtsComponent.None;

    /// <summary>Whether it divides by values, which must be positive then.</summary>
    public bool NeedsPositive => Error == EtsComponent.Multiplicative || Trend == EtsComponent.Multiplicative || Season == EtsComponent.Multiplicative;

    /// <summary>Whether its variance is finite and its estimation stable; the other forms are not chosen automatically.</summary>
    public bool IsStable => Error == EtsComponent.Additive
        ? Trend != EtsComponent.Multiplicative && Season != EtsComponent.Multiplicative
        : Trend != EtsComponent.Multiplicative || Season != EtsComponent.Additive;

    /// <summary>How many numbers are learned: smoothing parameters and initial states, of which one season is implied by the others.</summary>
    public int ParameterCount(int season) => 2 + (HasTrend ? 2 : 0) + (Damped ? 1 : 0) + (HasSeason ? season : 0);

    public override string ToString() => $"ETS({Letter(Error)},{Letter(Trend)}{(Damped ? "d" : "")},{Letter(Season)})";

    private static char Letter(EtsComponent component) => component.ToString()[0];
}
