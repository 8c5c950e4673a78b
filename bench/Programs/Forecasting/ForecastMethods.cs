using MLPipelines.TimeSeries;

namespace MLPipelines.Programs.Forecasting;

/// <summary>The methods that can be named on the command line.</summary>
internal static class ForecastMethods
{
    private static readonly Dictionary<string, Func<int, ForecastMethod>> All = new(StringComparer.Ordinal)
    {
        ["naive"] = _ => new SeasonalNaiveMethod(),
        ["naive2"] = _ => new Naive2Method(),
        ["ets"] = _ => new EtsMethod(),
        ["theta"] = _ => new ThetaMethod(ThetaForm.Standard),
        ["dynamic-theta"] = _ => new ThetaMethod(),
        ["arima"] = _ => new ArimaMethod(),
        ["mstl"] = _ => new MultipleSeasonsMethod(new EtsMethod()),
        ["auto"] = horizon => new AutoForecastMethod(new AutoForecastOptions { Horizon = horizon }),
        ["ssa"] = _ => new SsaMethod(),
    };

    /// <summary>Makes a method for a horizon.</summary>
    internal static Func<int, ForecastMethod> Of(string name) => All.TryGetValue(name, out var create) ? create
        : throw new ArgumentException($"Method '{name}' is not known; there are {string.Join(", ", All.Keys)}.");
}
