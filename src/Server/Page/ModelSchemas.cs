using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Server;

/// <summary>The part of the OpenAPI document that is about one model: its operation, what a row is and what is answered.</summary>
internal sealed class ModelSchemas(ServedModel model, string reference, int number)
{
    private readonly ExampleValues _examples = new(model.Manifest.Training?.Profile);
    private readonly string _schema = string.Create(null, $"{new string([.. model.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')])}_{number}");

    internal void WritePath(Utf8JsonWriter json, bool needsKey)
    {
        json.WriteStartObject($"/models/{Uri.EscapeDataString(reference).Replace("%40", "@", StringComparison.Ordinal)}/predict");
        json.WriteStartObject("post");
        json.WriteString("operationId", $"predict_{_schema}");
        json.WriteString("summary", $"Predictions by {reference}");
        if (model.Manifest.Training?.Scenario is { } scenario) json.WriteString("description", $"{scenario}, version {model.Version}, trained {model.Manifest.Training.TrainedAt:yyyy-MM-dd}.");
        json.WriteStartObject("x-model");
        json.WriteString("name", model.Name);
        json.WriteString("reference", reference);
        json.WriteNumber("version", model.Version);
        json.WriteString("kind", ModelEndpoints.Name(model.Kind));
        json.WriteEndObject();
        json.WriteStartArray("parameters");
        if (model.Labels.Count > 0) WriteParameter(json, "top", "How many labels are ranked, or all.");
        json.WriteEndArray();
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", value: true);
        WriteContent(json, "application/json", () =>
        {
            json.WriteStartObject("schema");
            json.WriteStartArray("oneOf");
            WriteReference(json, "Row");
            json.WriteStartObject();
            json.WriteString("type", "array");
            json.WritePropertyName("items");
            WriteReference(json, "Row");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("example");
            WriteExample(json);
            json.WriteEndArray();
        });
        json.WriteEndObject();
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "A prediction for each row, in their order");
        WriteContent(json, "application/json", () =>
        {
            json.WritePropertyName("schema");
            WriteReference(json, "Answer");
        });
        json.WriteEndObject();
        List<(string Status, string Meaning)> problems = [("400", "A row or the request cannot be understood"), ("413", "The request is too large"), ("429", "Too many requests wait"), ("504", "The deadline passed")];
        if (needsKey) problems.Insert(1, ("401", "A key is needed"));
        foreach (var (status, meaning) in problems)
        {
            json.WriteStartObject(status);
            json.WriteString("description", meaning);
            WriteContent(json, "application/problem+json", () =>
            {
                json.WriteStartObject("schema");
                json.WriteString("$ref", "#/components/schemas/Problem");
                json.WriteEndObject();
            });
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal void WriteSchemas(Utf8JsonWriter json)
    {
        json.WriteStartObject($"{_schema}.Row");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (ModelInput input in model.Inputs)
        {
            if (input.Slots is null) WriteInput(json, input.Name, input.Type);
            else foreach (string slot in input.Slots) WriteInput(json, slot, ((VectorDataViewType)input.Type).ItemType);
        }
        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach (string name in model.Inputs.SelectMany(input => input.Slots ?? [input.Name])) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
        WriteAnswer(json);
    }

    private void WriteInput(Utf8JsonWriter json, string name, DataViewType type)
    {
        json.WriteStartObject(name);
        if (type is VectorDataViewType vector)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            WriteType(json, vector.ItemType, orNull: true);
            json.WriteEndObject();
            if (vector.IsKnownSize)
            {
                json.WriteNumber("minItems", vector.Size);
                json.WriteNumber("maxItems", vector.Size);
            }
        }
        else
        {
            WriteType(json, type, orNull: true);
            if (type is ImageDataViewType) json.WriteString("description", "The bytes of a picture file in base64.");
            _examples.WriteAbout(json, name, type);
        }
        json.WriteEndObject();
    }

    private void WriteExample(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (ModelInput input in model.Inputs)
        {
            if (input.Slots is not null)
            {
                foreach (string slot in input.Slots) Write(slot, ((VectorDataViewType)input.Type).ItemType);
            }
            else if (input.Type is VectorDataViewType vector)
            {
                json.WriteStartArray(input.Name);
                for (int i = 0; i < Math.Min(vector.Size, 1000); i++) ExampleValues.WriteAny(json, vector.ItemType);
                json.WriteEndArray();
            }
            else Write(input.Name, input.Type);
        }
        json.WriteEndObject();

        void Write(string name, DataViewType type)
        {
            json.WritePropertyName(name);
            _examples.Write(json, name, type);
        }
    }

    private void WriteAnswer(Utf8JsonWriter json)
    {
        json.WriteStartObject($"{_schema}.Prediction");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        if (model.Labels.Count > 0)
        {
            WriteLabel(json, "label");
            WriteProbability(json);
            json.WriteStartObject("alternatives");
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            WriteLabel(json, "label");
            WriteProbability(json);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            foreach (DataViewSchema.Column column in model.Outputs.Where(column => !ModelKinds.IsAlerts(column)))
            {
                json.WriteStartObject(column.Name == ScoreColumns.PredictedLabel ? "label" : PredictionFormat.Encoded(column.Name).Value);
                if (column.Type is not VectorDataViewType) WriteType(json, column.Type, orNull: true);
                json.WriteEndObject();
            }
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject($"{_schema}.Answer");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject("model");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteStartObject("version");
        json.WriteString("type", "integer");
        json.WriteEndObject();
        json.WriteStartObject("predictions");
        json.WriteString("type", "array");
        json.WritePropertyName("items");
        WriteReference(json, "Prediction");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteLabel(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "string");
        json.WriteStartArray("enum");
        foreach (string label in model.Labels) json.WriteStringValue(label);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProbability(Utf8JsonWriter json)
    {
        json.WriteStartObject("probability");
        json.WriteString("type", "number");
        json.WriteNumber("minimum", 0);
        json.WriteNumber("maximum", 1);
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, DataViewType type, bool orNull)
    {
        string name = type switch
        {
            BooleanDataViewType => "boolean",
            NumberDataViewType number => number.RawType == typeof(float) || number.RawType == typeof(double) ? "number" : "integer",
            _ => "string",
        };
        if (!orNull)
        {
            json.WriteString("type", name);
            return;
        }
        json.WriteStartArray("type");
        json.WriteStringValue(name);
        json.WriteStringValue("null");
        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, string name, string description)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", "query");
        json.WriteString("description", description);
        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, string type, Action write)
    {
        json.WriteStartObject("content");
        json.WriteStartObject(type);
        write();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteReference(Utf8JsonWriter json, string part)
    {
        json.WriteStartObject();
        json.WriteString("$ref", $"#/components/schemas/{_schema}.{part}");
        json.WriteEndObject();
    }
}
