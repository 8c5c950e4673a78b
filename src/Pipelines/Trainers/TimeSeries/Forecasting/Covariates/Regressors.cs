namespace MLPipelines.TimeSeries;

/// <summary>The columns that values are explained by: covariates of the table, then what the calendar says.</summary>
internal sealed class Regressors(int covariates, CalendarFeatures calendar)
{
    internal int CovariateCount => covariates;

    internal CalendarFeatures Calendar => calendar;

    internal int Count { get; } = covariates + (calendar.HasFlag(CalendarFeatures.DayOfWeek) ? 6 : 0) + (calendar.HasFlag(CalendarFeatures.Month) ? 11 : 0)
        + (calendar.HasFlag(CalendarFeatures.MonthEnd) ? 1 : 0) + (calendar.HasFlag(CalendarFeatures.BusinessDays) ? 1 : 0);

    /// <param name="time">The ticks of a date.</param>
    /// <param name="known">The covariates at that time.</param>
    /// <param name="columns">Receives the columns; one category of each kind is the one that the others are compared with.</param>
    internal void Fill(long time, ReadOnlySpan<float> known, Span<double> columns)
    {
        for (int i = 0; i < covariates; i++) columns[i] = known[i];
        columns = columns[covariates..];
        columns.Clear();
        if (calendar == CalendarFeatures.None) return;
        var date = new DateTime(time);
        if (calendar.HasFlag(CalendarFeatures.DayOfWeek))
        {
            if (date.DayOfWeek != DayOfWeek.Sunday) columns[(int)date.DayOfWeek - 1] = 1;
            columns = columns[6..];
        }
        if (calendar.HasFlag(CalendarFeatures.Month))
        {
            if (date.Month > 1) columns[date.Month - 2] = 1;
            columns = columns[11..];
        }
        if (calendar.HasFlag(CalendarFeatures.MonthEnd))
        {
            if (date.Day == DateTime.DaysInMonth(date.Year, date.Month)) columns[0] = 1;
            columns = columns[1..];
        }
        if (calendar.HasFlag(CalendarFeatures.BusinessDays)) columns[0] = BusinessDaysOf(date.Year, date.Month);
    }

    private static int BusinessDaysOf(int year, int month)
    {
        // Four whole weeks have twenty; the days after them are looked at one by one.
        int days = 20;
        for (int day = 29; day <= DateTime.DaysInMonth(year, month); day++)
            if (new DateTime(year, month, day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) days++;
        return days;
    }
}
