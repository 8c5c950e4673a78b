using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Onnx;

/// <summary>
/// Gives numbers where they are: rows that lie side by side in memory are the tensor. Only sparse rows, and those of models
/// that compute with 16-bit numbers, are copied.
/// </summary>
/// <typeparam name="T">The .NET type of the column's items.</typeparam>
internal sealed unsafe class NumberInputPort<T>(OrtApi api, nint memory, OnnxPort port, OnnxInputShape shape, DataViewSchema.Column column)
    : InputPort(api, port, shape, column) where T : unmanaged
{
    private readonly OnnxElementType _element = ((TensorSpec)port.Spec).Element;
    private T[] _dense = [];
    private Half[] _halves = [];
    private BFloat16[] _brains = [];
    private byte* _first;
    private byte* _bound;
    private VectorColumn<T>? _vectors;
    private int _size;

    private int ItemBytes => typeof(T) == typeof(float) && _element is OnnxElementType.Float16 or OnnxElementType.BFloat16 ? 2 : sizeof(T);

    internal override void Hold(Batch rows, OnnxScorer scorer, int index)
    {
        ReadOnlySpan<T> items = Items(rows[Column.Index]);
        if (_element == OnnxElementType.Float16 && typeof(T) == typeof(float))
        {
            if (_halves.Length < items.Length) _halves = new Half[items.Length];
            TensorPrimitives.ConvertToHalf(System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(items), _halves);
            Hold<Half>(_halves, scorer, index);
        }
        else if (_element == OnnxElementType.BFloat16 && typeof(T) == typeof(float))
        {
            if (_brains.Length < items.Length) _brains = new BFloat16[items.Length];
            ReadOnlySpan<float> numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(items);
            for (int i = 0; i < numbers.Length; i++) _brains[i] = (BFloat16)numbers[i];
            Hold<BFloat16>(_brains, scorer, index);
        }
        else
        {
            Hold(items, scorer, index);
        }
    }

    private void Hold<TItem>(ReadOnlySpan<TItem> items, OnnxScorer scorer, int index) where TItem : unmanaged
    {
        TItem none;
        fixed (TItem* first = items)
        {
            // Rows that are empty lie nowhere, which the library takes for a mistake.
            _first = (byte*)(first == null ? &none : first);
            scorer.Held(index + 1);
        }
    }

    protected override bool Select(int first, int count, int length, ref nint value)
    {
        byte* start = _first + ((long)(_vectors is { Size: 0 } ? _vectors.Starts[first] : first * _size) * ItemBytes);
        bool isNew = Shape(count, length, out ReadOnlySpan<long> sizes) | value == 0 | start != _bound;
        if (!isNew) return false;
        Release(ref value);
        value = Api.CreateTensor(memory, start, (nuint)((long)count * length * ItemBytes), sizes, _element);
        _bound = start;
        return true;
    }

    protected override int LengthOf(Batch rows, int row) => rows[Column.Index] is VectorColumn<T> vectors ? LengthOf(vectors, row) : 1;

    protected override int LengthOf(int row) => _vectors is null ? 1 : LengthOf(_vectors, row);

    private static int LengthOf(VectorColumn<T> vectors, int row) => vectors.Size > 0 ? vectors.Size : vectors.Starts[row + 1] - vectors.Starts[row];

    private ReadOnlySpan<T> Items(BatchColumn values)
    {
        _vectors = values as VectorColumn<T>;
        if (_vectors is null)
        {
            _size = 1;
            return ((ValueColumn<T>)values).Values;
        }
        _size = _vectors.Size;
        if (_vectors.IsDense) return _vectors.Values;
        int length = checked(_vectors.RowCount * _size);
        if (_dense.Length < length) _dense = new T[length];
        for (int row = 0; row < _vectors.RowCount; row++) _vectors[row].CopyTo(_dense.AsSpan(row * _size, _size));
        return _dense.AsSpan(0, length);
    }
}
