using System.Globalization;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>Reads one equation: sum = sum, where a sum has signed terms, and a term is a line, a number times a line, or a sum in brackets.</summary>
internal sealed class IdentityParser(string text, IReadOnlyList<string> lines)
{
    private const int DeepestBrackets = 32;

    private readonly string[] _byLength = [.. lines.OrderByDescending(line => line.Length)];
    private readonly Dictionary<string, double> _factors = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private int _at, _depth;

    internal AccountingIdentity Parse()
    {
        Sum(1);
        if (!Take('=')) throw Problem("expected '='");
        Sum(-1);
        if (Peek() != '\0') throw Problem("expected '+', '-' or the end");
        IdentityTerm[] terms = [.. _order.Where(line => _factors[line] != 0).Select(line => new IdentityTerm(line, _factors[line]))];
        return terms.Length >= 2 ? new AccountingIdentity(text, terms) : throw new MLPipelinesException($"Identity '{text}': expected at least two different lines.");
    }

    private void Sum(double factor)
    {
        double sign = Take('-') ? -1 : 1;
        if (sign > 0) Take('+');
        Term(factor * sign);
        while (true)
        {
            if (Take('+')) Term(factor);
            else if (Take('-')) Term(-factor);
            else return;
        }
    }

    private void Term(double factor)
    {
        bool hasNumber = char.IsAsciiDigit(Peek()) && Line() is null;
        if (hasNumber)
        {
            factor *= Number();
            if (!Take('*')) throw Problem("expected '*' and a line; an identity has lines only, no amounts");
        }
        if (Take('('))
        {
            if (++_depth > DeepestBrackets) throw Problem("expected fewer brackets within brackets");
            Sum(factor);
            _depth--;
            if (!Take(')')) throw Problem("expected ')'");
        }
        else
        {
            string line = Line() ?? throw Problem($"expected a line; the lines are: {string.Join(", ", lines)}");
            _at += line.Length;
            if (!_factors.ContainsKey(line)) _order.Add(line);
            if (!hasNumber && Take('*')) factor *= Number();
            _factors[line] = _factors.GetValueOrDefault(line) + factor;
        }
        if (Peek() is '*' or '/') throw Problem("expected '+', '-' or the end: products and shares of lines cannot be kept, only sums and multiples");
    }

    /// <summary>The longest name that stands here as a whole word.</summary>
    private string? Line()
    {
        Peek();
        foreach (string line in _byLength)
        {
            if (string.Compare(text, _at, line, 0, line.Length, StringComparison.OrdinalIgnoreCase) != 0) continue;
            int end = _at + line.Length;
            if (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] == '_')) return line;
        }
        return null;
    }

    private double Number()
    {
        Peek();
        int start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
        return double.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : throw Problem("expected a number", start);
    }

    private char Peek()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return _at < text.Length ? text[_at] : '\0';
    }

    private bool Take(char c)
    {
        if (Peek() != c) return false;
        _at++;
        return true;
    }

    private MLPipelinesException Problem(string expected, int? at = null)
    {
        string found = (at ?? _at) < text.Length ? $"found '{text[(at ?? _at)..]}'" : "found the end";
        return new MLPipelinesException($"Identity '{text}': {found}, {expected}.");
    }
}
