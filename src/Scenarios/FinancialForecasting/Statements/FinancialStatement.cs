namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>Lines with their history, what is expected of them, and how sure that is. The identities hold in the forecast.</summary>
public sealed class FinancialStatement
{
    private readonly FinancialTable _table;

    internal FinancialStatement(FinancialTable table, IReadOnlyList<StatementLine> lines, float confidenceLevel) => (_table, Lines, ConfidenceLevel) = (table, lines, confidenceLevel);

    public IReadOnlyList<StatementLine> Lines { get; }

    /// <summary>How many periods of history there are; the forecast starts at this period.</summary>
    public int HistoryCount => _table.Count;

    /// <summary>How many periods are forecast.</summary>
    public int Horizon => Lines[0].Forecast.Count;

    public int PeriodsPerYear => _table.PeriodsPerYear;

    public string Currency => _table.Currency;

    /// <summary>The share of amounts that lie within the intervals.</summary>
    public float ConfidenceLevel { get; }

    public StatementLine this[string line] => Lines.FirstOrDefault(other => other.Name.Equals(line, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentOutOfRangeException(nameof(line), $"There is no line '{line}'. The lines are: {string.Join(", ", Lines.Select(other => other.Name))}.");

    /// <summary>The date of a period, history first, then forecast.</summary>
    public DateTime DateOf(int period) => _table.DateOf(period);

    /// <summary>The period in words.</summary>
    public string NameOf(int period) => _table.NameOf(period);

    /// <summary>The amount of a line in a period, observed or expected; NaN where there is none.</summary>
    public double AmountOf(StatementLine line, int period)
    {
        ArgumentNullException.ThrowIfNull(line);
        return period < 0 ? double.NaN : period < HistoryCount ? line.History[period] : line.Forecast[period - HistoryCount];
    }

    /// <summary>
    /// Writes a CSV file: a row per period with its date, whether it is <c>history</c> or <c>forecast</c>, the amount of each line and, behind all
    /// amounts, the two ends of each interval; in units, to the last digit.
    /// </summary>
    public void SaveCsv(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        using FileStream stream = File.Create(path);
        using var writer = new StatementWriter(stream, [.. Lines.Select(line => line.Name)], ',');
        double[] none = [.. Lines.Select(_ => double.NaN)];
        for (int period = 0; period < HistoryCount + Horizon; period++)
        {
            int step = period - HistoryCount;
            writer.Write(_table.WrittenDateOf(period), step >= 0, [.. Lines.Select(line => AmountOf(line, period))],
                step < 0 ? none : [.. Lines.Select(line => line.Lower[step])], step < 0 ? none : [.. Lines.Select(line => line.Upper[step])]);
        }
    }
}
