using System.Globalization;

namespace MLPipelines.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    internal static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count and what is counted, such as "1 row", "2 rows".</summary>
    internal static string Count(long value, string what) => $"{Count(value)} {what}{(value == 1 ? "" : "s")}";

    internal static string Metric(double value) => value.ToString(Math.Abs(value) is >= 1000 or 0 ? "0.##" : Math.Abs(value) >= 10 ? "0.###" : "0.0000", CultureInfo.InvariantCulture);

    internal static string Share(double value) => value.ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);

    internal static string Seconds(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";

    internal static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
