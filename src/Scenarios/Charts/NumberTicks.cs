using System.Globalization;

namespace MLPipelines.Scenarios.Charts;

/// <summary>Round numbers at equal distances: 1, 2 or 5 times a power of ten.</summary>
internal static class NumberTicks
{
    /// <summary>The places within a range, at most so many.</summary>
    internal static AxisTick[] Within(double least, double most, int count, bool whole, CultureInfo culture)
    {
        double step = Step(least, most, count, whole);
        return Make((long)Math.Ceiling(least / step - 1e-9), (long)Math.Floor(most / step + 1e-9), step, value => Text(value, step, culture));
    }

    /// <summary>Places around a range: the first is at or below it, the last at or above.</summary>
    internal static AxisTick[] Around(double least, double most, int count, Func<double, string>? format, CultureInfo culture)
    {
        double step = Step(least, most, count - 1, whole: false);
        return Make((long)Math.Floor(least / step + 1e-9), (long)Math.Ceiling(most / step - 1e-9), step, format ?? (value => Text(value, step, culture)));
    }

    private static double Step(double least, double most, int count, bool whole)
    {
        double rough = (most - least) / Math.Max(count, 1);
        if (!(rough > 0)) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        return whole ? Math.Max(step, 1) : step;
    }

    private static AxisTick[] Make(long first, long last, double step, Func<double, string> format)
    {
        var ticks = new AxisTick[Math.Max(last - first + 1, 0)];
        for (int i = 0; i < ticks.Length; i++)
        {
            // A product of whole numbers has no error that grows along the axis, and no negative zero.
            double value = first + i == 0 ? 0 : step >= 1 ? (first + i) * step : (first + i) / Math.Round(1 / step);
            ticks[i] = new AxisTick(value, format(value));
        }
        return ticks;
    }

    private static string Text(double value, double step, CultureInfo culture)
    {
        int decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        return Math.Abs(value) >= 1e15 || step < 1e-9 ? value.ToString("G4", culture) : value.ToString($"N{decimals}", culture);
    }
}
