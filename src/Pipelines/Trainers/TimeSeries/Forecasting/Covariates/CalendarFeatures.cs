namespace MLPipelines.TimeSeries;

/// <summary>What the calendar says of a time, as columns of 0 and 1 of a regression.</summary>
[Flags]
public enum CalendarFeatures
{
    None = 0,

    /// <summary>The day of the week, for steps of a day or less.</summary>
    DayOfWeek = 1,

    /// <summary>The month of the year, for steps of a month or less.</summary>
    Month = 2,

    /// <summary>Whether a day is the last of its month.</summary>
    MonthEnd = 4,

    /// <summary>How many days from Monday to Friday a month has, for steps of a month.</summary>
    BusinessDays = 8,
}
