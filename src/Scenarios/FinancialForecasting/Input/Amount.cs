using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>An amount as people write it: <c>1,234.50</c>, <c>(1 200)</c>, <c>€ 3.4m</c>, <c>12 %</c>, <c>500-</c>.</summary>
/// <param name="Value">The number in units, such as euros; NaN for a missing one. Percents are as they are written: 12.</param>
/// <param name="Unit">What it was written in that is not units: <c>k</c>, <c>m</c>, <c>bn</c> or <c>%</c>; empty for none.</param>
/// <param name="Notation">What else was special about it, in words: brackets, a minus behind, a dash for nothing; empty for nothing.</param>
/// <param name="Currency">The sign or the code of a currency; empty for none.</param>
internal readonly record struct Amount(double Value, string Unit, string Notation, string Currency)
{
    private static readonly (string Suffix, string Unit, double Factor)[] Units =
    [
        ("thousand", "k", 1e3), ("tsd", "k", 1e3), ("million", "m", 1e6), ("mio", "m", 1e6), ("mln", "m", 1e6), ("mn", "m", 1e6), ("mm", "m", 1e6),
        ("billion", "bn", 1e9), ("bln", "bn", 1e9), ("bn", "bn", 1e9), ("mrd", "bn", 1e9), ("k", "k", 1e3), ("m", "m", 1e6), ("b", "bn", 1e9), ("%", "%", 1),
    ];

    /// <summary>What is written behind an amount, or in brackets behind the name of a line.</summary>
    internal static (string Unit, double Factor)? UnitOf(ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimEnd('.');
        foreach (var (suffix, unit, factor) in Units)
            if (text.Equals(suffix, StringComparison.OrdinalIgnoreCase)) return (unit, factor);
        return null;
    }

    /// <param name="text">What a cell holds.</param>
    /// <param name="decimalMark">A point or a comma; the other one, spaces and apostrophes may stand between groups of three digits.</param>
    /// <param name="amount">The amount.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, char decimalMark, out Amount amount)
    {
        text = text.Trim();
        amount = new Amount(double.NaN, "", "", "");
        if (text.Length == 0 || MissingTexts.Contains(text) || text.Equals("n.a.", StringComparison.OrdinalIgnoreCase)) return true;
        if (text is "-" or "–" or "—")
        {
            amount = new Amount(0, "", "a dash", "");
            return true;
        }
        bool negative = false;
        string notation = "", currency = "";
        // A minus within brackets says the same thing twice.
        if (text.Length > 2 && text[0] == '(' && text[^1] == ')')
        {
            text = text[1..^1].Trim();
            (negative, notation) = (true, "brackets");
        }
        StripCurrency(ref text, ref currency);
        if (text.Length > 0 && (IsMinus(text, 0) || text[0] == '+'))
        {
            negative |= text[0] != '+';
            text = text[1..].TrimStart();
        }
        StripCurrency(ref text, ref currency);
        int end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1]) && !IsMinus(text, end - 1)) end--;
        ReadOnlySpan<char> rest = text[end..].Trim();
        (string Unit, double Factor) unit = ("", 1);
        if (rest.Length > 0)
        {
            if (UnitOf(rest) is not { } known) return false;
            unit = known;
        }
        text = text[..end].TrimEnd();
        if (text.Length > 1 && IsMinus(text, text.Length - 1))
        {
            text = text[..^1].TrimEnd();
            (negative, notation) = (true, "a minus behind");
        }
        if (!TryNumber(text, decimalMark, out double number)) return false;
        amount = new Amount((negative ? -number : number) * unit.Factor, unit.Unit, notation, currency);
        return true;
    }

    private static bool IsMinus(ReadOnlySpan<char> text, int at) => text.Length > at && text[at] is '-' or '−' or '–';

    private static void StripCurrency(ref ReadOnlySpan<char> text, ref string currency)
    {
        if (text.Length > 1 && IsSign(text[0])) Strip(ref text, 0, 1, ref currency);
        else if (text.Length > 1 && IsSign(text[^1])) Strip(ref text, text.Length - 1, 1, ref currency);
        else if (IsCode(text, 0)) Strip(ref text, 0, 3, ref currency);
        else if (IsCode(text, text.Length - 3)) Strip(ref text, text.Length - 3, 3, ref currency);
    }

    private static bool IsSign(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    private static void Strip(ref ReadOnlySpan<char> text, int at, int length, ref string currency)
    {
        currency = text.Slice(at, length).ToString();
        text = at == 0 ? text[length..].TrimStart() : text[..at].TrimEnd();
    }

    /// <summary>Whether there is a code of three capital letters, such as EUR, and no unit.</summary>
    private static bool IsCode(ReadOnlySpan<char> text, int at)
    {
        if (at < 0 || text.Length <= 3) return false;
        ReadOnlySpan<char> code = text.Slice(at, 3);
        foreach (char c in code) if (!char.IsAsciiLetterUpper(c)) return false;
        return !char.IsLetter(at == 0 ? text[3] : text[at - 1]) && UnitOf(code) is null;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, char decimalMark, out double number)
    {
        number = 0;
        Span<char> plain = stackalloc char[64];
        if (text.Length is 0 or > 64) return false;
        int length = 0, digits = 0, groupStart = -1;
        bool fraction = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c))
            {
                plain[length++] = c;
                digits++;
            }
            else if (c == decimalMark && !fraction)
            {
                if (groupStart >= 0 && digits - groupStart != 3) return false;
                (fraction, groupStart) = (true, -1);
                plain[length++] = '.';
            }
            else if (!fraction && digits > 0 && (c is ',' or '.' && c != decimalMark || c is ' ' or '\u00a0' or '\u202f' or '\'' or '’'))
            {
                if (groupStart >= 0 ? digits - groupStart != 3 : digits > 3) return false;
                groupStart = digits;
            }
            else return false;
        }
        if (groupStart >= 0 && digits - groupStart != 3) return false;
        return digits > 0 && double.TryParse(plain[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
