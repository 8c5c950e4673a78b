using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

/// <summary>
/// Numbers in a regular grid, features last: images are (N, H, W, C), sequences (N, T, C), matrices (rows, columns). A tensor is a handle of 16
/// bytes: copies refer to the same elements. Operations make new tensors and never change their inputs; what does change a tensor in place says
/// so by its name (<see cref="CopyFrom(ReadOnlySpan{float})"/>, <see cref="Fill"/>). One made in a <see cref="Step"/> ends with it, and a handle used after that is an error.
/// </summary>
public readonly unsafe partial struct Tensor : IEquatable<Tensor>
{
    private readonly TensorCell? _cell;
    private readonly int _generation;

    internal Tensor(TensorCell cell) => (_cell, _generation) = (cell, cell.Generation);

    /// <summary>No tensor: an absent bias, a gradient that is not there.</summary>
    public static Tensor None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => _cell is null;

    public Shape Shape => Cell.Shape;

    public ElementType ElementType => Cell.Type;

    public Device Device => Cell.Device;

    /// <summary>How many axes there are.</summary>
    public int Rank => Cell.Shape.Rank;

    /// <summary>How many elements there are.</summary>
    public int Count => Cell.Shape.Count;

    /// <summary>Whether the elements lie in memory in the order of the axes without gaps.</summary>
    public bool IsContiguous => Strided.IsContiguous(Cell.Shape, Cell.Strides);

    /// <exception cref="InvalidOperationException">The step that the tensor was made in has ended, or this is <see cref="None"/>.</exception>
    internal TensorCell Cell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_cell is null || _cell.Generation != _generation) ThrowNotThere();
            return _cell;
        }
    }

    internal Backend Backend => Cell.Device.Backend;

    /// <summary>The first element. The tensor must be referred to as long as this is used.</summary>
    internal float* Floats
    {
        get
        {
            Expect(ElementType.Float32);
            return (float*)Pointer;
        }
    }

    /// <summary>The first element, or null where there is no tensor.</summary>
    internal float* FloatsOrNull => IsNone ? null : Floats;

    /// <inheritdoc cref="Floats"/>
    internal long* Integers
    {
        get
        {
            Expect(ElementType.Int64);
            return (long*)Pointer;
        }
    }

    /// <inheritdoc cref="Floats"/>
    internal byte* Pointer => Cell.Storage.Pointer + (long)Cell.Offset * Cell.Type.Size();

    /// <summary>Lets the tensor outlive every step: it lives as long as it is referred to, or until <see cref="Release"/>.</summary>
    public Tensor Keep()
    {
        StepStack.Current.Disown(Cell);
        return this;
    }

    /// <summary>Gives the memory back at once instead of at the end of the step. Every copy of this handle ends with it.</summary>
    public void Release()
    {
        StepStack stack = StepStack.Current;
        stack.Disown(Cell);
        stack.Recycle(Cell);
    }

    public bool Equals(Tensor other) => _cell == other._cell && _generation == other._generation;

    public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_cell is null ? 0 : RuntimeHelpers.GetHashCode(_cell), _generation);

    public static bool operator ==(Tensor left, Tensor right) => left.Equals(right);

    public static bool operator !=(Tensor left, Tensor right) => !left.Equals(right);

    public override string ToString() =>
        IsNone ? "no tensor" : Count == 1 && ElementType == ElementType.Float32 ? ToScalar().ToString(CultureInfo.InvariantCulture) : $"{ElementType} {Shape}";

    internal void Expect(ElementType type, [CallerMemberName] string operation = "")
    {
        if (Cell.Type != type) throw new ArgumentException($"{operation}: the tensor {Shape} holds {Cell.Type}, expected {type}. Tensor.To({type}) converts it.");
    }

    /// <summary>A tensor whose elements are not set yet.</summary>
    internal static Tensor New(in Shape shape, Device device, ElementType type = ElementType.Float32)
    {
        TensorCell cell = StepStack.Current.NewCell();
        return Over(cell, device.Backend.Pool.Rent((long)shape.Count * type.Size()), 0, shape, Strided.Contiguous(shape), type, device);
    }

    internal Tensor NewLike(in Shape shape) => New(shape, Cell.Device);

    /// <summary>Another way to look at the same elements.</summary>
    internal Tensor View(in Shape shape, in Shape strides, int offset)
    {
        TensorCell cell = Cell;
        cell.Storage.Take();
        return Over(StepStack.Current.NewCell(), cell.Storage, cell.Offset + offset, shape, strides, cell.Type, cell.Device);
    }

    /// <summary>The tensor with its elements in order without gaps: itself, or a copy that ends with the step or the operation.</summary>
    internal Tensor Dense() => IsContiguous ? this : Copied(Cell.Shape, Cell.Strides);

    internal Tensor DenseOrNone() => IsNone ? this : Dense();

    /// <summary>The same repeated to a shape.</summary>
    internal Tensor Repeated(in Shape shape) => Shape == shape ? Dense() : Copied(shape, Strided.Repeated(Shape, Cell.Strides, shape));

    /// <summary>Changes what the elements are; every handle sees it. The tensor is its own, not a view, and forgets its gradient.</summary>
    internal void ConvertInPlace(ElementType type)
    {
        if (type == ElementType) return;
        using var step = new Step();
        using var quiet = new NoGradient();
        TensorCell converted = To(type).Cell, cell = Cell;
        ClearGradient();
        (cell.Storage, converted.Storage) = (converted.Storage, cell.Storage);
        (cell.Type, converted.Type) = (converted.Type, cell.Type);
        (cell.Strides, cell.Offset) = (converted.Strides, converted.Offset);
    }

    private Tensor Copied(in Shape shape, in Shape strides)
    {
        StepStack stack = StepStack.Current;
        TensorCell cell = stack.NewCell();
        if (stack.Depth == 0) stack.Own(cell);
        Tensor copy = Over(cell, Backend.Pool.Rent((long)shape.Count * ElementType.Size()), 0, shape, Strided.Contiguous(shape), ElementType, Device);
        Backend.Copy(Pointer, copy.Pointer, ElementType.Size(), new Strided(shape, strides));
        GC.KeepAlive(_cell);
        return copy;
    }

    private static Tensor Over(TensorCell cell, Storage storage, int offset, in Shape shape, in Shape strides, ElementType type, Device device)
    {
        (cell.Storage, cell.Offset, cell.Shape, cell.Strides, cell.Type, cell.Device) = (storage, offset, shape, strides, type, device);
        return new Tensor(cell);
    }

    [DoesNotReturn]
    private void ThrowNotThere() => throw new InvalidOperationException(_cell is null
        ? "There is no tensor here (Tensor.None)."
        : "This tensor was made in a step that has ended. Read its numbers before the step ends, or let it live on: Tensor.Keep() outside of all steps, Step.Return(tensor) in the surrounding one.");
}
