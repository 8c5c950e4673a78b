using System.Globalization;

namespace MLPipelines.TimeSeries;

/// <summary>The form of an ARIMA model: φ(B) Φ(Bˢ) (1 − B)ᵈ (1 − Bˢ)ᴰ y = constant + θ(B) Θ(Bˢ) ε.</summary>
/// <param name="AR">p: how many values back the value leans on.</param>
/// <param name="Differences">d: how often the series is differenced.</param>
/// <param name="MA">q: how many errors back the value leans on.</param>
/// <param name="SeasonalAR">P: the same by whole seasons.</param>
/// <param name="SeasonalDifferences">D: how often the series is differenced from the season before.</param>
/// <param name="SeasonalMA">Q: the errors back by whole seasons.</param>
/// <param name="HasConstant">Whether there is a mean (without differences) or a drift (with one difference).</param>
public sealed record ArimaOrders(int AR, int Differences, int MA, int SeasonalAR = 0, int SeasonalDifferences = 0, int SeasonalMA = 0, bool HasConstant = false)
{
    /// <summary>How many numbers are estimated, the variance among them.</summary>
    internal int ParameterCount => AR + MA + SeasonalAR + SeasonalMA + (HasConstant ? 1 : 0) + 1;

    internal bool IsSeasonal => SeasonalAR + SeasonalDifferences + SeasonalMA > 0;

    internal int DifferenceCount => Differences + SeasonalDifferences;

    /// <summary>How many values the differences use up.</summary>
    internal int Lost(int season) => Differences + SeasonalDifferences * season;

    /// <summary>The usual notation, such as <c>ARIMA(0,1,1)(0,1,1)[12] with drift</c>.</summary>
    internal string ToText(int season) => string.Create(CultureInfo.InvariantCulture,
        $"ARIMA({AR},{Differences},{MA}){(IsSeasonal ? string.Create(CultureInfo.InvariantCulture, $"({SeasonalAR},{SeasonalDifferences},{SeasonalMA})[{season}]") : "")}{(!HasConstant ? "" : DifferenceCount == 0 ? " with mean" : " with drift")}");
}
