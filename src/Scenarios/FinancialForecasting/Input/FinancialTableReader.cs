using System.Globalization;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>Makes a table of lines and periods of the cells of a file.</summary>
internal sealed class FinancialTableReader
{
    private readonly RawTable _raw;
    private readonly TimeText _text;
    private readonly TimeAxis _axis;
    private readonly long[] _times;
    private readonly List<FinancialChange> _notes = [];
    private string _currency = "";

    private FinancialTableReader(RawTable raw, FinancialTableOptions options)
    {
        _raw = raw;
        int timeColumn = options.TimeColumn is { } name ? raw.IndexOf(name) : 0;
        string[] texts = [.. raw.Rows.Select(row => row[timeColumn])];
        _text = options.TimeFormat is { } format ? new TimeText(format) : TimeText.Of([.. texts.Distinct().Where(text => text.Length > 0)]) ?? new TimeText(TimeText.AnyDate);
        _times = Times(texts, timeColumn);
        _axis = AxisOf();
        // 01/02/2024 after 01/01/2024 is a day later where months come first, and a month later where days do.
        foreach (string dayFirst in options.TimeFormat is null && !_axis.Step.IsCalendar ? DaysFirst : [])
        {
            if (!texts.All(text => new TimeText(dayFirst).TryRead(text, out _))) continue;
            _text = new TimeText(dayFirst);
            _times = Times(texts, timeColumn);
            _axis = AxisOf();
        }
        if (!_axis.Step.IsCalendar)
            throw new MLPipelinesException($"{raw.Path}, column \"{raw.Columns[timeColumn]}\": periods are {_axis.Step} apart, expected months, quarters or years. Add up the amounts of a month first.");
        Columns = [.. Enumerable.Range(0, raw.Columns.Count).Where(i => i != timeColumn && !options.IgnoredColumns.Any(ignored => raw.IndexOf(ignored) == i))];
    }

    private static readonly string[] DaysFirst = ["dd/MM/yyyy", "d/M/yyyy"];

    private int[] Columns { get; }

    internal static FinancialTable Read(string path, FinancialTableOptions options)
    {
        var raw = RawTable.Read(path, options);
        var reader = new FinancialTableReader(raw, options);
        int[] amounts = [.. reader.Columns.Where(raw.HasAmounts)], texts = [.. reader.Columns.Except(amounts)];
        int? line = options.LineColumn is { } name ? raw.IndexOf(name) : texts.Length == 1 && amounts.Length == 1 && raw.Rows.DistinctBy(row => row[texts[0]]).Count() < raw.Rows.Count ? texts[0] : null;
        if (line is not { } lineColumn) return reader.Wide(amounts, texts);
        amounts = [.. amounts.Where(column => column != lineColumn)];
        if (options.AmountColumn is null && amounts.Length != 1)
            throw new MLPipelinesException($"{path} has {amounts.Length} columns that may be the amounts: {string.Join(", ", amounts.Select(i => raw.Columns[i]))}. --value-col says which.");
        return reader.Long(lineColumn, options.AmountColumn is { } amount ? raw.IndexOf(amount) : amounts[0]);
    }

    private long[] Times(string[] texts, int column)
    {
        long[] times = new long[texts.Length];
        for (int row = 0; row < texts.Length; row++)
        {
            if (!_text.IsDate || !_text.TryRead(texts[row], out times[row]))
                throw new MLPipelinesException($"{_raw.Place(row, column)}: found '{texts[row]}', expected a month, quarter or year such as 2024-01, 31/01/2024, Jan 2024 or 2024Q1. --time-col names another column.");
        }
        return times;
    }

    private TimeAxis AxisOf()
    {
        long[] distinct = [.. _times.Distinct().Order()];
        return distinct.Length > 1 ? StepInference.Infer([distinct], _text) : Single(new DateTime(distinct[0]));
    }

    /// <summary>A single period, such as one to be added to those that are known, is a month, unless it is written as a quarter.</summary>
    private TimeAxis Single(DateTime date) => new(new TimeStep(_text.Name is TimeText.Quarter or TimeText.DashedQuarter ? TimeUnit.Quarter : TimeUnit.Month, 1),
        date.Day == DateTime.DaysInMonth(date.Year, date.Month) ? 31 : date.Day, _text);

    /// <summary>A column per line.</summary>
    private FinancialTable Wide(int[] columns, int[] texts)
    {
        if (columns.Length == 0) throw new MLPipelinesException($"{_raw.Path} has no column of amounts. Its columns are: {string.Join(", ", _raw.Columns)}.");
        foreach (int column in texts) _notes.Add(new FinancialChange(_raw.Columns[column], "all", "no amounts", "left out", "It holds text."));
        return Table(columns.Select(column => (Header: _raw.Columns[column], Cells: Enumerable.Range(0, _raw.Rows.Count).Select(row => (row, column)))));
    }

