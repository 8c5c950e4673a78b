namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>A line as part of an identity.</summary>
/// <param name="Line">The line.</param>
/// <param name="Factor">What it is multiplied by.</param>
public readonly record struct IdentityTerm(string Line, double Factor);

/// <summary>An equation between lines that holds in every period, such as <c>profit = revenue - cost</c>.</summary>
public sealed class AccountingIdentity
{
    internal AccountingIdentity(string text, IReadOnlyList<IdentityTerm> terms) => (Text, Terms) = (text, terms);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Each line once, those of the left side less those of the right; their sum is 0.</summary>
    public IReadOnlyList<IdentityTerm> Terms { get; }

    /// <summary>Reads identities.</summary>
    /// <param name="text">
    /// Sums and differences of lines and of lines times numbers, with brackets, such as <c>profit = revenue - (cogs + opex); tax = 0.25 * profit</c>;
    /// semicolons or line ends between them.
    /// </param>
    /// <param name="lines">The lines that there are; names are found whatever their letters' case, the longest first, and may have spaces. What stands alone left of an equals sign may be new.</param>
    /// <exception cref="MLPipelinesException">A name is not known, or it is no linear equation.</exception>
    public static IReadOnlyList<AccountingIdentity> Parse(string text, IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(lines);
        string[] equations = text.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        List<string> known = [.. lines];
        foreach (string equation in equations)
            if (NewLine(equation, known) is { } name) known.Add(name);
        return [.. equations.Select(equation => new IdentityParser(equation, known).Parse())];
    }

    /// <summary>What stands alone on the left and is a name that is not known.</summary>
    private static string? NewLine(string equation, List<string> known)
    {
        string left = equation.Split('=')[0].Trim();
        bool isName = left.Length > 0 && char.IsLetter(left[0]) && left.IndexOfAny(['+', '*', '/', '(', ')', '<', '>', '!']) < 0 && !left.Contains(" - ", StringComparison.Ordinal);
        return isName && !known.Exists(name => name.Equals(left, StringComparison.OrdinalIgnoreCase)) ? left : null;
    }

    /// <summary>How far a period is from it: 0 where it holds.</summary>
    internal double Difference(Func<string, double> value) => Terms.Sum(term => term.Factor * value(term.Line));

    /// <summary>What one line is where the others are known.</summary>
    internal double Solve(string line, Func<string, double> value)
    {
        double sum = 0, factor = 0;
        foreach (IdentityTerm term in Terms)
        {
            if (term.Line == line) factor = term.Factor;
            else sum += term.Factor * value(term.Line);
        }
        return sum == 0 ? 0 : -sum / factor;
    }

    public override string ToString() => Text;
}
