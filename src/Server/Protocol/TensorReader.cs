using System.Numerics;
using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Server;

/// <summary>Reads tensors into the columns that a model predicts from: each row of a column is one value of its tensor, or a run of them.</summary>
internal sealed class TensorReader
{
    private readonly ServedModel _model;
    private readonly (TensorType Type, JsonColumnReader Values, VectorReader? Vectors)[] _columns;

    internal TensorReader(ServedModel model)
    {
        _model = model;
        _columns = [.. model.Inputs.Select(input => (TensorType.Of(input.Type), JsonColumnReader.Of(model.InputSchema[input.SchemaIndex]),
            input.Type is VectorDataViewType { ItemType: NumberDataViewType item, IsKnownSize: true } ? NumberTypes.Dispatch(item, new ForVectors()) : null))];
    }

    /// <exception cref="RequestProblemException">A tensor is missing, unknown, or of another type or shape.</exception>
    internal void Read(InferenceRequest request, ReadOnlySpan<byte> body, int mostRows, ScoringRows rows)
    {
        long count = request.Inputs.Count == 0 ? 0 : request.Inputs[0].Shape is [var first, ..] ? first : 1;
        if (count > mostRows) throw new RequestProblemException(413, string.Create(null, $"The request has {count:N0} rows; this server takes {mostRows:N0} at once."));
        bool[] given = new bool[_columns.Length];
        foreach (InferenceRequest.Tensor tensor in request.Inputs)
        {
            int place = -1;
            for (int i = 0; i < _model.Inputs.Count && place < 0; i++)
                if (_model.Inputs[i].Name == tensor.Name) place = i;
            // The model may have columns that no output depends on, and clients that send whole rows.
            if (place < 0 && _model.InputSchema.GetColumnOrNull(tensor.Name) is not null) continue;
            if (place < 0) throw new RequestProblemException(400, $"{_model.Name} has no input '{tensor.Name}'.{NearNames.Hint(tensor.Name, _model.Inputs.Select(input => input.Name))} Its inputs are: {Names()}.");
            if (given[place]) throw new RequestProblemException(400, $"Input '{tensor.Name}' is given twice.");
            given[place] = true;
            Check(tensor, _columns[place].Type, count);
            ReadData(tensor, body[tensor.Data], rows.Input(place), place, count);
        }
        int missing = Array.IndexOf(given, value: false);
        if (missing >= 0) throw new RequestProblemException(400, $"Input '{_model.Inputs[missing].Name}' is missing; the inputs of {_model.Name} are: {Names()}.");
        rows.AddRows((int)count);
    }

    private string Names() => string.Join(", ", _model.Inputs.Select(input => input.Name));

    private static void Check(InferenceRequest.Tensor tensor, TensorType expected, long rows)
    {
        if (!TensorType.IsKnown(tensor.Type)) throw new RequestProblemException(400, $"Input '{tensor.Name}': there is no datatype '{tensor.Type}'; expected {expected.Name}.");
        // Numbers of another type are taken as long as each is one of the column's.
        bool fits = tensor.Type == expected.Name || (TensorType.IsNumber(tensor.Type) && TensorType.IsNumber(expected.Name)) || (expected.Name == "BYTES" && tensor.Type is "BOOL");
        if (!fits) throw new RequestProblemException(400, $"Input '{tensor.Name}': found datatype {tensor.Type}, expected {expected.Name}.");
        long items = Math.Max(expected.Size, 1), found = tensor.Shape.Aggregate(1L, (product, size) => size > 0 && product > long.MaxValue / size ? long.MaxValue : product * size);
        if (expected.Size < 0) throw new RequestProblemException(400, $"Input '{tensor.Name}' is a list of varying length, which no tensor holds. POST /models/{{name}}/predict takes it.");
        if (tensor.Shape is [var first, ..] ? first != rows || found != rows * items : rows * items != 1)
            throw new RequestProblemException(400, string.Create(null, $"Input '{tensor.Name}': found shape [{string.Join(", ", tensor.Shape)}], expected [{rows}{(expected.Size > 0 ? $", {expected.Size}" : "")}]: the same number of rows in every input."));
    }

    private void ReadData(InferenceRequest.Tensor tensor, ReadOnlySpan<byte> data, BatchColumn target, int place, long rows)
    {
        var (type, values, vectors) = _columns[place];
        var reader = new Utf8JsonReader(data);
        reader.Read();
        long expected = rows * Math.Max(type.Size, 1), found = 0;
        while (reader.Read())
        {
            // Lists within lists are the same values with their shape drawn.
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
            if (found++ == expected) break;
            if (vectors is not null ? vectors.TryAppend(ref reader, target, type.Size, (int)((found - 1) % type.Size)) : TryAppend(values, ref reader, target)) continue;
            throw new RequestProblemException(400, string.Create(null, $"Input '{tensor.Name}', value {found}: found {JsonColumnReader.Describe(ref reader)}, expected {(vectors is null ? values.Expected : "a number")}."));
        }
        if (found != expected) throw new RequestProblemException(400, string.Create(null, $"Input '{tensor.Name}': its data has {(found > expected ? "more" : $"{found}")} values, its shape [{string.Join(", ", tensor.Shape)}] says {expected}."));
    }

    private static bool TryAppend(JsonColumnReader values, ref Utf8JsonReader reader, BatchColumn target)
    {
        if (reader.TokenType != JsonTokenType.Null) return reader.TokenType != JsonTokenType.StartObject && values.TryAppend(ref reader, target);
        target.AppendMissing();
        return true;
    }

    /// <summary>Gathers the items of vectors.</summary>
    private abstract class VectorReader
    {
        internal abstract bool TryAppend(ref Utf8JsonReader reader, BatchColumn target, int size, int item);
    }

    private sealed class VectorReader<T> : VectorReader where T : unmanaged, INumber<T>
    {
        internal override bool TryAppend(ref Utf8JsonReader reader, BatchColumn target, int size, int item)
        {
            var column = (VectorColumn<T>)target;
            T value = MissingValue.Of<T>();
            if (reader.TokenType != JsonTokenType.Null && !NumberText<T>.TryRead(ref reader, out value)) return false;
            if (item == 0) column.AppendDense(size);
            column.LastRow()[item] = value;
            return true;
        }
    }

    private sealed class ForVectors : NumberTypes.IVisitor<VectorReader>
    {
        public VectorReader Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => new VectorReader<T>();
    }
}
