using System.Globalization;

namespace MLPipelines.Data;

/// <summary>
/// Guesses how a text file is to be read from its first megabyte: separator, quotes, header, decimal mark, and the name and
/// kind of every column.
/// </summary>
public static class TextFileInference
{
    /// <summary>Looks at the start of a file, or of the first that a pattern finds.</summary>
    /// <param name="path">The file; see <see cref="MultiFileSource"/>. Gzip is decompressed; of a workbook the first sheet is read.</param>
    /// <param name="options">What is known already.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MLPipelinesException">The file is empty, is not text in UTF-8 or UTF-16, or cannot be cut into rows.</exception>
    public static InferredTextFile Infer(string path, TextFileInferenceOptions? options = null) => Infer(new MultiFileSource(path), options);

    /// <summary>Looks at the start of the first stream of a source.</summary>
    public static InferredTextFile Infer(IMultiStreamSource source, TextFileInferenceOptions? options = null)
    {
        options ??= new TextFileInferenceOptions();
        if (source is MultiFileSource { IsWorkbook: true }) options = options with { Separator = Workbook.Separator, AllowQuoting = true, DecimalMark = '.' };
        FileSample sample = FileSample.Read(source, options.SampleBytes);
        TextFormat format = FormatGuess.Guess(sample, options);

        int usual = FormatGuess.UsualCount(sample, format, options.SampleRows);
        List<string[]> first = [];
        List<ColumnKindGuess> guesses = [];
        sample.ForEachRow(format, long.MaxValue, (reader, _) =>
        {
            if (reader.LooksLikeComment && reader.FieldCount < usual) return;
            while (guesses.Count < reader.FieldCount) guesses.Add(new ColumnKindGuess());
            // The first row counts only when it turns out to be no header.
            if (first.Count > 0)
                for (int i = 0; i < reader.FieldCount; i++) guesses[i].Add(reader[i]);
            if (first.Count < options.SampleRows) first.Add(CellsOf(reader));
        }, throws: true);
        if (first.Count == 0) throw TextFileErrors.Empty(sample.Name, header: false);

        bool hasHeader = options.HasHeader ?? HeaderGuess.IsHeader(first, guesses);
        if (!hasHeader)
            for (int i = 0; i < first[0].Length; i++) guesses[i].Add(first[0][i]);
        char separator = format.Separators[0];
        char mark = options.DecimalMark ?? DecimalMarkOf(guesses, separator);
        string[] cells = hasHeader ? first[0] : [];
        string[] names = Unique([.. Enumerable.Range(0, HasTrailingEmpty(guesses, cells) ? guesses.Count - 1 : guesses.Count).Select(i => i < cells.Length ? cells[i].Trim() : "")]);
        return new InferredTextFile(separator, hasHeader, format.Quoting, mark, [.. names.Select((name, i) => new InferredColumn(name, i, guesses[i].KindWith(mark)))])
        {
            ByName = names.Where(name => cells.Count(cell => cell.Trim() == name) == 1).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static string[] CellsOf(DelimitedReader reader)
    {
        string[] cells = new string[reader.FieldCount];
        for (int i = 0; i < cells.Length; i++) cells[i] = reader[i].ToString();
        return cells;
    }

    /// <summary>Whether every row ends with a separator, which makes an empty field that is no column.</summary>
    private static bool HasTrailingEmpty(List<ColumnKindGuess> guesses, string[] header) =>
        guesses.Count > 1 && guesses[^1].IsEmpty && (header.Length < guesses.Count || header[^1].AsSpan().IsWhiteSpace());

    private static char DecimalMarkOf(List<ColumnKindGuess> guesses, char separator)
    {
        int points = 0, commas = 0;
        foreach (ColumnKindGuess guess in guesses)
        {
            if (guess.NeedsPoint) points++;
            if (guess.NeedsComma(europeanSeparator: separator == ';')) commas++;
        }
        return commas > points ? ',' : '.';
    }

    private static string[] Unique(string[] names)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i].Length > 0 ? names[i] : string.Create(CultureInfo.InvariantCulture, $"Column{i}");
            string unique = name;
            for (int n = 2; !taken.Add(unique) || (unique != name && Array.IndexOf(names, unique) >= 0); n++) unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
            names[i] = unique;
        }
        return names;
    }
}
