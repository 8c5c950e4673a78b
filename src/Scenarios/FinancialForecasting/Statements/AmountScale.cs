using System.Globalization;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>How amounts of a statement are shown: in units, thousands or millions, all in the same.</summary>
internal sealed class AmountScale
{
    private readonly CultureInfo _culture;
    private readonly double _factor;
    private readonly int _decimals;

    internal AmountScale(FinancialStatement statement, CultureInfo culture)
    {
        _culture = culture;
        double largest = statement.Lines.Where(line => !line.IsPercent).SelectMany(line => line.History.Concat(line.Forecast)).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        (_factor, string word) = largest switch { >= 1e9 => (1e6, "million"), >= 1e5 => (1e3, "thousand"), _ => (1.0, "") };
        _decimals = largest / _factor >= 1000 ? 0 : largest / _factor >= 10 ? 1 : 2;
        Unit = string.Join(' ', new[] { word, statement.Currency }.Where(part => part.Length > 0));
    }

    /// <summary>Such as thousand EUR; empty for units of no currency.</summary>
    internal string Unit { get; }

    internal string UnitOf(StatementLine line) => line.IsPercent ? "%" : Unit;

    /// <summary>An amount as it is shown; a dash where there is none.</summary>
    internal string Write(StatementLine line, double amount)
    {
        if (double.IsNaN(amount)) return "–";
        return line.IsPercent ? amount.ToString("N1", _culture) + " %" : Plain(amount);
    }

    internal double Shown(StatementLine line, double amount) => line.IsPercent ? amount : amount / _factor;

    /// <summary>How far an amount is from another: a share, or where that says nothing, the difference.</summary>
    internal string Change(StatementLine line, double amount, double before)
    {
        if (double.IsNaN(amount) || double.IsNaN(before)) return "";
        double difference = amount - before;
        string sign = difference > 0 ? "+" : difference < 0 ? "−" : "";
        if (line.IsPercent) return $"{sign}{Math.Abs(difference).ToString("N1", _culture)} points";
        return before <= 0 ? sign + Plain(Math.Abs(difference)) : $"{sign}{Math.Abs(100 * difference / before).ToString("N1", _culture)} %";
    }

    internal string Share(double share) => double.IsFinite(share) ? (100 * share).ToString("N1", _culture) + " %" : "–";

    private string Plain(double amount)
    {
        string text = (amount / _factor).ToString($"N{_decimals}", _culture);
        return text.StartsWith('-') ? "−" + text[1..] : text;
    }
}
