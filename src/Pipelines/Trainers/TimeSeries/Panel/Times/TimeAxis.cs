namespace MLPipelines.TimeSeries;

/// <summary>
/// How the times of a panel are counted in steps. A time is a number: the value of a column of whole numbers, the ticks of a date in UTC, or the position of a
/// row where there is no column of times.
/// </summary>
/// <param name="Step">How far observations are apart.</param>
/// <param name="Day">The day of the month that observations by the calendar bear; 31 for the last.</param>
/// <param name="Text">How times are written; <see langword="null"/> for row numbers.</param>
internal sealed record TimeAxis(TimeStep Step, int Day, TimeText? Text)
{
    internal static TimeAxis OfRows { get; } = new(new TimeStep(TimeUnit.Step, 1), 0, null);

    /// <summary>How many whole steps a time is after an observation.</summary>
    /// <param name="origin">The time of an observation.</param>
    /// <param name="time">A time.</param>
    /// <param name="isExact">Whether an observation belongs at that time, and not somewhat before.</param>
    internal long StepsBetween(long origin, long time, out bool isExact)
    {
        long distance = Ordinal(time) - Ordinal(origin), width = Step.Width;
        long steps = Math.DivRem(distance, width, out long rest);
        isExact = rest == 0 && (Step.Unit != TimeUnit.BusinessDay || !IsWeekend(time));
        return rest < 0 ? steps - 1 : steps;
    }

    /// <summary>The time of the observation some steps after another.</summary>
    /// <exception cref="MLPipelinesException">There is no such date.</exception>
    internal long After(long origin, long steps)
    {
        try
        {
            return FromOrdinal(checked(Ordinal(origin) + (steps * Step.Width)), origin);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new MLPipelinesException($"{steps} steps of {Step} after {Write(origin)} is beyond the last date that there is.", e);
        }
    }

    internal string Write(long time) => Text is null ? time.ToString(System.Globalization.CultureInfo.InvariantCulture) : Text.Write(time);

    /// <summary>The time in the units that steps are counted in.</summary>
    private long Ordinal(long time) =>
        Step.IsCalendar ? MonthOf(time) : Step.Unit == TimeUnit.BusinessDay ? BusinessDayOf(time) : time;

    private long FromOrdinal(long ordinal, long origin)
    {
        if (Step.Unit == TimeUnit.BusinessDay) return (((ordinal / 5 * 7) + (ordinal % 5)) * TimeSpan.TicksPerDay) + (origin % TimeSpan.TicksPerDay);
        if (!Step.IsCalendar) return Text is { IsDate: true } ? new DateTime(ordinal).Ticks : ordinal;
        int year = (int)(ordinal / 12), month = (int)(ordinal % 12) + 1;
        return new DateTime(year, month, Math.Min(Day, DateTime.DaysInMonth(year, month))).Ticks + (origin % TimeSpan.TicksPerDay);
    }

    internal static long MonthOf(long time)
    {
        var date = new DateTime(time);
        return (date.Year * 12) + date.Month - 1;
    }

    /// <summary>Weekends count as the Friday before. Day 0, the first of January of the year 1, is a Monday.</summary>
    private static long BusinessDayOf(long time)
    {
        long day = time / TimeSpan.TicksPerDay;
        return (day / 7 * 5) + Math.Min(day % 7, 4);
    }

    internal static bool IsWeekend(long time) => time / TimeSpan.TicksPerDay % 7 >= 5;

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("timeUnit", Step.Unit);
        writer.Set("timeCount", Step.Count);
        writer.Set("timeDay", Day);
        writer.Set("timeFormat", Text?.Name);
    }

    internal static TimeAxis Load(ModelStepReader reader)
    {
        if (!Enum.TryParse(reader.GetString("timeUnit"), out TimeUnit unit) || !Enum.IsDefined(unit)) throw reader.Invalid($"'{reader.GetString("timeUnit")}' is no unit of time");
        double count = reader.GetDouble("timeCount");
        if (!(count is >= 1 and < long.MaxValue && count == Math.Floor(count))) throw reader.Invalid($"its step is {count} units of time");
        int day = reader.GetInt32("timeDay");
        string? format = reader.GetStringOrNull("timeFormat");
        if (format is not null && !TimeText.IsFormat(format)) throw reader.Invalid($"'{format}' is no format of times");
        var step = new TimeStep(unit, (long)count);
        if (step.IsCalendar && day is < 1 or > 31) throw reader.Invalid($"the day of the month is {day}");
        return new TimeAxis(step, day, format is null ? null : new TimeText(format));
    }
}
