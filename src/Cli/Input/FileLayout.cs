using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Cli.Input;

/// <summary>How a delimited file is laid out, seen from its first rows.</summary>
/// <param name="Separator">The character between fields.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="DecimalMark">What separates the decimals of numbers.</param>
/// <param name="FirstRow">The first row as it stands in the file.</param>
/// <param name="Rows">The cells of the first rows, the first one included.</param>
internal sealed record FileLayout(char Separator, bool HasHeader, char DecimalMark, string FirstRow, IReadOnlyList<string[]> Rows)
{
    private const int SampleRows = 500, SampleCharacters = 1 << 18;

    private static readonly char[] Candidates = [',', '\t', ';', '|'];

    /// <summary>Looks at the first rows of a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="format">What is known already.</param>
    /// <param name="expectedColumns">Names that a header is known to have.</param>
    /// <exception cref="MLPipelinesException">The file is empty or cannot be cut into rows.</exception>
    internal static FileLayout Of(IMultiStreamSource source, string name, InputFormat format, IReadOnlyCollection<string> expectedColumns)
    {
        List<string[]>? rows = null;
        string firstRow = "";
        char separator = format.Separator ?? ',';
        double best = double.NegativeInfinity;
        MLPipelinesException? problem = null;
        foreach (char candidate in format.Separator is { } given ? [given] : Candidates)
        {
            try
            {
                List<string[]> read = Sample(source, candidate, format.Quoting, out string first);
                double score = Score(read, expectedColumns);
                if (score <= best) continue;
                (best, separator, rows, firstRow) = (score, candidate, read, first);
            }
            catch (MLPipelinesException e)
            {
                problem ??= e;
            }
        }
        if (rows is null) throw problem!;
        if (rows.Count == 0) throw new MLPipelinesException($"{name} is empty: expected rows of fields, and a header that names the columns.");
        bool hasHeader = format.HasHeader ?? LooksLikeHeader(rows, expectedColumns);
        return new FileLayout(separator, hasHeader, format.DecimalMark ?? DecimalMarkOf(rows, separator), firstRow, rows);
    }

    private static List<string[]> Sample(IMultiStreamSource source, char separator, bool quoting, out string firstRow)
    {
        List<string[]> rows = [];
        firstRow = "";
        int characters = 0;
        using TextFile file = TextFile.Open(source, 0, new TextFormat([separator], quoting));
        while (rows.Count < SampleRows && characters < SampleCharacters && file.ReadRow())
        {
            if (rows.Count == 0) firstRow = file.Reader.RawRow.ToString();
            characters += file.Reader.RowLength;
            rows.Add(file.ReadCells());
        }
        return rows;
    }

    /// <summary>How well rows agree on how many fields they have. What makes one field of each row ranks behind what cuts them alike.</summary>
    private static double Score(List<string[]> rows, IReadOnlyCollection<string> expectedColumns)
    {
        if (rows.Count == 0) return 0;
        int width = rows[0].Length, agreeing = 0;
        foreach (string[] row in rows) if (row.Length == width) agreeing++;
        // A name with the separator in it would not be found.
        double found = expectedColumns.Count(column => Array.IndexOf(rows[0], column) >= 0);
        return (found * 10) + (width == 1 ? 0.5 : (double)agreeing / rows.Count) + Math.Min(width, 1000) * 1e-6;
    }

    private static bool LooksLikeHeader(List<string[]> rows, IReadOnlyCollection<string> expectedColumns)
    {
        string[] first = rows[0];
        if (expectedColumns.Any(column => Array.IndexOf(first, column) >= 0)) return true;
        for (int i = 0; i < first.Length; i++)
        {
            // Names of columns are short, differ, and are no numbers.
            if (first[i].Length > 60 || IsNumber(first[i])) return false;
            if (first[i].Length > 0 && Array.IndexOf(first, first[i], i + 1) >= 0) return false;
        }
        if (Array.TrueForAll(first, cell => cell.Length == 0)) return false;
        if (rows.Count == 1) return true;
        for (int i = 0; i < first.Length; i++)
        {
            int numbers = 0, same = 0, filled = 0;
            foreach (string[] row in rows.Skip(1))
            {
                if (i >= row.Length || row[i].Length == 0) continue;
                filled++;
                if (IsNumber(row[i])) numbers++;
                if (row[i] == first[i]) same++;
            }
            if (filled > 0 && numbers >= 0.9 * filled) return true;
            // A value that comes again is a value.
            if (same > 0) return false;
        }
        return !Array.Exists(first, cell => cell.AsSpan().ContainsAny("?!。？！，") || cell.Count(c => c == ' ') > 4);
    }

    private static char DecimalMarkOf(List<string[]> rows, char separator)
    {
        int commas = 0, points = 0;
        foreach (string[] row in rows)
        {
            foreach (string cell in row)
            {
                if (cell.Length is < 3 or > 24 || !cell.AsSpan().ContainsAny(',', '.')) continue;
                if (IsNumber(cell)) points++;
                // Three digits after a comma may be thousands.
                else if (separator != ',' && IsNumber(cell.Replace(',', '.')) && cell.Length - cell.IndexOf(',', StringComparison.Ordinal) != 4) commas++;
            }
        }
        return commas > 0 && points == 0 ? ',' : '.';
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
