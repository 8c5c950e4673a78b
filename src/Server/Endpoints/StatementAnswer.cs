using System.Text.Json;
using MLPipelines.Scenarios.FinancialForecasting;

namespace MLPipelines.Server;

/// <summary>The periods that follow the last one of a statement: <c>{"horizon": 4}</c>, which may be left out.</summary>
internal sealed class StatementAnswer(ServedModel model) : SpecialAnswer
{
    private readonly FinancialModel _model = FinancialModel.Of(model.Transformer)!;

    internal override bool Takes(JsonElement body) => true;

    internal override int Write(JsonElement body, int? top, Utf8JsonWriter json, CancellationToken cancellation)
    {
        IReadOnlyList<FinancialOutlook> outlooks = _model.Forecast(Whole(body, "horizon"));
        foreach (FinancialOutlook outlook in outlooks)
        {
            json.WriteStartObject();
            json.WriteString("date", outlook.Date);
            json.WriteStartObject("lines");
            for (int i = 0; i < _model.Lines.Count; i++)
            {
                json.WriteStartObject(_model.Lines[i]);
                json.WriteNumber("forecast", outlook.Expected[i]);
                json.WriteNumber("lower", outlook.Lower[i]);
                json.WriteNumber("upper", outlook.Upper[i]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return outlooks.Count;
    }
}
