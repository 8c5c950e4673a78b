using System.Text.Json;
using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Server;

/// <summary>Continuations of prompts: <c>{"prompt": "…", "maxTokens": 50, "temperature": 0.8, "topK", "topP", "repetitionPenalty", "stop": ["\n"], "seed": 1}</c>, or a list of such.</summary>
internal sealed class GenerationAnswer(ServedModel model) : SpecialAnswer
{
    private readonly TextGenerator _generator = TextGenerator.Of(model.Transformer)!;

    internal override bool Takes(JsonElement body) => true;

    internal override int Write(JsonElement body, int? top, Utf8JsonWriter json, CancellationToken cancellation)
    {
        List<JsonElement> rows = RowsOf(body);
        for (int i = 0; i < rows.Count; i++)
        {
            string prompt = rows[i].ValueKind == JsonValueKind.String ? rows[i].GetString()! : Name(rows[i], "prompt") ?? throw RequestProblemException.At(i, "prompt", "it is missing.");
            GeneratedText text = _generator.Generate(prompt, OptionsOf(rows[i]), cancellation);
            json.WriteStartObject();
            json.WriteString("text", text.Text);
            json.WriteString("stopReason", JsonNamingPolicy.CamelCase.ConvertName(text.StopReason.ToString()));
            json.WriteNumber("promptTokens", text.PromptTokens);
            json.WriteNumber("tokens", text.Tokens);
            json.WriteEndObject();
        }
        return rows.Count;
    }

    private TextGenerationOptions OptionsOf(JsonElement row)
    {
        TextGenerationOptions usual = _generator.Model.Options;
        return usual with
        {
            MaxTokens = Whole(row, "maxTokens") ?? usual.MaxTokens,
            Temperature = Real(row, "temperature") ?? usual.Temperature,
            TopK = Whole(row, "topK") ?? usual.TopK,
            TopP = Real(row, "topP") ?? usual.TopP,
            RepetitionPenalty = Real(row, "repetitionPenalty") ?? usual.RepetitionPenalty,
            StopTexts = Member(row, "stop") is not { } stop ? usual.StopTexts : stop.ValueKind == JsonValueKind.Array ? [.. stop.EnumerateArray().Select(text => NameOf(text, "stop"))] : [NameOf(stop, "stop")],
            Seed = Member(row, "seed") is not { } seed ? usual.Seed : seed.ValueKind == JsonValueKind.Number && seed.TryGetInt32(out int number) ? number : throw Wrong("seed", seed, "a whole number"),
        };
    }
}
