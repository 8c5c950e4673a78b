using System.Globalization;

namespace MLPipelines.Data;

/// <summary>Makes text of any value, the same in every culture; NULL is empty text.</summary>
internal static class TextConversion
{
    /// <returns><see langword="null"/> for what has no text, such as bytes.</returns>
    internal static string? Of(object value) => value switch
    {
        string text => text,
        DBNull => "",
        bool truth => truth ? "true" : "false",
        // Without a time of the day, or without fractions of a second, these are not written.
        DateTime time => time.TimeOfDay == TimeSpan.Zero ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        Array => null,
        _ => value.ToString(),
    };
}
