using System.Globalization;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>Financial lines over months, quarters or years.</summary>
public sealed class FinancialTable
{
    private readonly TimeAxis _axis;
    private readonly long _start;

    /// <summary>A table of amounts that a program has.</summary>
    /// <param name="firstPeriod">A day in the first period.</param>
    /// <param name="periodsPerYear">12, 4 or 1.</param>
    /// <param name="lines">The lines, all equally long.</param>
    /// <param name="currency">The sign or the code of their currency.</param>
    public FinancialTable(DateTime firstPeriod, int periodsPerYear, IReadOnlyList<FinancialLine> lines, string currency = "")
        : this(new TimeAxis(StepOf(periodsPerYear), firstPeriod.Day, new TimeText(TimeText.AnyDate)), firstPeriod.Date.Ticks, lines, currency, [])
    {
    }

    internal FinancialTable(TimeAxis axis, long start, IReadOnlyList<FinancialLine> lines, string currency, IReadOnlyList<FinancialChange> notes)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0) throw new MLPipelinesException("There is no line to forecast.");
        foreach (FinancialLine line in lines)
        {
            if (line.Values.Count != lines[0].Values.Count)
                throw new MLPipelinesException($"Line '{line.Name}' has {line.Values.Count} periods, and '{lines[0].Name}' has {lines[0].Values.Count}; expected equally many.");
            if (lines.Count(other => other.Name.Equals(line.Name, StringComparison.OrdinalIgnoreCase)) > 1) throw new MLPipelinesException($"There are several lines '{line.Name}'; expected names of their own.");
        }
        (_axis, _start, Lines, Currency, Notes) = (axis, start, lines, currency, notes);
        PeriodsPerYear = axis.Step.Unit switch { TimeUnit.Month => (int)(12 / axis.Step.Count), TimeUnit.Quarter => (int)(4 / axis.Step.Count), _ => 1 };
    }

    public IReadOnlyList<FinancialLine> Lines { get; }

    /// <summary>How many periods there are.</summary>
    public int Count => Lines[0].Values.Count;

    /// <summary>12 for months, 4 for quarters, 1 for years.</summary>
    public int PeriodsPerYear { get; }

    /// <summary>The sign or the code of the currency; empty where the table has none.</summary>
    public string Currency { get; }

    /// <summary>How amounts were read that were more than numbers.</summary>
    internal IReadOnlyList<FinancialChange> Notes { get; }

    /// <summary>Reads a CSV or TSV file, plain or .gz, with a header row; a column per line, or a row per line and period.</summary>
    /// <exception cref="MLPipelinesException">The file cannot be read as such a table; the message says where.</exception>
    public static FinancialTable Load(string path, FinancialTableOptions? options = null) => FinancialTableReader.Read(path, options ?? new());

    /// <summary>The date of a period, as the table has it; from <see cref="Count"/> on of those to come.</summary>
    public DateTime DateOf(int period) => new(_axis.After(_start, period), DateTimeKind.Unspecified);

    /// <summary>The period in words: Jan 2024, Q1 2024, 2024.</summary>
    public string NameOf(int period)
    {
        DateTime date = DateOf(period);
        // Quarters of a year that begins in January have first or last months that say so.
        bool isQuarter = PeriodsPerYear == 4 && date.Month % 3 != 2;
        return PeriodsPerYear == 1 ? date.ToString("yyyy", CultureInfo.InvariantCulture)
            : isQuarter ? string.Create(CultureInfo.InvariantCulture, $"Q{((date.Month - 1) / 3) + 1} {date:yyyy}")
            : date.ToString("MMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>How the table writes dates.</summary>
    internal string TimeFormat => _axis.Text!.Name;

    /// <summary>The amounts of the first periods as rows, line by line.</summary>
    internal IEnumerable<AmountRow> ToRows(int? periods = null) => Lines.SelectMany(line => Enumerable.Range(0, periods ?? Count).Where(period => !double.IsNaN(line.Values[period]))
        .Select(period => new AmountRow { Date = WrittenDateOf(period), Line = line.Name, Amount = line.Values[period] }));

    internal long TimeOf(int period) => _axis.After(_start, period);

    internal string WrittenDateOf(int period) => _axis.Write(TimeOf(period));

    internal FinancialTable With(IReadOnlyList<FinancialLine> lines) => new(_axis, _start, lines, Currency, Notes);

    private static TimeStep StepOf(int periodsPerYear) => periodsPerYear switch
    {
        12 => new TimeStep(TimeUnit.Month, 1),
        4 => new TimeStep(TimeUnit.Quarter, 1),
        1 => new TimeStep(TimeUnit.Year, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(periodsPerYear), periodsPerYear, "Expected 12, 4 or 1 periods a year."),
    };
}
