using System.Text.Json;

namespace MLPipelines.Server;

/// <summary>A request of the Open Inference Protocol, taken apart; the data of its tensors is where it was, to be read into columns.</summary>
internal sealed class InferenceRequest
{
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 32 };

    private InferenceRequest() { }

    /// <summary>What the answer repeats.</summary>
    internal string? Id { get; private set; }

    internal List<Tensor> Inputs { get; } = [];

    /// <summary>The outputs that are wanted; <see langword="null"/> for all.</summary>
    internal List<string>? Outputs { get; private set; }

    /// <summary>An input.</summary>
    /// <param name="Name">The column.</param>
    /// <param name="Type">The type that the client says it has.</param>
    /// <param name="Shape">The shape; the first number is that of the rows.</param>
    /// <param name="Data">Where its values are in the body.</param>
    internal sealed record Tensor(string Name, string Type, IReadOnlyList<long> Shape, Range Data);

    /// <exception cref="RequestProblemException">It is no such request.</exception>
    internal static InferenceRequest Parse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Reading);
        var request = new InferenceRequest();
        bool hasInputs = false;
        try
        {
            Expect(ref reader, JsonTokenType.StartObject, "the body", "an object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                switch (name)
                {
                    case "id":
                        Expect(ref reader, JsonTokenType.String, name, "text");
                        request.Id = reader.GetString();
                        break;
                    case "inputs":
                        hasInputs = true;
                        Expect(ref reader, JsonTokenType.StartArray, name, "a list of tensors");
                        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) request.Inputs.Add(ReadTensor(ref reader, request.Inputs.Count));
                        break;
                    case "outputs":
                        request.Outputs = ReadOutputs(ref reader);
                        break;
                    default:
                        reader.Read();
                        reader.Skip();
                        break;
                }
            }
            while (reader.Read()) continue;
        }
        catch (JsonException e)
        {
            throw new RequestProblemException(400, string.Create(null, $"The body is not JSON that can be read, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber", 2)[0]}"));
        }
        return hasInputs ? request : throw new RequestProblemException(400, "The request has no 'inputs'.");
    }

    private static Tensor ReadTensor(ref Utf8JsonReader reader, int place)
    {
        string where = string.Create(null, $"inputs[{place}]");
        if (reader.TokenType != JsonTokenType.StartObject) throw Wrong(ref reader, where, "an object");
        string? name = null, type = null;
        List<long>? shape = null;
        Range? data = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string property = reader.GetString()!;
            switch (property)
            {
                case "name":
                    Expect(ref reader, JsonTokenType.String, $"{where}.name", "text");
                    name = reader.GetString();
                    break;
                case "datatype":
                    Expect(ref reader, JsonTokenType.String, $"{where}.datatype", "text such as FP32 or BYTES");
                    type = reader.GetString();
                    break;
                case "shape":
                    Expect(ref reader, JsonTokenType.StartArray, $"{where}.shape", "a list of whole numbers");
                    shape = [];
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        shape.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long size) && size >= 0 ? size : throw Wrong(ref reader, $"{where}.shape", "a whole number of at least 0"));
                    break;
                case "data":
                    Expect(ref reader, JsonTokenType.StartArray, $"{where}.data", "a list");
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = start..(int)reader.BytesConsumed;
                    break;
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }
        if (name is null) throw new RequestProblemException(400, $"{where} has no 'name'.");
        where = $"Input '{name}'";
        if (type is null) throw new RequestProblemException(400, $"{where} has no 'datatype'.");
        if (shape is null) throw new RequestProblemException(400, $"{where} has no 'shape'.");
        return new Tensor(name, type, shape, data ?? throw new RequestProblemException(400, $"{where} has no 'data'. Tensors are sent as JSON; a client of the binary form has a switch for that, such as binary_data=False."));
    }

    private static List<string> ReadOutputs(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "outputs", "a list");
        List<string> names = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw Wrong(ref reader, "outputs", "objects with a name");
            string? name = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isName = reader.ValueTextEquals("name"u8);
                reader.Read();
                if (isName) name = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw Wrong(ref reader, "outputs", "a name that is text");
                else reader.Skip();
            }
            names.Add(name ?? throw new RequestProblemException(400, "One of 'outputs' has no 'name'."));
        }
        return names;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string where, string expected)
    {
        reader.Read();
        if (reader.TokenType != type) throw Wrong(ref reader, where, expected);
    }

    private static RequestProblemException Wrong(ref Utf8JsonReader reader, string where, string expected) => new(400, $"{where}: found {JsonColumnReader.Describe(ref reader)}, expected {expected}.");
}
