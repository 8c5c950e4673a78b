using System.Globalization;

namespace MLPipelines.TimeSeries;

/// <summary>What time is counted in.</summary>
public enum TimeUnit
{
    /// <summary>Numbers, or rows where there is no column of times.</summary>
    Step,

    /// <summary>A hundred nanoseconds.</summary>
    Tick,

    Second,

    Minute,

    Hour,

    Day,

    /// <summary>Days from Monday to Friday.</summary>
    BusinessDay,

    Week,

    /// <summary>Months of the calendar.</summary>
    Month,

    /// <summary>Three months of the calendar.</summary>
    Quarter,

    /// <summary>Years of the calendar.</summary>
    Year,
}

/// <summary>How far the observations of a series are apart, such as 15 minutes or 1 month.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Count">How many of them; at least 1.</param>
public readonly record struct TimeStep(TimeUnit Unit, long Count)
{
    /// <summary>The step in the units that times are counted in: numbers, ticks, business days or months.</summary>
    internal long Width => Unit switch
    {
        TimeUnit.Second => Count * TimeSpan.TicksPerSecond,
        TimeUnit.Minute => Count * TimeSpan.TicksPerMinute,
        TimeUnit.Hour => Count * TimeSpan.TicksPerHour,
        TimeUnit.Day => Count * TimeSpan.TicksPerDay,
        TimeUnit.Week => Count * 7 * TimeSpan.TicksPerDay,
        TimeUnit.Quarter => Count * 3,
        TimeUnit.Year => Count * 12,
        _ => Count,
    };

    internal bool IsCalendar => Unit is TimeUnit.Month or TimeUnit.Quarter or TimeUnit.Year;

    /// <summary>A step of so many ticks, in the largest unit that it is a multiple of.</summary>
    internal static TimeStep OfTicks(long ticks) =>
        ticks % (7 * TimeSpan.TicksPerDay) == 0 ? new(TimeUnit.Week, ticks / (7 * TimeSpan.TicksPerDay))
        : ticks % TimeSpan.TicksPerDay == 0 ? new(TimeUnit.Day, ticks / TimeSpan.TicksPerDay)
        : ticks % TimeSpan.TicksPerHour == 0 ? new(TimeUnit.Hour, ticks / TimeSpan.TicksPerHour)
        : ticks % TimeSpan.TicksPerMinute == 0 ? new(TimeUnit.Minute, ticks / TimeSpan.TicksPerMinute)
        : ticks % TimeSpan.TicksPerSecond == 0 ? new(TimeUnit.Second, ticks / TimeSpan.TicksPerSecond)
        : new(TimeUnit.Tick, ticks);

    internal static TimeStep OfMonths(long months) =>
        months % 12 == 0 ? new(TimeUnit.Year, months / 12) : months % 3 == 0 ? new(TimeUnit.Quarter, months / 3) : new(TimeUnit.Month, months);

    /// <summary>The lengths of the seasons that such steps usually have: of a day, a week, a year; rising, and empty where there are none.</summary>
    internal IReadOnlyList<int> UsualSeasons() => Unit switch
    {
        TimeUnit.Second => Whole(TimeSpan.TicksPerHour, TimeSpan.TicksPerDay),
        TimeUnit.Minute or TimeUnit.Hour => Whole(TimeSpan.TicksPerDay, 7 * TimeSpan.TicksPerDay),
        TimeUnit.Day when Count == 1 => [7, 365],
        TimeUnit.BusinessDay => [5, 260],
        TimeUnit.Week when Count == 1 => [52],
        TimeUnit.Month when 12 % Count == 0 && Count < 12 => [(int)(12 / Count)],
        TimeUnit.Quarter when Count == 1 => [4],
        TimeUnit.Quarter when Count == 2 => [2],
        _ => [],
    };

    private IReadOnlyList<int> Whole(params IReadOnlyList<long> periods)
    {
        long width = Width;
        return [.. periods.Where(period => period % width == 0 && period / width is > 1 and <= 100_000).Select(period => (int)(period / width))];
    }

    public override string ToString()
    {
        string unit = Unit == TimeUnit.BusinessDay ? "business day" : Unit.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{Count} {unit}{(Count == 1 ? "" : "s")}");
    }
}
