using System.Globalization;

namespace MLPipelines.Scenarios.Charts;

/// <summary>Places on a time axis where people look for them: whole years, months, days, hours, minutes or seconds.</summary>
internal static class TimeTicks
{
    private enum Unit
    {
        Second,
        Minute,
        Hour,
        Day,
        Month,
        Year,
    }

    private static readonly double[] Days = [1 / 86400.0, 1 / 1440.0, 1 / 24.0, 1, 30.44, 365.25];

    private static readonly (Unit Unit, int Count)[] Steps =
    [
        (Unit.Second, 1), (Unit.Second, 5), (Unit.Second, 15), (Unit.Second, 30), (Unit.Minute, 1), (Unit.Minute, 5), (Unit.Minute, 15), (Unit.Minute, 30),
        (Unit.Hour, 1), (Unit.Hour, 3), (Unit.Hour, 6), (Unit.Hour, 12), (Unit.Day, 1), (Unit.Day, 2), (Unit.Day, 7), (Unit.Day, 14),
        (Unit.Month, 1), (Unit.Month, 3), (Unit.Month, 6), (Unit.Year, 1), (Unit.Year, 2), (Unit.Year, 5), (Unit.Year, 10), (Unit.Year, 20), (Unit.Year, 50),
        (Unit.Year, 100), (Unit.Year, 500), (Unit.Year, 1000),
    ];

    /// <summary>The places within a range of days, at most so many.</summary>
    internal static AxisTick[] Within(double least, double most, int count, CultureInfo culture)
    {
        DateTime first = Time(least), last = Time(most);
        var step = Steps.FirstOrDefault(step => (most - least) / (Days[(int)step.Unit] * step.Count) <= count, Steps[^1]);
        List<AxisTick> ticks = [];
        string context = "";
        for (DateTime time = Start(first, step.Unit, step.Count); time <= last; time = Next(time, step.Unit, step.Count))
        {
            if (time < first) continue;
            var (label, within) = Text(time, step.Unit, culture);
            ticks.Add(new AxisTick(LineChart.Time(time), label, within == context ? "" : within));
            context = within;
        }
        return [.. ticks];
    }

    /// <summary>A time in words.</summary>
    internal static string Text(double time, CultureInfo culture)
    {
        DateTime at = Time(time);
        return at.ToString(at.TimeOfDay == TimeSpan.Zero ? "d MMM yyyy" : "d MMM yyyy HH:mm", culture);
    }

    private static DateTime Time(double days) => new((long)Math.Clamp(Math.Round(days * TimeSpan.TicksPerDay / 10_000) * 10_000, 0, DateTime.MaxValue.Ticks));

    private static DateTime Start(DateTime time, Unit unit, int count) => unit switch
    {
        Unit.Year => new DateTime(Math.Max(time.Year / count * count, 1), 1, 1),
        Unit.Month => new DateTime(time.Year, ((time.Month - 1) / count * count) + 1, 1),
        // Days are counted from a Monday, so that weeks start there.
        _ => Whole(time, TimeSpan.FromDays(Days[(int)unit] * count).Ticks),
    };

    private static DateTime Whole(DateTime time, long ticks) => new(time.Ticks / ticks * ticks);

    private static DateTime Next(DateTime time, Unit unit, int count)
    {
        if (time.Year + count > 9998) return DateTime.MaxValue;
        return unit switch
        {
            Unit.Year => time.AddYears(time.Year == 1 ? Math.Max(count - 1, 1) : count),
            Unit.Month => time.AddMonths(count),
            _ => time + TimeSpan.FromDays(Days[(int)unit] * count),
        };
    }

    private static (string Label, string Context) Text(DateTime time, Unit unit, CultureInfo culture) => unit switch
    {
        Unit.Year => (time.ToString("yyyy", culture), ""),
        Unit.Month => (time.ToString("MMM", culture), time.ToString("yyyy", culture)),
        Unit.Day => (time.ToString("%d", culture), time.ToString("MMM yyyy", culture)),
        Unit.Second => (time.ToString("HH:mm:ss", culture), time.ToString("d MMM yyyy", culture)),
        _ => (time.ToString("HH:mm", culture), time.ToString("d MMM yyyy", culture)),
    };
}
