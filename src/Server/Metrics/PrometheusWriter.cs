using System.Globalization;
using System.Text;

namespace MLPipelines.Server;

/// <summary>Writes metrics as Prometheus reads them (text format 0.0.4).</summary>
internal sealed class PrometheusWriter
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric; its samples follow.</summary>
    internal void Begin(string name, string type, string help) => _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    /// <param name="name">The name of the metric.</param>
    /// <param name="labels">What <see cref="Labels"/> made; empty for none.</param>
    /// <param name="value">The value.</param>
    internal void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(double.IsNaN(value) ? "NaN" : value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>Names and values as labels.</summary>
    internal static string Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        return text.ToString();
    }

    public override string ToString() => _text.ToString();
}
