using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Onnx;

/// <summary>Numbers of a known shape are written by the model into the column's memory; others are copied.</summary>
/// <typeparam name="T">The .NET type of the column's items.</typeparam>
internal sealed unsafe class NumberOutputPort<T> : OutputPort where T : unmanaged
{
    private readonly OnnxElementType _element;
    private readonly nint _memory;
    private readonly VectorColumn<T>? _vectors;
    private readonly ValueColumn<T>? _scalars;
    private readonly int _size;
    private readonly long[] _shape;
    private readonly bool _converts;
    private bool _isInPlace;
    private T* _first;
    private T* _bound;
    private int _boundCount;
    private nint _value;

    internal NumberOutputPort(OrtApi api, nint memory, OnnxPort port) : base(api, port)
    {
        (_memory, _element) = (memory, ((TensorSpec)port.Spec).Element);
        _converts = _element is OnnxElementType.Float16 or OnnxElementType.BFloat16;
        if (port.OutputType is VectorDataViewType vector) _vectors = new VectorColumn<T>(_size = vector.Size);
        else _scalars = new ValueColumn<T>();
        if (_scalars is not null) _size = 1;
        _shape = [.. port.Dimensions ?? []];
        _isInPlace = _size > 0 && !_converts && port.Dimensions is not null && port.Node.Spec is TensorSpec;
    }

    internal override BatchColumn Column => (BatchColumn?)_vectors ?? _scalars!;

    internal override bool IsInPlace => _isInPlace;

    internal override void LeavePlace() => _isInPlace = false;

    internal override void Hold(int rows, OnnxScorer scorer, int index)
    {
        if (!_isInPlace)
        {
            base.Hold(rows, scorer, index);
            return;
        }
        fixed (T* first = _vectors is null ? _scalars!.Resize(rows) : _vectors.Resize(rows))
        {
            _first = first;
            scorer.HeldOutput(index + 1);
        }
    }

    internal override bool Select(int first, int count, out nint value)
    {
        T* start = _first + ((long)first * _size);
        bool isNew = _value == 0 || start != _bound || count != _boundCount;
        if (isNew)
        {
            if (_value != 0) Api.Release(OrtRelease.Value, _value);
            _value = 0;
            if (Port.HasRows) _shape[0] = count;
            _value = Api.CreateTensor(_memory, start, (nuint)((long)count * _size * sizeof(T)), _shape, _element);
            _bound = start;
            _boundCount = count;
        }
        value = _value;
        return isNew;
    }

    internal override void Take(nint value, int count)
    {
        int length = LengthOf(value, count, _size, out _);
        void* data = Api.DataOf(value);
        for (int row = 0; row < count; row++)
        {
            if (_scalars is not null)
            {
                T item = default;
                Copy(data, row, new Span<T>(ref item));
                _scalars.Append(item);
            }
            else
            {
                Copy(data, (long)row * length, _vectors!.AppendDense(length));
            }
        }
    }

    private void Copy(void* data, long start, Span<T> target)
    {
        if (!_converts)
        {
            new ReadOnlySpan<T>((T*)data + start, target.Length).CopyTo(target);
            return;
        }
        Span<float> numbers = MemoryMarshal.Cast<T, float>(target);
        for (int i = 0; i < numbers.Length; i++) numbers[i] = _element == OnnxElementType.Float16 ? (float)((Half*)data)[start + i] : ((BFloat16*)data)[start + i];
    }

    public override void Dispose()
    {
        if (_value != 0) Api.Release(OrtRelease.Value, _value);
        _value = 0;
    }
}
