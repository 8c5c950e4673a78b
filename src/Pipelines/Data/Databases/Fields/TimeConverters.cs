namespace MLPipelines.Data;

/// <summary>Makes dates and times; one with an offset is brought to UTC. NULL is the first of January of the year 1.</summary>
internal readonly struct DateTimeConverter : IValueConverter<DateTime>
{
    public bool TryConvert(object value, out DateTime result)
    {
        result = default;
        switch (value)
        {
            case DBNull: return true;
            case DateTime time: result = time; return true;
            case DateTimeOffset time: result = time.UtcDateTime; return true;
            case DateOnly date: result = date.ToDateTime(TimeOnly.MinValue); return true;
            case string text: return default(DateTimeParser).TryParse(text, out result);
            default: return false;
        }
    }
}

/// <summary>Makes dates and times with their offset; without one they are UTC.</summary>
internal readonly struct DateTimeOffsetConverter : IValueConverter<DateTimeOffset>
{
    public bool TryConvert(object value, out DateTimeOffset result)
    {
        result = default;
        switch (value)
        {
            case DBNull: return true;
            case DateTimeOffset time: result = time; return true;
            case DateTime { Kind: DateTimeKind.Local } time: result = time; return true;
            case DateTime time: result = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)); return true;
            case DateOnly date: result = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero); return true;
            case string text: return default(DateTimeOffsetParser).TryParse(text, out result);
            default: return false;
        }
    }
}

/// <summary>Makes lengths of time, or times of the day. NULL is no time at all.</summary>
internal readonly struct TimeSpanConverter : IValueConverter<TimeSpan>
{
    public bool TryConvert(object value, out TimeSpan result)
    {
        result = default;
        switch (value)
        {
            case DBNull: return true;
            case TimeSpan span: result = span; return true;
            case TimeOnly time: result = time.ToTimeSpan(); return true;
            case string text: return default(TimeSpanParser).TryParse(text, out result);
            default: return false;
        }
    }
}
