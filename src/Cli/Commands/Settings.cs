using System.Globalization;

namespace MLPipelines.Cli.Commands;

/// <summary>What was given by <c>--set key=value</c>.</summary>
internal sealed class Settings
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <param name="given">Texts of the form key=value.</param>
    /// <param name="known">The keys that there are.</param>
    /// <param name="texts">Those of them whose values are texts; the others are numbers.</param>
    internal Settings(IEnumerable<string> given, IReadOnlyList<string> known, params IReadOnlyCollection<string> texts)
    {
        foreach (string text in given)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new UsageException($"--set: found '{text}', expected key=value with a key out of: {string.Join(", ", known)}.");
            string key = text[..equals], value = text[(equals + 1)..];
            string name = known.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"--set: there is no setting '{key}'.{NearNames.Hint(key, known)} The settings are: {string.Join(", ", known)}.");
            if (texts.Contains(name))
            {
                _texts[name] = value;
                continue;
            }
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
                throw new UsageException($"--set {name}: found '{value}', expected a number, such as {name}=0.5.");
            _values[name] = number;
        }
    }

    internal IReadOnlyDictionary<string, double> Values => _values;

    internal double? this[string name] => _values.TryGetValue(name, out double value) ? value : null;

    /// <summary>A setting that is a text.</summary>
    internal string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>A setting that is a whole number.</summary>
    internal int? Whole(string name) => this[name] is not { } value ? null
        : value == Math.Floor(value) && Math.Abs(value) < int.MaxValue ? (int)value
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--set {name}: found {value}, expected a whole number."));
}
