using System.Globalization;
using MLPipelines.Data;

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
    /// Writes a CSV file: a row per period with its date, whether it is <c>history</c> or <c>forecast</c>, and for each line the amount and, behind all
    /// amounts, the two ends of the interval, in units, to the last digit.
    /// </summary>
    public void SaveCsv(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        using FileStream stream = File.Create(path);
        WriteCsv(stream, fromPeriod: 0);
    }

    internal void WriteCsv(Stream stream, int fromPeriod)
    {
        using var writer = new DelimitedWriter(stream, leaveOpen: true);
        writer.WriteField("date");
        writer.WriteField("type");
        foreach (StatementLine line in Lines) writer.WriteField(line.Name);
        foreach (StatementLine line in Lines)
        {
            writer.WriteField($"{line.Name} lower");
            writer.WriteField($"{line.Name} upper");
        }
        writer.EndRow();
        for (int period = fromPeriod; period < HistoryCount + Horizon; period++)
        {
            bool isForecast = period >= HistoryCount;
            writer.WriteField(_table.WrittenDateOf(period));
            writer.WriteField(isForecast ? "forecast" : "history");
            foreach (StatementLine line in Lines) Write(AmountOf(line, period));
            foreach (StatementLine line in Lines)
            {
                Write(isForecast ? line.Lower[period - HistoryCount] : double.NaN);
                Write(isForecast ? line.Upper[period - HistoryCount] : double.NaN);
            }
            writer.EndRow();
        }

        void Write(double amount) => writer.WriteField(double.IsNaN(amount) ? "" : amount.ToString("R", CultureInfo.InvariantCulture));
    }
}
