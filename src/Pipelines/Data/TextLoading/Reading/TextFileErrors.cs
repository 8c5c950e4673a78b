using System.Globalization;

namespace MLPipelines.Data;

/// <summary>Says what is wrong with a text file: the file, the row and the column, what was found, what was expected, what to try.</summary>
internal static class TextFileErrors
{
    /// <summary>Where the current row of a reader is.</summary>
    internal static string Place(string file, DelimitedReader reader) => reader.Row == reader.Line
        ? string.Create(CultureInfo.InvariantCulture, $"{file} row {reader.Row}")
        : string.Create(CultureInfo.InvariantCulture, $"{file} row {reader.Row} (line {reader.Line})");

    /// <summary>The error for a reader that stopped at a problem.</summary>
    internal static MLPipelinesException OfProblem(string file, DelimitedReader reader) => new(reader.Problem switch
    {
        RowProblem.UnclosedQuote =>
            $"{Place(file, reader)}: found {Shown(reader.ProblemText)}, a quote that is opened and never closed; expected a closing quote before the end of the file. "
            + "Write a quote inside quotes twice, or turn quoting off if the quotes are part of the text.",
        RowProblem.TextAfterQuote =>
            $"{Place(file, reader)}: found {Shown(reader.ProblemText)}, text after a closing quote; expected a separator or the end of the row. "
            + "Write a quote inside quotes twice, or turn quoting off if the quotes are part of the text.",
        RowProblem.RowTooLong =>
            $"{Place(file, reader)}: found a row of more than {TextFormat.LongestRow.ToString("N0", CultureInfo.InvariantCulture)} characters that starts with {Shown(reader.ProblemText)}; expected it to end. "
            + "A quote that is opened and never closed makes the rest of the file one row.",
        RowProblem.InvalidUtf8 => string.Create(CultureInfo.InvariantCulture,
            $"{file} line {reader.Line}: found the byte 0x{reader.InvalidByte:X2}, which is not UTF-8 there, after {Shown(reader.ProblemText)}; expected UTF-8. ")
            + "If the file is in another encoding, convert it, such as with: iconv -f GB18030 -t UTF-8 (or -f WINDOWS-1252).",
        _ => throw new InvalidOperationException("There is no problem to tell of."),
    });

    /// <summary>The error for a field that is not what its column holds.</summary>
    internal static MLPipelinesException Unparsable(string place, string column, ReadOnlySpan<char> found, PrimitiveDataViewType expected, string hint)
    {
        string message = $"{place}, column \"{column}\": found {Shown(found)}, expected {Expected(expected)}.";
        return new MLPipelinesException(hint.Length == 0 ? message : $"{message} {hint}");
    }

    internal static MLPipelinesException TooManyFields(string place, int found, int expected, string separators, bool quoting, int headerCount) => new(string.Create(CultureInfo.InvariantCulture,
        $"{place}: found {found} fields, expected {expected}{(headerCount == expected ? " as in the header" : "")}. A text that contains the separator {SeparatorName(separators)} must be in double quotes{(quoting ? "" : ", and quoting must be allowed (allowQuoting: true)")}."));

    internal static MLPipelinesException Empty(string file, bool header) =>
        new($"{file} is empty: expected {(header ? "a header and rows" : "at least one row")}.");

    internal static MLPipelinesException NoSuchField(string file, string column, string name, IReadOnlyList<string> header)
    {
        string? close = header.FirstOrDefault(cell => string.Equals(cell, name, StringComparison.OrdinalIgnoreCase));
        return new($"{file} row 1: the header has no column \"{name}\"{(column == name ? "" : $", which column \"{column}\" is read from")}. The columns are: {string.Join(", ", header.Select(cell => $"\"{cell}\""))}."
            + (close is null ? "" : $" Did you mean \"{close}\"?"));
    }

    /// <summary>A field as it is shown in a message: on one line, not too long.</summary>
    internal static string Shown(ReadOnlySpan<char> text)
    {
        const int Longest = 60;
        string cut = text.Length > Longest ? string.Concat(text[..Longest], "…") : text.ToString();
        return $"\"{cut.ReplaceLineEndings("↵").Replace("\0", "␀", StringComparison.Ordinal)}\"";
    }

    private static string SeparatorName(string separators) => string.Join(" or ", separators.Select(c => c switch
    {
        '\t' => "tab",
        ' ' => "space",
        _ => $"'{c}'",
    }));

    /// <summary>What a column holds, in words.</summary>
    internal static string Expected(PrimitiveDataViewType type) => type switch
    {
        KeyDataViewType key => $"a category number from 0 to {(key.Count - 1).ToString(CultureInfo.InvariantCulture)}",
        BooleanDataViewType => "true or false (or yes or no, 1 or 0)",
        DateTimeDataViewType or DateTimeOffsetDataViewType => "a date and time such as 2024-03-31 or 2024-03-31T17:05:00Z",
        TimeSpanDataViewType => "a length of time such as 1.12:30:00",
        NumberDataViewType number when number.RawType == typeof(float) || number.RawType == typeof(double) => "a number",
        _ => $"a whole number that fits {type}",
    };
}
