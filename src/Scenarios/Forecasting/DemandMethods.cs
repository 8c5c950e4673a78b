using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Forecasting;

/// <summary>The methods that forecasting offers, by name.</summary>
public static class DemandMethods
{
    private static readonly (string Name, Func<int, ForecastMethod> Create)[] Methods =
    [
        ("auto", DefaultMethods.Auto),
        ("combination", _ => DefaultMethods.Combination()),
        ("ets", _ => new EtsMethod()),
        ("theta", _ => new ThetaMethod()),
        ("arima", _ => new ArimaMethod()),
        ("multiple-seasons", _ => DefaultMethods.MultipleSeasons()),
        ("seasonal-regression", _ => DefaultMethods.SeasonalRegression()),
        ("ssa", _ => new SsaMethod()),
        ("naive2", _ => new Naive2Method()),
        ("seasonal-naive", _ => new SeasonalNaiveMethod()),
    ];

    /// <summary>The names, the default first.</summary>
    public static IReadOnlyList<string> Names => [.. Methods.Select(method => method.Name)];

    /// <summary>Makes a method.</summary>
    /// <param name="name">Its name; <see langword="null"/> for the default.</param>
    /// <param name="horizon">How many steps ahead it has to be good.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no method of that name; the message lists them.</exception>
    public static ForecastMethod Create(string? name, int horizon)
    {
        foreach (var method in Methods)
            if (name is null || method.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return method.Create(horizon);
        throw new ArgumentOutOfRangeException(nameof(name), $"There is no trainer '{name}' for forecasting. The trainers are: {string.Join(", ", Names)}.");
    }
}
