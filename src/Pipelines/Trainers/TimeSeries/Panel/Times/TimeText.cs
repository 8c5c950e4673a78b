using System.Globalization;

namespace MLPipelines.TimeSeries;

/// <summary>A way to write times as text: whole numbers, or dates of one format.</summary>
/// <param name="Name">A format of .NET's, or one of the names below.</param>
internal sealed record TimeText(string Name)
{
    /// <summary>Whole numbers; quarters such as 2024-Q3 and 2024Q3; months of numbered years such as 1-01 and 12-01; and whatever .NET reads as a date.</summary>
    internal const string Number = "number", DashedQuarter = "yyyy-Qq", Quarter = "yyyyQq", NumberedYear = "Y-MM", AnyDate = "date";

    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    // Where a text fits several, the first counts: days before months only where a day is above 12.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM", "yyyyMMdd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ssZ", "yyyy-MM-dd HH:mm:ss 'UTC'",
        "yyyy/MM/dd", "MM/dd/yyyy", "M/d/yyyy", "dd/MM/yyyy", "d/M/yyyy", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "yyyy/MM/dd HH:mm", "MM/dd/yyyy HH:mm", "M/d/yyyy H:mm", "dd/MM/yyyy HH:mm", "d/M/yyyy H:mm",
        "dd.MM.yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm:ss", "dd.MM.yyyy HH:mm:ss", "MMM yyyy", "MMM-yyyy", "yyyy/MM", DashedQuarter, Quarter, Number, NumberedYear, AnyDate,
    ];

    internal bool IsDate => Name != Number;

    /// <summary>The first way that all the texts are written in; <see langword="null"/> where there is none.</summary>
    internal static TimeText? Of(IReadOnlyCollection<string> texts) => Formats.Select(format => new TimeText(format)).FirstOrDefault(format => texts.All(text => format.TryRead(text, out _)));

    /// <summary>Whether a format is one that times can be written in.</summary>
    internal static bool IsFormat(string name)
    {
        try
        {
            return name.Length > 0 && new TimeText(name).TryRead(new TimeText(name).Write(new DateTime(2001, 1, 1).Ticks), out _);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The number, or the ticks of the date.</summary>
    internal bool TryRead(ReadOnlySpan<char> text, out long time)
    {
        time = 0;
        text = text.Trim();
        switch (Name)
        {
            case Number:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out time);
            case DashedQuarter or Quarter:
                int q = text.IndexOfAny('Q', 'q');
                if (q < 4 || text.Length != q + 2 || text[^1] is < '1' or > '4' || (Name == DashedQuarter) != (text[q - 1] == '-')) return false;
                if (!int.TryParse(text[..(text[q - 1] == '-' ? q - 1 : q)], NumberStyles.None, CultureInfo.InvariantCulture, out int year) || year is < 1 or > 9999) return false;
                time = new DateTime(year, (3 * (text[^1] - '1')) + 1, 1).Ticks;
                return true;
            case NumberedYear:
                int dash = text.IndexOf('-');
                if (dash is < 1 or > 4 || text.Length != dash + 3 || !int.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1
                    || !int.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int month) || month is < 1 or > 12) return false;
                time = new DateTime(number, month, 1).Ticks;
                return true;
            case AnyDate:
                // Without a year .NET takes the present one, and without a date the present day.
                bool isDate = HasYear(text) & DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out DateTime date);
                time = date.Ticks;
                return isDate;
            default:
                bool fits = DateTime.TryParseExact(text, Name, CultureInfo.InvariantCulture, Styles, out DateTime exact);
                time = exact.Ticks;
                return fits;
        }
    }

    /// <summary>What is expected of a text, in words.</summary>
    internal string Expected => Name switch
    {
        Number => "a whole number",
        AnyDate => "a date such as 2024-01-31",
        _ => $"a time as {Write(new DateTime(2024, 1, 31).Ticks)}",
    };

    /// <summary>Whether four digits follow each other.</summary>
    private static bool HasYear(ReadOnlySpan<char> text)
    {
        int digits = 0;
        foreach (char c in text)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits == 4) return true;
        }
        return false;
    }

    internal string Write(long time)
    {
        if (Name == Number) return time.ToString(CultureInfo.InvariantCulture);
        var date = new DateTime(time, DateTimeKind.Utc);
        return Name switch
        {
            DashedQuarter => string.Create(CultureInfo.InvariantCulture, $"{date:yyyy}-Q{((date.Month - 1) / 3) + 1}"),
            Quarter => string.Create(CultureInfo.InvariantCulture, $"{date:yyyy}Q{((date.Month - 1) / 3) + 1}"),
            NumberedYear => string.Create(CultureInfo.InvariantCulture, $"{date.Year}-{date:MM}"),
            AnyDate => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            _ => date.ToString(Name, CultureInfo.InvariantCulture),
        };
    }
}
