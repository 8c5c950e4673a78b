using System.Globalization;
using System.Text;

namespace MLPipelines.AutoML;

/// <summary>Values as C# literals.</summary>
internal static class CSharpText
{
    internal static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') literal.Append('\\').Append(c);
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\u0085') literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else literal.Append(c);
        }
        return literal.Append('"').ToString();
    }

    internal static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    internal static string Of(float number) => float.IsNaN(number) ? "float.NaN" : number.ToString("R", CultureInfo.InvariantCulture) + "f";

    internal static string Of(bool value) => value ? "true" : "false";

    internal static string List(IEnumerable<string> texts) => string.Join(", ", texts.Select(Of));
}
