using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLPipelines.Persistence;

/// <summary>Collects what one step writes: parameters as JSON, arrays and texts as entries of the file.</summary>
internal sealed class StepPartsWriter(string folder, JsonObject parameters, Dictionary<string, byte[]> entries) : ModelStepWriter
{
    public override void Set(string name, object? value) => parameters.Add(name, value switch
    {
        null => null,
        bool v => JsonValue.Create(v),
        int v => JsonValue.Create(v),
        uint v => JsonValue.Create(v),
        long v => JsonValue.Create(v),
        // Written with the digits that read back as the same number.
        float v => JsonValue.Create((double)v),
        double v => JsonValue.Create(v),
        string v => JsonValue.Create(v),
        Enum v => JsonValue.Create(v.ToString()),
        IEnumerable<string> list => new JsonArray([.. list.Select(v => JsonValue.Create(v))]),
        IEnumerable<int> list => new JsonArray([.. list.Select(v => JsonValue.Create(v))]),
        IEnumerable<double> list => new JsonArray([.. list.Select(v => JsonValue.Create(v))]),
        _ => throw new NotSupportedException($"Parameter '{name}' of type {value.GetType()} cannot be saved."),
    });

    public override void WriteArray<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) =>
        entries.Add($"{folder}/{name}.npy", NumpyFormat.Write(values, shape));

    public override void WriteTexts(string name, IReadOnlyList<string> texts)
    {
        // One text per line: what would end a line, and the escape itself, is escaped.
        var lines = new StringBuilder();
        foreach (string text in texts)
        {
            if (text.AsSpan().ContainsAny('\\', '\n', '\r') || text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) Escape(text, lines);
            else lines.Append(text);
            lines.Append('\n');
        }
        entries.Add($"{folder}/{name}.txt", TextEncoding.GetBytes(lines.ToString()));
    }

    private static void Escape(string text, StringBuilder lines)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) lines.Append(c).Append(text[++i]);
            // Half a surrogate pair has no UTF-8 form.
            else if (char.IsSurrogate(c)) lines.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else lines.Append(c switch { '\\' => "\\\\", '\n' => "\\n", '\r' => "\\r", _ => c.ToString() });
        }
    }

    public override ModelStepWriter Section(string name)
    {
        var section = new JsonObject();
        parameters.Add(name, section);
        return new StepPartsWriter($"{folder}/{name}", section, entries);
    }

    internal static UTF8Encoding TextEncoding { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}

/// <summary>Gives a loader what its step wrote; everything that does not fit is an error that names the file and the entry.</summary>
internal sealed class StepPartsReader(string source, string folder, int version, JsonObject parameters, IReadOnlyDictionary<string, byte[]> entries) : ModelStepReader
{
    public override int Version => version;

    public override bool Has(string name) => parameters.ContainsKey(name);

    public override bool GetBoolean(string name) => Get<bool>(name, "true or false");

    public override int GetInt32(string name) => Get<int>(name, "a whole number");

    public override double GetDouble(string name) => Get<double>(name, "a number");

    public override string GetString(string name) => Get<string>(name, "text");

    public override string? GetStringOrNull(string name) => parameters[name] is null ? null : GetString(name);

    public override IReadOnlyList<string> GetStrings(string name) => List<string>(name, "a list of texts");

    public override IReadOnlyList<int> GetInt32s(string name) => List<int>(name, "a list of whole numbers");

    public override IReadOnlyList<double> GetDoubles(string name) => List<double>(name, "a list of numbers");

    public override T[] ReadArray<T>(string name, params ReadOnlySpan<int> shape)
    {
        string entry = $"{folder}/{name}.npy";
        try
        {
            return NumpyFormat.Read<T>(Entry(entry), shape);
        }
        catch (FormatException e)
        {
            throw new MLPipelinesException($"{source}: entry '{entry}' cannot be used: {e.Message}.", e);
        }
    }

    public override IReadOnlyList<string> ReadTexts(string name)
    {
        string entry = $"{folder}/{name}.txt", all;
        try
        {
            all = StepPartsWriter.TextEncoding.GetString(Entry(entry));
        }
        catch (DecoderFallbackException e)
        {
            throw new MLPipelinesException($"{source}: entry '{entry}' cannot be used: it is not valid UTF-8.", e);
        }
        if (all.Length == 0) return [];
        if (all[^1] != '\n') throw new MLPipelinesException($"{source}: entry '{entry}' cannot be used: its last line is cut off.");
        var texts = new List<string>(all.AsSpan().Count('\n'));
        foreach (Range line in all.AsSpan(0, all.Length - 1).Split('\n'))
        {
            string text = all[line];
            texts.Add(text.Contains('\\') ? Unescape(text) : text);
        }
        return texts;
    }

    public override ModelStepReader Section(string name) => parameters[name] is JsonObject section
        ? new StepPartsReader(source, $"{folder}/{name}", version, section, entries)
        : throw Invalid($"part '{name}' is missing");

    public override MLPipelinesException Invalid(string problem) => new($"{source}: step '{folder}' cannot be loaded: {problem}.");

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else if (text[i + 1] == 'u' && i + 5 < text.Length && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort half))
            {
                plain.Append((char)half);
                i += 5;
            }
            else plain.Append(text[++i] switch { 'n' => '\n', 'r' => '\r', var other => other });
        }
        return plain.ToString();
    }

    private byte[] Entry(string name) => entries.TryGetValue(name, out byte[]? bytes) ? bytes
        : throw new MLPipelinesException($"{source}: entry '{name}' is missing.");

    private T Get<T>(string name, string expected) => parameters[name] is JsonValue value && value.TryGetValue(out T? result) ? result
        : throw Invalid($"parameter '{name}' is {parameters[name]?.ToJsonString() ?? "missing"}, expected {expected}");

    private List<T> List<T>(string name, string expected)
    {
        if (parameters[name] is not JsonArray array) throw Invalid($"parameter '{name}' is missing or not {expected}");
        var list = new List<T>(array.Count);
        foreach (JsonNode? node in array)
            list.Add(node is JsonValue value && value.TryGetValue(out T? item) ? item : throw Invalid($"parameter '{name}' is not {expected}"));
        return list;
    }
}
