using System.Globalization;

namespace MLPipelines.Data;

/// <summary>
/// Reads a date and time; one with an offset is brought to UTC. Empty, and what stands for a missing number, is the first of
/// January of the year 1.
/// </summary>
internal readonly struct DateTimeParser : IFieldParser<DateTime>
{
    public bool TryParse(ReadOnlySpan<char> text, out DateTime value)
    {
        value = default;
        return text.IsWhiteSpace() || DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value)
            || MissingTexts.Contains(text.Trim());
    }
}

/// <summary>Reads a date and time with its offset; without one it is UTC.</summary>
internal readonly struct DateTimeOffsetParser : IFieldParser<DateTimeOffset>
{
    public bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        return text.IsWhiteSpace() || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }
}

/// <summary>Reads a length of time.</summary>
internal readonly struct TimeSpanParser : IFieldParser<TimeSpan>
{
    public bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        return text.IsWhiteSpace() || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }
}
