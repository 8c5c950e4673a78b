namespace MLPipelines.TimeSeries;

/// <summary>How wide a margin is, in units, for each sensitivity from 0 to 100: the factors that ML.NET uses.</summary>
internal static class SensitivityMargins
{
    private static readonly double[] Factors = [.. Enumerable.Range(0, 101).Select(Factor)];

    /// <summary>The width for a sensitivity; between whole numbers, on the line that connects them.</summary>
    internal static double Of(double sensitivity)
    {
        int whole = (int)sensitivity;
        return whole == sensitivity ? Factors[whole] : Factors[whole] + (Factors[whole + 1] - Factors[whole]) * (sensitivity - whole);
    }

    /// <summary>How far out a distance is: 1 less the share of the sensitivity at whose margin it lies; from 0 to 1.</summary>
    /// <param name="distance">In units.</param>
    internal static double ScoreOf(double distance)
    {
        // The factors fall.
        int inside = Array.FindLastIndex(Factors, factor => factor >= distance);
        if (inside < 0) return 1;
        if (inside == Factors.Length - 1) return 0;
        return 1 - (inside + (Factors[inside] - distance) / (Factors[inside] - Factors[inside + 1])) / 100;
    }

    private static double Factor(int sensitivity) => sensitivity switch
    {
        < 25 => 0.8 * (25 - sensitivity) * (25 - sensitivity) + 32,
        < 45 => 61.25 - 1.25 * sensitivity,
        < 55 => 23 - 0.4 * sensitivity,
        < 65 => 3.2 - 0.04 * sensitivity,
        < 75 => 2.55 - 0.03 * sensitivity,
        < 85 => 1.425 - 0.015 * sensitivity,
        < 93 => 0.15 - 0.13 / 11 * (sensitivity - 85),
        93 => 0.48 / 11,
        94 => 0.012,
        < 100 => 0.008 - 0.001925 * (sensitivity - 95),
        _ => 0,
    };
}
