using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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
        float v => Number(v),
        double v => Number(v),
        string v => JsonValue.Create(v),
        Enum v => JsonValue.Create(v.ToString()),
        IEnumerable<string> list => new JsonArray([.. list.Select(v => JsonValue.Create(v))]),
        IEnumerable<int> list => new JsonArray([.. list.Select(v => JsonValue.Create(v))]),
        IEnumerable<double> list => new JsonArray([.. list.Select(Number)]),
        _ => throw new NotSupportedException($"Parameter '{name}' of type {value.GetType()} cannot be saved."),
    });

    public override void WriteArray<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) =>
        entries.Add($"{folder}/{name}.npy", NumpyFormat.Write(values, shape));

    public override void WriteTexts(string name, IReadOnlyList<string> texts) => entries.Add($"{folder}/{name}.txt", TextLines.Write(texts));

    public override void WriteFile(string name, byte[] content) => entries.Add($"{folder}/{name}", content);

    // The digits read back as the same number. JSON has no word for what is not finite: that is written as text.
    private static JsonValue Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture))!;

    public override ModelStepWriter Section(string name)
    {
        var section = new JsonObject();
        parameters.Add(name, section);
        return new StepPartsWriter($"{folder}/{name}", section, entries);
    }
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
        string entry = $"{folder}/{name}.txt";
        try
        {
            return TextLines.Read(Entry(entry));
        }
        catch (FormatException e)
        {
            throw new MLPipelinesException($"{source}: entry '{entry}' cannot be used: {e.Message}.", e);
        }
    }

    public override byte[] ReadFile(string name) => Entry($"{folder}/{name}");

    public override ModelStepReader Section(string name) => parameters[name] is JsonObject section
        ? new StepPartsReader(source, $"{folder}/{name}", version, section, entries)
        : throw Invalid($"part '{name}' is missing");

    public override IScoringModel ReadModel(string name) => ScoringModelTable.LoadModel(Section(name));

    public override MLPipelinesException Invalid(string problem) => new($"{source}: step '{folder}' cannot be loaded: {problem}.");

    private byte[] Entry(string name) => entries.TryGetValue(name, out byte[]? bytes) ? bytes
        : throw new MLPipelinesException($"{source}: entry '{name}' is missing.");

    private T Get<T>(string name, string expected) => TryRead(parameters[name], out T? value) ? value
        : throw Invalid($"parameter '{name}' is {parameters[name]?.ToJsonString() ?? "missing"}, expected {expected}");

    private List<T> List<T>(string name, string expected)
    {
        if (parameters[name] is not JsonArray array) throw Invalid($"parameter '{name}' is missing or not {expected}");
        var list = new List<T>(array.Count);
        foreach (JsonNode? node in array)
            list.Add(TryRead(node, out T? item) ? item : throw Invalid($"parameter '{name}' is not {expected}"));
        return list;
    }

    private static bool TryRead<T>(JsonNode? node, [NotNullWhen(true)] out T? result)
    {
        result = default;
        if (node is not JsonValue value) return false;
        if (value.TryGetValue(out result)) return true;
        if (typeof(T) != typeof(double) || !value.TryGetValue(out string? text) || text is not ("NaN" or "Infinity" or "-Infinity")) return false;
        result = (T)(object)double.Parse(text, CultureInfo.InvariantCulture);
        return true;
    }
}
