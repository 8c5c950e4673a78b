using System.Globalization;
using MLPipelines.Scenarios.Charts;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>Lays a forecast out as a page for people who read statements: what matters first, how it was made last.</summary>
internal sealed class StatementReport(FinancialForecast forecast, string title, CultureInfo? culture = null)
{
    /// <summary>As many fit beside each other on a sheet.</summary>
    private const int LinesPerTable = 5, YearsShown = 5;

    private readonly CultureInfo _culture = culture ?? CultureInfo.InvariantCulture;
    private readonly AmountScale _scale = new(forecast.Statement, culture ?? CultureInfo.InvariantCulture);
    private readonly HtmlPage _page = new(title);

    private FinancialStatement Statement => forecast.Statement;

    private string Period => Statement.PeriodsPerYear switch { 12 => "month", 4 => "quarter", 1 => "year", _ => "period" };

    private string Level => _scale.Share(Statement.ConfidenceLevel).Replace(".0 ", " ", StringComparison.Ordinal).Replace(",0 ", " ", StringComparison.Ordinal);

    internal HtmlPage ToPage()
    {
        int history = Statement.HistoryCount, all = history + Statement.Horizon;
        _page.Paragraph($"History from {Statement.NameOf(0)} to {Statement.NameOf(history - 1)} ({history} {Period}s), forecast from {Statement.NameOf(history)} to {Statement.NameOf(all - 1)}. "
            + (_scale.Unit.Length > 0 ? $"Amounts in {_scale.Unit}. " : "") + $"Intervals are made to hold {Level} of the amounts to come.");
        KeyFigures();
        _page.Heading("Lines");
        _page.Charts(Statement.Lines.Select(Chart));
        _page.PageBreak();
        Years();
        Periods();
        _page.PageBreak();
        Cleaning();
        Identities();
        Backtest();
        return _page;
    }

    private void KeyFigures()
    {
        int next = Math.Min(Statement.Horizon, Statement.PeriodsPerYear), start = Statement.HistoryCount;
        string span = next == 1 ? Statement.NameOf(start) : $"{Statement.NameOf(start)} – {Statement.NameOf(start + next - 1)}";
        _page.Heading($"Expected, {span}");
        _page.Figures(Statement.Lines.Select(line =>
        {
            double amount = Total(line, start, next), before = Total(line, start - Statement.PeriodsPerYear, next);
            string change = _scale.Change(line, amount, before);
            return (line.Name, _scale.Write(line, amount), change.Length == 0 ? "" : $"{change} on a year before ({_scale.Write(line, before)})");
        }));
    }

    private LineChart Chart(StatementLine line)
    {
        int history = Statement.HistoryCount, all = history + Statement.Horizon;
        double[] x = LineChart.Times(Enumerable.Range(0, all).Select(Statement.DateOf));
        double[] known = [.. line.History.Select(amount => _scale.Shown(line, amount))];
        // The forecast starts where the history ends, so that no gap is between them.
        double[] Joined(IReadOnlyList<double> amounts) => [known[^1], .. amounts.Select(amount => _scale.Shown(line, amount))];
        double[] future = x[(history - 1)..];
        FinancialChange[] corrected = [.. forecast.Changes.Where(change => change.Line == line.Name && change.Index >= 0 && !double.IsNaN(change.FoundValue) && change.FoundValue != change.Value)];
        FinancialChange[] filled = [.. forecast.Changes.Where(change => change.Line == line.Name && change.Index >= 0 && double.IsNaN(change.FoundValue))];
        FinancialChange[] marked = [.. corrected, .. filled];
        return new LineChart
        {
            Title = line.Name,
            Description = $"{line.Name} per {Period}: {_scale.Write(line, line.History[^1])} in {Statement.NameOf(history - 1)}, {_scale.Write(line, line.Forecast[^1])} expected in {Statement.NameOf(all - 1)}, between {_scale.Write(line, line.Lower[^1])} and {_scale.Write(line, line.Upper[^1])}.",
            Unit = _scale.UnitOf(line),
            Width = 480,
            Height = 250,
            Culture = _culture,
            Bands = [new ChartBand($"{Level} interval", future, Joined(line.Lower), Joined(line.Upper))],
            Lines = [new ChartLine("history", x[..history], known), new ChartLine("forecast", future, Joined(line.Forecast), ChartStroke.Dashed)],
            Marks = marked.Length == 0 ? [] : [new ChartMarks("cleaned", [.. marked.Select(change => x[change.Index])], [.. marked.Select(change => _scale.Shown(line, change.Value))])],
        };
    }

