using MLPipelines.Data;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines.Onnx;

/// <summary>Maps and sequences, copied into objects. A sequence over several rows has one element for each.</summary>
/// <typeparam name="T">The .NET type of the column's values.</typeparam>
internal sealed class ObjectOutputPort<T>(OrtApi api, OnnxPort port, OnnxObjectKind kind) : OutputPort(api, port)
{
    private readonly ValueColumn<T> _values = new();

    internal override BatchColumn Column => _values;

    internal override void Take(nint value, int count)
    {
        OnnxValue taken = OnnxValueTransfer.ToManaged(Api, value);
        if (count == 1)
        {
            _values.Append(taken is OnnxNone ? default! : (T)kind.Read(taken));
            return;
        }
        foreach (OnnxValue row in OnnxRows.Split(taken, count)) _values.Append((T)kind.Read(row));
    }
}
