namespace MLPipelines.TimeSeries;

/// <summary>The columns that values are explained by: covariates of the table, then what the calendar says.</summary>
internal sealed class Regressors(int covariates, CalendarFeatures calendar)
{
    internal int CovariateCount => covariates;

    internal CalendarFeatures Calendar => calendar;

    internal int Count { get; } = covariates + (Has(calendar, CalendarFeatures.DayOfWeek) ? 6 : 0) + (Has(calendar, CalendarFeatures.Month) ? 11 : 0)
        + (Has(calendar, CalendarFeatures.MonthEnd) ? 1 : 0) + (Has(calendar, CalendarFeatures.BusinessDays) ? 1 : 0);

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
        if (Has(calendar, CalendarFeatures.DayOfWeek))
        {
            if (date.DayOfWeek != DayOfWeek.Sunday) columns[(int)date.DayOfWeek - 1] = 1;
            columns = columns[6..];
        }
        if (Has(calendar, CalendarFeatures.Month))
        {
            if (date.Month > 1) columns[date.Month - 2] = 1;
            columns = columns[11..];
        }
        if (Has(calendar, CalendarFeatures.MonthEnd))
        {
            if (date.Day == DateTime.DaysInMonth(date.Year, date.Month)) columns[0] = 1;
            columns = columns[1..];
        }
        if (Has(calendar, CalendarFeatures.BusinessDays)) columns[0] = BusinessDaysOf(date.Year, date.Month);
    }

    // HasFlag allocates until the method is optimized.
    private static bool Has(CalendarFeatures all, CalendarFeatures one) => (all & one) != CalendarFeatures.None;

    private static int BusinessDaysOf(int year, int month)
    {
        // Four whole weeks have twenty; the days after them are looked at one by one.
        int days = 20;
        for (int day = 29; day <= DateTime.DaysInMonth(year, month); day++)
            if (new DateTime(year, month, day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) days++;
        return days;
    }
}
