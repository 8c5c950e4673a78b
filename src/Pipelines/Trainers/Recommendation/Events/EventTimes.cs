using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Recommendation;

/// <summary>Reads the times of events. How text is a time is seen from the first rows.</summary>
internal sealed class EventTimes
{
    // Seconds since 1970 from 1973 on, and milliseconds from then on.
    private const long LeastSeconds = 100_000_000, LeastMilliseconds = 100_000_000_000, MostMilliseconds = 100_000_000_000_000;
    private const int SampleRows = 1000;

    private TimeText? _text;

    internal EventTimes(DataViewSchema.Column column, string? format)
    {
        DataViewType type = column.Type;
        if (type is KeyDataViewType || !TimeColumn.IsTime(type)) throw new ArgumentOutOfRangeException(nameof(column), $"Recommendation: column '{column.Name}' is {type}, expected times: dates, text with dates, or whole numbers.");
        if (format is not null && !TimeText.IsFormat(format)) throw new ArgumentException($"'{format}' is no format of times, such as dd/MM/yyyy.", nameof(format));
        _text = TimeColumn.TextOf(type) ?? (format is null ? null : new TimeText(format));
    }

    /// <summary>What is expected of a row, in words.</summary>
    internal string Expected => _text is null ? "a date such as 2024-01-31, or a whole number" : $"{_text.Expected} as in the rows before";

    internal static string Found(BatchColumn column, int row) => column is TextColumn texts ? texts[row].ToString() : "";

    internal bool TryRead(BatchColumn column, int row, out long time)
    {
        _text ??= TextOf((TextColumn)column);
        time = 0;
        return _text is not null && TimeColumn.TryRead(column, row, _text, out time);
    }

    /// <summary>Makes ticks of what is a date written as a number.</summary>
    /// <returns>Whether the times are ticks now.</returns>
    internal bool ToTicks(Span<EventRow> rows)
    {
        if (_text is { IsDate: true }) return true;
        long least = long.MaxValue, most = long.MinValue;
        foreach (EventRow row in rows) (least, most) = (Math.Min(least, row.Time), Math.Max(most, row.Time));
        if (least < LeastSeconds || most >= MostMilliseconds || (least < LeastMilliseconds && most >= LeastMilliseconds)) return false;
        long unit = most < LeastMilliseconds ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
        foreach (ref EventRow row in rows) row = row with { Time = DateTime.UnixEpoch.Ticks + (row.Time * unit) };
        return true;
    }

    private static TimeText? TextOf(TextColumn texts)
    {
        var sample = new List<string>();
        for (int row = 0; row < Math.Min(texts.RowCount, SampleRows); row++)
        {
            if (!texts[row].IsWhiteSpace()) sample.Add(texts[row].ToString());
        }
        if (sample.Count == 0) return null;
        // The way of the first is expected of all, so that the row that differs is told of.
        return TimeText.Of(sample) ?? TimeText.Of([sample[0]]);
    }
}
