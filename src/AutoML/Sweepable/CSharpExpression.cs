using System.Globalization;
using System.Text;

namespace MLPipelines.AutoML;

/// <summary>C# that says what an estimator was built with.</summary>
internal static class CSharpExpression
{
    /// <summary>A new object with members; those that are <see langword="null"/> are left out.</summary>
    public static string New(string type, params IEnumerable<(string Name, object? Value)> members) =>
        $"new {type} {{ {string.Join(", ", members.Where(member => member.Value is not null).Select(member => $"{member.Name} = {Literal(member.Value)}"))} }}";

    /// <summary>A text, number, truth value, enumeration, list of texts, or an expression.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Quoted(text),
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Enum constant => $"{constant.GetType().FullName!.Replace('+', '.')}.{constant}",
        IEnumerable<string> texts => $"[{string.Join(", ", texts.Select(Quoted))}]",
        Expression expression => expression.Code,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quoted(string text)
    {
        var code = new StringBuilder("\"");
        foreach (char c in text)
            code.Append(c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString());
        return code.Append('"').ToString();
    }

    /// <summary>Code that stands as it is.</summary>
    public readonly record struct Expression(string Code);
}
