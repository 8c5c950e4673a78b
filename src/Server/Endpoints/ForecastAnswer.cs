using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Server;

/// <summary>
/// What follows the last observation of each series: <c>{"horizon": 12, "series": ["a"], "observations": [rows that came since]}</c>, all of which may be left out. Rows in
/// <c>rows</c> are forecast for at their own times instead, as scores of rows.
/// </summary>
internal sealed class ForecastAnswer : SpecialAnswer
{
    private readonly SeriesForecastingTransformer _forecaster;
    private readonly RowScorer _observations;
    private readonly JsonRowReader _reader;

    internal ForecastAnswer(ServedModel model)
    {
        _forecaster = (SeriesForecastingTransformer)ITransformerChain.Flatten(model.Transformer).First();
        _observations = new RowScorer(model, _forecaster, _forecaster.GetOutputSchema(model.InputSchema));
        _reader = new JsonRowReader(model.InputSchema, _observations.Inputs);
    }

    internal override bool Takes(JsonElement body) => body.ValueKind == JsonValueKind.Object && !body.TryGetProperty("rows", out _)
        && !body.EnumerateObject().Any(member => _observations.Inputs.Any(input => input.Name == member.Name && member.Name != "series"));

    internal override int Write(JsonElement body, int? top, Utf8JsonWriter json, CancellationToken cancellation)
    {
        SeriesForecastingTransformer forecaster = Observed(body);
        HashSet<string>? wanted = Member(body, "series") is not { } series ? null
            : [.. (series.ValueKind == JsonValueKind.Array ? series.EnumerateArray().ToArray() : [series]).Select(name => Known(NameOf(name, "series")))];
        int count = 0;
        foreach (PanelForecast forecast in forecaster.Forecast(Whole(body, "horizon"), Level(body)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (wanted is not null && !wanted.Contains(forecast.Series)) continue;
            json.WriteStartObject();
            if (forecaster.SeriesColumnName is not null) json.WriteString("series", forecast.Series);
            json.WriteStartArray("points");
            foreach (ForecastPoint point in forecast.Points) Write(json, point);
            json.WriteEndArray();
            json.WriteEndObject();
            count++;
        }
        return count;
    }

    private SeriesForecastingTransformer Observed(JsonElement body)
    {
        if (Member(body, "observations") is not { } observations) return _forecaster;
        using ScoringRows rows = _observations.Rent();
        _reader.Read(JsonSerializer.SerializeToUtf8Bytes(observations, ElementJson.Default.JsonElement), rows);
        return _forecaster.Observe(rows.ToView(), out _);
    }

    private static float? Level(JsonElement body) => Real(body, "level") is not { } level ? null
        : level is > 0 and < 1 ? level : throw Wrong("level", Member(body, "level")!.Value, "a share above 0 and below 1");

    private string Known(string name) => _forecaster.Numbers.ContainsKey(name) ? name
        : throw new RequestProblemException(400, $"series: there is no series '{name}'.{NearNames.Hint(name, _forecaster.Numbers.Keys.Take(1000))}") { Column = "series" };

    private static void Write(Utf8JsonWriter json, ForecastPoint point)
    {
        json.WriteStartObject();
        json.WriteString("time", point.Time);
        Number("forecast", point.Mean);
        Number("lower", point.Lower);
        Number("upper", point.Upper);
        json.WriteEndObject();

        void Number(string name, double value)
        {
            if (double.IsFinite(value)) json.WriteNumber(name, value);
            else json.WriteNull(name);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class ElementJson : System.Text.Json.Serialization.JsonSerializerContext;
