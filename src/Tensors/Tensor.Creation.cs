using System.Runtime.InteropServices;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>A tensor of a single number: <c>1 - x</c>.</summary>
    public static implicit operator Tensor(float value) => Full([], value);

    /// <summary>A tensor with the given numbers in order.</summary>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape, Device? device = null) => From(values, shape, ElementType.Float32, device);

    /// <summary>A tensor with the given indices in order.</summary>
    public static Tensor FromIndices(ReadOnlySpan<long> values, Shape shape, Device? device = null) => From(values, shape, ElementType.Int64, device);

    /// <summary>A tensor with one axis.</summary>
    public static Tensor Of(params ReadOnlySpan<float> values) => From(values, [values.Length]);

    /// <summary>Indices with one axis.</summary>
    public static Tensor OfIndices(params ReadOnlySpan<long> values) => FromIndices(values, [values.Length]);

    /// <summary>A tensor of bytes with the given numbers in order.</summary>
    public static Tensor FromBytes(ReadOnlySpan<byte> values, Shape shape, Device? device = null) => From(values, shape, ElementType.UInt8, device);

    public static Tensor Zeros(Shape shape, Device? device = null) => Full(shape, 0, device);

    public static Tensor Ones(Shape shape, Device? device = null) => Full(shape, 1, device);

    public static Tensor Full(Shape shape, float value, Device? device = null)
    {
        Tensor tensor = New(shape, device ?? Device.Cpu);
        tensor.Fill(value);
        return tensor;
    }

    /// <summary>Sets every element, in place.</summary>
    public void Fill(float value)
    {
        ExpectContiguous();
        Backend.Fill(Floats, Count, value);
        GC.KeepAlive(_cell);
    }

    /// <summary>Sets the elements, in order, in place.</summary>
    /// <exception cref="ArgumentException">The number of values is another, or the tensor is a view with gaps.</exception>
    public void CopyFrom(ReadOnlySpan<float> values) => Write(values, ElementType.Float32);

    /// <inheritdoc cref="CopyFrom(ReadOnlySpan{float})"/>
    public void CopyFrom(ReadOnlySpan<long> values) => Write(values, ElementType.Int64);

    /// <summary>Sets the elements to those of another tensor of the same shape and type, in place.</summary>
    public void CopyFrom(Tensor other)
    {
        if (other.Shape != Shape) throw new ArgumentException($"A tensor {Shape} cannot take the elements of one {other.Shape}.", nameof(other));
        other.Expect(ElementType);
        ExpectContiguous();
        Backend.Copy(other.Pointer, Pointer, ElementType.Size(), new Memory.Strided(other.Shape, other.Cell.Strides));
        GC.KeepAlive(_cell);
        GC.KeepAlive(other._cell);
    }

    /// <inheritdoc cref="CopyFrom(ReadOnlySpan{float})"/>
    public void CopyFrom(ReadOnlySpan<byte> values) => Write(values, ElementType.UInt8);

    /// <summary>Writes the elements in order.</summary>
    public void CopyTo(Span<float> values) => Read(values, ElementType.Float32);

    /// <inheritdoc cref="CopyTo(Span{float})"/>
    public void CopyTo(Span<long> values) => Read(values, ElementType.Int64);

    /// <summary>The elements in order.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>The elements of a tensor of indices in order.</summary>
    public long[] ToIndices()
    {
        long[] values = new long[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>The number of a tensor that has only one.</summary>
    public float ToScalar()
    {
        float value = 0;
        CopyTo(new Span<float>(ref value));
        return value;
    }

    /// <summary>The memory of a tensor without gaps on the processor. The tensor must be referred to as long as this is used.</summary>
    internal Span<byte> CpuBytes
    {
        get
        {
            ExpectContiguous();
            return Device == Device.Cpu ? new Span<byte>(Pointer, checked(Count * ElementType.Size())) : throw new InvalidOperationException("The tensor is on another device.");
        }
    }

    /// <summary>The index of a tensor that has only one.</summary>
    public long ToIndex()
    {
        long value = 0;
        CopyTo(new Span<long>(ref value));
        return value;
    }

    private static Tensor From<T>(ReadOnlySpan<T> values, in Shape shape, ElementType type, Device? device) where T : unmanaged
    {
        if (values.Length != shape.Count) throw new ArgumentException($"A tensor {shape} has {shape.Count} elements; {values.Length} were given.", nameof(values));
        Tensor tensor = New(shape, device ?? Device.Cpu, type);
        tensor.Write(values, type);
        return tensor;
    }

    private void Write<T>(ReadOnlySpan<T> values, ElementType type) where T : unmanaged
    {
        Expect(type);
        ExpectContiguous();
        if (values.Length != Count) throw new ArgumentException($"A tensor {Shape} has {Count} elements; {values.Length} were given.", nameof(values));
        Backend.Upload(MemoryMarshal.AsBytes(values), Pointer);
        GC.KeepAlive(_cell);
    }

    private void Read<T>(Span<T> values, ElementType type) where T : unmanaged
    {
        Expect(type);
        if (values.Length != Count) throw new ArgumentException($"A tensor {Shape} has {Count} elements; there is room for {values.Length}.", nameof(values));
        Tensor dense = Dense();
        dense.Backend.Download(dense.Pointer, MemoryMarshal.AsBytes(values));
        GC.KeepAlive(_cell);
        Memory.StepStack.Current.EndOperation();
    }

    private void ExpectContiguous()
    {
        if (!IsContiguous) throw new ArgumentException($"Only a tensor without gaps can be changed in place; this view {Shape} is not one.");
    }
}