    /// <summary>A row per line and period.</summary>
    private FinancialTable Long(int lineColumn, int amountColumn)
    {
        for (int row = 0; row < _raw.Rows.Count; row++)
            if (_raw.Rows[row][lineColumn].Length == 0) throw new MLPipelinesException($"{_raw.Place(row, lineColumn)}: found nothing, expected the name of a line.");
        return Table(Enumerable.Range(0, _raw.Rows.Count).GroupBy(row => _raw.Rows[row][lineColumn], StringComparer.OrdinalIgnoreCase).Select(group => (Header: group.Key, Cells: group.Select(row => (row, amountColumn)))));
    }

    private FinancialTable Table(IEnumerable<(string Header, IEnumerable<(int Row, int Column)> Cells)> lines)
    {
        long first = _times.Min();
        int count = (int)_axis.StepsBetween(first, _times.Max(), out _) + 1;
        FinancialLine[] read = [.. lines.Select(line => Line(line.Header, line.Cells, first, count))];
        return new FinancialTable(_axis, first, read, _currency, _notes);
    }

    private FinancialLine Line(string header, IEnumerable<(int Row, int Column)> cells, long first, int count)
    {
        var (name, headerUnit) = NameOf(header);
        double[] values = new double[count];
        int[] rows = new int[count];
        Array.Fill(values, double.NaN);
        Array.Fill(rows, -1);
        var notations = new Dictionary<string, (int Count, string Found, double Became)>();
        int percents = 0, present = 0;
        foreach (var (row, column) in cells)
        {
            int period = (int)_axis.StepsBetween(first, _times[row], out bool isExact);
            if (!isExact) throw new MLPipelinesException($"{_raw.Path} row {_raw.Numbers[row]}: {_axis.Write(_times[row])} is between periods, which are {_axis.Step} apart.");
            if (rows[period] >= 0) throw new MLPipelinesException($"{_raw.Path} rows {_raw.Numbers[rows[period]]} and {_raw.Numbers[row]} both have an amount of '{name}' for {_axis.Write(_times[row])}; expected one.");
            rows[period] = row;
            Amount amount = _raw.AmountAt(row, column);
            if (double.IsNaN(amount.Value)) continue;
            present++;
            if (amount.Unit == "%") percents++;
            values[period] = amount.Unit.Length == 0 && headerUnit is { } unit ? amount.Value * unit.Factor : amount.Value;
            Note(notations, amount.Unit is "" or "%" ? "" : $"written in {amount.Unit}", _raw.Rows[row][column], values[period]);
            Note(notations, amount.Notation.Length > 0 ? $"written with {amount.Notation}" : "", _raw.Rows[row][column], values[period]);
            Take(amount.Currency, row, column);
        }
        bool isPercent = headerUnit?.Unit == "%" || percents > 0;
        if (percents > 0 && percents < present && headerUnit?.Unit != "%")
            throw new MLPipelinesException($"{_raw.Path}: line '{name}' has {percents} amounts with % and {present - percents} without; expected all or none.");
        foreach (var (notation, (times, found, became)) in notations)
            _notes.Add(new FinancialChange(name, times == 1 ? "1 period" : $"{times} periods", found, became.ToString("N", Plain), times == 1 ? $"It is {notation}." : $"They are {notation}; this is the first."));
        return new FinancialLine(name, values, isPercent);
    }

    private static readonly NumberFormatInfo Plain = new() { NumberDecimalDigits = 0 };

    private static void Note(Dictionary<string, (int Count, string Found, double Became)> notations, string notation, string found, double became)
    {
        if (notation.Length == 0) return;
        notations[notation] = notations.TryGetValue(notation, out var before) ? before with { Count = before.Count + 1 } : (1, found, became);
    }

    private void Take(string currency, int row, int column)
    {
        if (currency.Length == 0 || currency == _currency) return;
        if (_currency.Length > 0) throw new MLPipelinesException($"{_raw.Place(row, column)}: found an amount in {currency}, and others are in {_currency}; expected one currency.");
        _currency = currency;
    }

    /// <summary>The name of a line without the unit in brackets behind it: Revenue (EUR k), Margin [%].</summary>
    private (string Name, (string Unit, double Factor)? Unit) NameOf(string header)
    {
        int open = header.LastIndexOfAny(['(', '[']);
        if (open <= 0 || header[^1] is not (')' or ']')) return (header, null);
        string[] words = header[(open + 1)..^1].Split([' ', '/', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        (string Unit, double Factor)? unit = words.Select(word => Amount.UnitOf(word)).FirstOrDefault(found => found is not null);
        string? currency = words.FirstOrDefault(word => word.Length == 3 && word.All(char.IsAsciiLetterUpper) || word.Length == 1 && char.GetUnicodeCategory(word[0]) == UnicodeCategory.CurrencySymbol);
        if (currency is not null && _currency.Length == 0) _currency = currency;
        return unit is null && currency is null ? (header, null) : (header[..open].TrimEnd(), unit);
    }
}
