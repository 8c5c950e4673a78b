using System.Globalization;

namespace MLPipelines.Data;

internal static partial class SchemaComment
{
    /// <summary>The settings that a file describes itself by, in place of those given; <see langword="null"/> where it does not.</summary>
    /// <exception cref="MLPipelinesException">The description cannot be understood.</exception>
    internal static TextLoader.Options? Read(IMultiStreamSource source, TextLoader.Options given)
    {
        if (source.Count == 0 || TextOf(source) is not { } text) return null;
        try
        {
            // Files that are written so quote their texts and leave out zeros, whether they say so or not.
            var options = new TextLoader.Options
            {
                AllowQuoting = true, AllowSparse = true, MaxRows = given.MaxRows, HeaderFile = given.HeaderFile, UseThreads = given.UseThreads,
                MissingRealsAsNaNs = given.MissingRealsAsNaNs, BlockSize = given.BlockSize,
            };
            List<TextLoader.Column> columns = [];
            foreach (var (name, value) in SettingText.Read(text)) Apply(name, value, options, columns);
            options.Columns = columns.Count > 0 ? [.. columns] : throw new FormatException("no column is described");
            return options;
        }
        catch (FormatException e)
        {
            throw new MLPipelinesException($"{source.GetPathOrNull(0) ?? "the data"}: the description of the columns at its start cannot be used: {e.Message}. Give the columns instead (Columns).", e);
        }
    }

    private static void Apply(string name, string value, TextLoader.Options options, List<TextLoader.Column> columns)
    {
        switch (name.ToLowerInvariant())
        {
            case "header" or "hasheader": options.HasHeader = value == "+"; break;
            case "sparse" or "allowsparse": options.AllowSparse = value == "+"; break;
            case "quote" or "allowquoting": options.AllowQuoting = value == "+"; break;
            case "trim" or "trimwhitespace": options.TrimWhitespace = value == "+"; break;
            case "missingrealnan" or "missingrealsasnans": options.MissingRealsAsNaNs = value == "+"; break;
            case "size" or "inputsize": options.InputSize = Number(value); break;
            case "sep" or "separator": options.Separators = value == "," ? [','] : [.. value.Split(',').Select(SeparatorOf)]; break;
            case "decimal" when value.Length == 1: options.DecimalMarker = value[0]; break;
            case "escapechar" when value.Length == 1: options.EscapeChar = value[0]; break;
            case "col" or "column": columns.Add(ColumnOf(value)); break;
            // How ML.NET reads, not what.
            case "threads" or "usethreads" or "multilines" or "readmultilines" or "rows" or "maxrows": break;
            default: throw new FormatException($"found '{name}={value}', which is no setting");
        }
    }

    private static TextLoader.Column ColumnOf(string text)
    {
        var column = new TextLoader.Column();
        if (text.StartsWith('{'))
        {
            foreach (var (name, value) in SettingText.Read(SettingText.Unwrap(text)))
            {
                switch (name.ToLowerInvariant())
                {
                    case "name": column.Name = SettingText.Unescape(value); break;
                    case "type": ReadKind(value, column); break;
                    case "src" or "source": column.Source = [.. column.Source ?? [], .. value.Split(',').Select(RangeOf)]; break;
                    default: throw new FormatException($"found '{name}={value}' in a column, expected name, type or src");
                }
            }
            return column;
        }
        string[] parts = text.Split(':');
        if (parts.Length is < 2 or > 3) throw new FormatException($"found the column '{text}', expected name:type:fields");
        column.Name = parts[0];
        if (parts.Length == 3) ReadKind(parts[1], column);
        column.Source = [.. parts[^1].Split(',').Select(RangeOf)];
        return column;
    }

    private static void ReadKind(string text, TextLoader.Column column)
    {
        int bracket = text.IndexOf('[');
        if (bracket >= 0)
        {
            // The number of keys, or, in old files, the first and the last.
            string[] ends = text[(bracket + 1)..].TrimEnd(']').Split('-');
            column.KeyCount = ends is [""] ? new KeyCount() : new KeyCount(ends is [var from, var to] ? LongNumber(to) - LongNumber(from) + 1 : LongNumber(ends[0]));
            text = text[..bracket];
        }
        column.DataKind = text.Length == 0 ? column.KeyCount is null ? DataKind.Single : DataKind.UInt64
            : Array.Find(Kinds, pair => pair.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found ? found.Kind
            : Enum.TryParse(text, ignoreCase: true, out DataKind kind) && Enum.IsDefined(kind) ? kind
            : throw new FormatException($"found the type '{text}', expected one such as R4, TX or BL");
    }

    private static TextLoader.Range RangeOf(string text)
    {
        int dash = text.IndexOfAny(['-', '~']);
        if (dash < 0) return new TextLoader.Range(Number(text));
        string last = text[(dash + 1)..];
        var range = new TextLoader.Range { Min = dash == 0 ? 0 : Number(text[..dash]), ForceVector = true, AllOther = text[dash] == '~' };
        if (last is "" or "*") range.AutoEnd = true;
        else if (last == "**") range.VariableEnd = true;
        else range.Max = Number(last);
        return range;
    }

    private static char SeparatorOf(string name) => Array.Find(Separators, pair => pair.Name == name || pair.Separator.ToString() == name) is { Name: not null } found ? found.Separator
        : name.Length == 1 ? name[0] : throw new FormatException($"found the separator '{name}', expected one such as tab or comma");

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new FormatException($"found '{text}', expected a number");

    private static ulong LongNumber(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number
        : throw new FormatException($"found '{text}', expected a number of keys");

    /// <summary>What stands between the braces; <see langword="null"/> when the first line is another.</summary>
    private static string? TextOf(IMultiStreamSource source)
    {
        using var reader = new StreamReader(GzipFiles.OpenDecompressed(source.Open(0)));
        if (reader.ReadLine() is not { } first || !first.StartsWith(FirstLine, StringComparison.Ordinal)) return null;
        List<string> lines = [first[FirstLine.Length..]];
        while (reader.ReadLine() is { } line && line.StartsWith(LineStart, StringComparison.Ordinal)) lines.Add(line[LineStart.Length..]);
        string text = string.Join(' ', lines).Trim();
        return text.EndsWith('}') ? text[..^1] : text;
    }
}