    private void Years()
    {
        int all = Statement.HistoryCount + Statement.Horizon;
        var years = Enumerable.Range(0, all).GroupBy(period => Statement.DateOf(period).Year).Where(year => year.Count() == Statement.PeriodsPerYear).ToArray();
        if (Statement.PeriodsPerYear == 1 || years.Length == 0) return;
        years = [.. years.TakeLast(YearsShown)];
        string[] heads = [.. years.Select(year => "#" + year.Key.ToString(CultureInfo.InvariantCulture) + (year.First() >= Statement.HistoryCount ? "\nforecast" : year.Last() >= Statement.HistoryCount ? "\npart forecast" : ""))];
        _page.Heading("Statement by year");
        var table = new TextTable(Caption(), ["", .. heads]);
        foreach (StatementLine line in Statement.Lines)
        {
            table.Add([Name(line), .. years.Select(year =>
            {
                string amount = _scale.Write(line, Total(line, year.First(), year.Count()));
                string change = _scale.Change(line, Total(line, year.First(), year.Count()), Total(line, year.First() - Statement.PeriodsPerYear, year.Count()));
                return change.Length == 0 ? amount : $"{amount}\n{change}";
            })]);
        }
        _page.Table(table);
        _page.Paragraph("Below each amount: its change on the year before. Percents are means.");
    }

    private void Periods()
    {
        int history = Statement.HistoryCount, first = Math.Max(0, history - Statement.PeriodsPerYear);
        _page.Heading($"Statement by {Period}");
        foreach (StatementLine[] lines in Statement.Lines.Chunk(LinesPerTable))
        {
            var table = new TextTable(Caption(), ["", "", .. lines.Select(line => "#" + Name(line))]);
            for (int period = first; period < history + Statement.Horizon; period++)
            {
                bool isForecast = period >= history;
                table.Add([Statement.NameOf(period), isForecast ? "forecast" : "history", .. lines.Select(line => _scale.Write(line, Statement.AmountOf(line, period))
                    + (isForecast ? $"\n{_scale.Write(line, line.Lower[period - history])} to {_scale.Write(line, line.Upper[period - history])}" : ""))]);
            }
            _page.Table(table);
        }
    }

    private void Cleaning()
    {
        _page.Heading("What was cleaned");
        if (forecast.Changes.Count == 0)
        {
            _page.Paragraph("Nothing: no amount was missing, none was far from what trend and season suggest.");
            return;
        }
        var table = new TextTable("", "line", "period", "#found", "#became", "why");
        foreach (FinancialChange change in forecast.Changes) table.Add(change.Line, change.Period.Replace(' ', '\u00a0'), change.Found, change.Became, change.Reason);
        _page.Table(table);
    }

    private void Identities()
    {
        if (forecast.Identities.Count == 0) return;
        _page.Heading("Identities");
        _page.Paragraph("These hold in every period of the forecast:");
        _page.List(forecast.Identities.Select(identity => identity.Text));
        if (forecast.Breaches.Count == 0)
        {
            _page.Paragraph("They hold in every period of the history, but for rounding.");
            return;
        }
        var table = new TextTable("Periods of the history in which they do not hold", "identity", "period", "#left less right");
        foreach (IdentityBreach breach in forecast.Breaches) table.Add(breach.Identity, breach.Period, breach.Difference.ToString("N0", _culture));
        _page.Table(table);
    }

    private void Backtest()
    {
        _page.Heading("How such forecasts did");
        if (forecast.Backtest.Count == 0) _page.Paragraph("The history is too short to try them out.");
        else _page.Paragraph("The last periods were forecast from several moments in the past, each time from what was known by then. The error is the sum of what the forecasts were off by, as a share of the amounts.");
        var table = new TextTable("", "line", "model", "#error", "#of repeating the year before", "#of the line by itself", $"#within the {Level} interval");
        foreach (StatementLine line in Statement.Lines)
        {
            LineBacktest? tried = forecast.Backtest.FirstOrDefault(other => other.Line == line.Name);
            table.Add(line.Name, line.Model, _scale.Share(tried?.Error ?? double.NaN), _scale.Share(tried?.NaiveError ?? double.NaN), _scale.Share(tried?.UnreconciledError ?? double.NaN), _scale.Share(tried?.Coverage ?? double.NaN));
        }
        _page.Table(table);
    }

    private string Name(StatementLine line) => line.IsPercent ? $"{line.Name} (%)" : line.Name;

    private string Caption() => _scale.Unit.Length > 0 ? $"In {_scale.Unit}" : "";

    /// <summary>The sum over periods, the mean of percents; NaN where there are none.</summary>
    private double Total(StatementLine line, int first, int count)
    {
        double sum = 0;
        for (int period = first; period < first + count; period++) sum += Statement.AmountOf(line, period);
        return line.IsPercent ? sum / count : sum;
    }
}
