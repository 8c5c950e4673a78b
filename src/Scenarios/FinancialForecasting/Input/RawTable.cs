using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>A delimited file as text: its header and its rows.</summary>
internal sealed class RawTable
{
    private RawTable(string path, IReadOnlyList<string> columns, char decimalMark) => (Path, Columns, DecimalMark) = (path, columns, decimalMark);

    internal string Path { get; }

    internal IReadOnlyList<string> Columns { get; }

    /// <summary>The cells of each row, as many as there are columns.</summary>
    internal List<string[]> Rows { get; } = [];

    /// <summary>The number of each row in the file.</summary>
    internal List<long> Numbers { get; } = [];

    /// <summary>What separates decimals, as amounts of several columns agree.</summary>
    internal char DecimalMark { get; private set; }

    internal static RawTable Read(string path, FinancialTableOptions options)
    {
        var source = new MultiFileSource(path) { SheetName = options.SheetName };
        InferredTextFile layout = TextFileInference.Infer(source, new TextFileInferenceOptions
        {
            HasHeader = true, Separator = options.Separator, AllowQuoting = options.AllowQuoting, DecimalMark = options.DecimalMark,
        });
        using TextFile file = TextFile.Open(source, 0, new TextFormat(layout.Separator.ToString(), layout.AllowQuoting));
        var table = new RawTable(path, [.. layout.Columns.Select(column => column.Name)], options.DecimalMark ?? '.');
        bool header = true;
        int headerCells = 0;
        while (file.ReadRow())
        {
            string[] cells = file.ReadCells();
            if (header) headerCells = cells.Length;
            else if (cells.Any(cell => cell.Length > 0))
            {
                if (cells.Skip(headerCells).Any(cell => cell.Length > 0))
                    throw new MLPipelinesException($"{path} row {file.Reader.Row} has {cells.Length} fields, and the header has {headerCells}. Amounts such as 1,234 need quotes where the comma separates fields.");
                Array.Resize(ref cells, table.Columns.Count);
                table.Rows.Add([.. cells.Select(cell => cell ?? "")]);
                table.Numbers.Add(file.Reader.Row);
            }
            header = false;
        }
        if (table.Rows.Count == 0) throw new MLPipelinesException($"{path} has a header and no rows.");
        if (options.DecimalMark is null) table.DecimalMark = table.Failures(',') < table.Failures('.') ? ',' : '.';
        return table;
    }

    internal string Place(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{Path} row {Numbers[row]}, column \"{Columns[column]}\"");

    internal int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i].Equals(column, StringComparison.OrdinalIgnoreCase)) return i;
        return int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Columns.Count ? index
            : throw new MLPipelinesException($"{Path} has no column '{column}'. Its columns are: {string.Join(", ", Columns)}.");
    }

    /// <summary>Whether a column has an amount in any row.</summary>
    internal bool HasAmounts(int column) => Rows.Exists(row => Amount.TryParse(row[column], DecimalMark, out Amount amount) && !double.IsNaN(amount.Value));

    internal Amount AmountAt(int row, int column)
    {
        string text = Rows[row][column];
        if (Amount.TryParse(text, DecimalMark, out Amount amount)) return amount;
        char other = DecimalMark == '.' ? ',' : '.';
        string hint = Amount.TryParse(text, other, out _) ? $" If '{other}' is the decimal mark, say so (--decimal '{other}')."
            : $" Leave the cell empty where there is no amount, or leave the column out (--ignore-cols \"{Columns[column]}\").";
        throw new MLPipelinesException($"{Place(row, column)}: found '{text}', expected an amount such as 1{other switch { ',' => ",234.5", _ => ".234,5" }}, (1200), 3.4m or 12%.{hint}");
    }

    private int Failures(char mark) => Rows.Sum(row => row.Count(cell => cell.Length > 0 && char.IsAsciiDigit(cell[^1]) && !Amount.TryParse(cell, mark, out _)));
}
