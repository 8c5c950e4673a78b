using System.Globalization;
using System.Net;
using System.Text;

namespace MLPipelines.Scenarios.Charts;

/// <summary>Writes SVG elements. Coordinates have a point and at most two decimals, whatever the culture.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    internal SvgWriter Open(string element, string attributes)
    {
        _text.Append('<').Append(element).Append(' ').Append(attributes).Append('>');
        return this;
    }

    internal void Close(string element) => _text.Append("</").Append(element).Append('>');

    /// <summary>An element without content.</summary>
    internal void Draw(string element, string attributes) => _text.Append('<').Append(element).Append(' ').Append(attributes).Append("/>");

    /// <summary>An element that holds text.</summary>
    internal void Write(string element, string attributes, string content) =>
        _text.Append('<').Append(element).Append(attributes.Length > 0 ? " " : "").Append(attributes).Append('>').Append(WebUtility.HtmlEncode(content)).Append("</").Append(element).Append('>');

    internal void Label(double x, double y, string content, string attributes = "") =>
        Write("text", $"x=\"{Number(x)}\" y=\"{Number(y)}\"{(attributes.Length > 0 ? " " : "")}{attributes}", content);

    internal void Line(double x1, double y1, double x2, double y2, string attributes) =>
        Draw("line", $"x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" {attributes}");

    internal static string Number(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    public override string ToString() => _text.ToString();
}
