using System.Globalization;
using System.Text.Json;

namespace MLPipelines.Server;

/// <summary>What a model can say beside scores of rows: what comes next, lists of items, texts.</summary>
internal abstract class SpecialAnswer
{
    internal static SpecialAnswer? Of(ServedModel model) => model.Kind switch
    {
        ModelKind.Forecasting => new ForecastAnswer(model),
        ModelKind.FinancialForecasting => new StatementAnswer(model),
        ModelKind.Recommendation => new RecommendationAnswer(model),
        ModelKind.TextGeneration => new GenerationAnswer(model),
        _ => null,
    };

    /// <summary>Whether a body asks for it, rather than for scores of rows.</summary>
    internal abstract bool Takes(JsonElement body);

    /// <summary>Writes the items of <c>predictions</c>.</summary>
    /// <param name="body">What was asked for.</param>
    /// <param name="top">How long lists are.</param>
    /// <param name="json">Where it goes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many items there are.</returns>
    internal abstract int Write(JsonElement body, int? top, Utf8JsonWriter json, CancellationToken cancellation);

    /// <summary>The rows of a body: one object, a list, or an object with a list <c>rows</c>.</summary>
    protected static List<JsonElement> RowsOf(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array) return [.. body.EnumerateArray()];
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("rows", out JsonElement rows) && rows.ValueKind == JsonValueKind.Array ? [.. rows.EnumerateArray()] : [body];
    }

    /// <summary>A member of an object, whatever the case of its name; <see langword="null"/> where there is none.</summary>
    protected static JsonElement? Member(JsonElement item, string name)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        if (item.TryGetProperty(name, out JsonElement exact)) return exact.ValueKind == JsonValueKind.Null ? null : exact;
        foreach (JsonProperty property in item.EnumerateObject())
            if (property.NameEquals(name) || property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value.ValueKind == JsonValueKind.Null ? null : property.Value;
        return null;
    }

    /// <exception cref="RequestProblemException">It is no whole number of at least 1.</exception>
    protected static int? Whole(JsonElement item, string name) => Member(item, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 1 ? number : throw Wrong(name, value, "a whole number of at least 1");

    /// <exception cref="RequestProblemException">It is no number.</exception>
    protected static float? Real(JsonElement item, string name) => Member(item, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) ? number : throw Wrong(name, value, "a number");

    /// <summary>A name, which may be a number.</summary>
    protected static string? Name(JsonElement item, string name) => Member(item, name) is { } value ? NameOf(value, name) : null;

    protected static string NameOf(JsonElement value, string member) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw Wrong(member, value, "text"),
    };

    protected static RequestProblemException Wrong(string name, JsonElement found, string expected)
    {
        string text = found.GetRawText();
        return new RequestProblemException(400, string.Create(CultureInfo.InvariantCulture, $"{name}: found {(text.Length <= 60 ? text : text[..60] + "…")}, expected {expected}.")) { Column = name };
    }
}
