using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Reads times out of a column: dates, text, or whole numbers.</summary>
internal static class TimeColumn
{
    internal static bool IsTime(DataViewType type) => type is TextDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType
        || type.Equals(NumberDataViewType.Int64) || type.Equals(NumberDataViewType.Int32) || type.Equals(NumberDataViewType.Int16) || type.Equals(NumberDataViewType.Byte)
        || type.Equals(NumberDataViewType.UInt32) || type.Equals(NumberDataViewType.UInt16);

    /// <summary>How the times of a column are written where its type says so; <see langword="null"/> for text.</summary>
    internal static TimeText? TextOf(DataViewType type) => type switch
    {
        TextDataViewType => null,
        DateTimeDataViewType or DateTimeOffsetDataViewType => new TimeText(TimeText.AnyDate),
        _ => new TimeText(TimeText.Number),
    };

    /// <summary>The time of a row; <see langword="false"/> where it is missing, or not written as it should be.</summary>
    internal static bool TryRead(BatchColumn column, int row, TimeText text, out long time)
    {
        switch (column)
        {
            case TextColumn texts: return text.TryRead(texts[row], out time);
            case ValueColumn<DateTime> dates:
                time = dates.Values[row].Ticks;
                return time != 0;
            case ValueColumn<DateTimeOffset> dates:
                time = dates.Values[row].UtcTicks;
                return time != 0;
            case ValueColumn<long> numbers: time = numbers.Values[row]; return true;
            case ValueColumn<int> numbers: time = numbers.Values[row]; return true;
            case ValueColumn<short> numbers: time = numbers.Values[row]; return true;
            case ValueColumn<byte> numbers: time = numbers.Values[row]; return true;
            case ValueColumn<uint> numbers: time = numbers.Values[row]; return true;
            case ValueColumn<ushort> numbers: time = numbers.Values[row]; return true;
            default: throw new InvalidOperationException($"A {column.GetType().Name} holds no times.");
        }
    }
}
