using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors;

/// <summary>
/// The sizes of a tensor, at most <see cref="MaxRank"/> of them, held in place: a shape is written <c>[64, 28, 28, 1]</c> and never allocates.
/// The empty shape <c>[]</c> is that of a single number. Axes count from 0, or from the end when negative: -1 is the last.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Of))]
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The most axes that a tensor can have.</summary>
    public const int MaxRank = 6;

    private readonly Sizes _sizes;

    private Shape(ReadOnlySpan<int> sizes)
    {
        Rank = sizes.Length;
        sizes.CopyTo(_sizes);
    }

    /// <summary>How many axes there are.</summary>
    public int Rank { get; }

    /// <summary>How many elements a tensor of this shape has.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int size in this) count *= size;
            return count;
        }
    }

    /// <summary>The size along an axis.</summary>
    public int this[int axis] => _sizes[Axis(axis)];

    /// <exception cref="ArgumentException">There are too many sizes, one is negative, or the elements are more than 2³¹ - 1.</exception>
    public static Shape Of(ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank) throw new ArgumentException($"A tensor has {MaxRank} axes at most, not {sizes.Length}.", nameof(sizes));
        long count = 1;
        foreach (int size in sizes)
        {
            if (size < 0) throw new ArgumentException($"The shape {Text(sizes)} has a negative size.", nameof(sizes));
            count *= size;
            if (count > int.MaxValue) throw new ArgumentException($"The shape {Text(sizes)} has more elements than a tensor can hold (2³¹ - 1).", nameof(sizes));
        }
        return new Shape(sizes);
    }

    /// <summary>Any numbers, such as strides, in the place of sizes.</summary>
    internal static Shape OfAny(ReadOnlySpan<int> values) => new(values);

    [UnscopedRef]
    public ReadOnlySpan<int> AsSpan() => ((ReadOnlySpan<int>)_sizes)[..Rank];

    [UnscopedRef]
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <summary>An axis counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        int found = axis < 0 ? axis + Rank : axis;
        if ((uint)found >= (uint)Rank) throw new ArgumentOutOfRangeException(nameof(axis), $"The shape {this} has no axis {axis}.");
        return found;
    }

    /// <summary>The same shape with another size along one axis.</summary>
    public Shape With(int axis, int size)
    {
        Sizes sizes = _sizes;
        sizes[Axis(axis)] = size;
        return Of(((ReadOnlySpan<int>)sizes)[..Rank]);
    }

    /// <summary>The shape with an axis more, before the one that has its place now.</summary>
    public Shape Insert(int axis, int size)
    {
        int at = axis < 0 ? axis + Rank + 1 : axis;
        if ((uint)at > (uint)Rank) throw new ArgumentOutOfRangeException(nameof(axis), $"An axis cannot be put at {axis} of the shape {this}.");
        if (Rank == MaxRank) throw new ArgumentException($"A tensor has {MaxRank} axes at most; {this} has no room for one more.", nameof(axis));
        Span<int> sizes = stackalloc int[Rank + 1];
        AsSpan()[..at].CopyTo(sizes);
        sizes[at] = size;
        AsSpan()[at..].CopyTo(sizes[(at + 1)..]);
        return new Shape(sizes);
    }

    /// <summary>The shape with an axis less.</summary>
    public Shape Without(int axis)
    {
        axis = Axis(axis);
        Sizes sizes = _sizes;
        for (int i = axis; i + 1 < Rank; i++) sizes[i] = sizes[i + 1];
        return new Shape(((ReadOnlySpan<int>)sizes)[..(Rank - 1)]);
    }

    /// <summary>The shape that both are repeated to: sizes are compared from the last, and a size of 1 or none takes the other's.</summary>
    /// <exception cref="ArgumentException">Two sizes differ and neither is 1.</exception>
    public static Shape Broadcast(in Shape a, in Shape b)
    {
        if (a == b) return a;
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> sizes = stackalloc int[rank];
        for (int back = 1; back <= rank; back++)
        {
            int left = back <= a.Rank ? a[-back] : 1, right = back <= b.Rank ? b[-back] : 1;
            if (left != right && left != 1 && right != 1)
                throw new ArgumentException($"The shapes {a} and {b} do not go together: {left} and {right} differ and neither is 1.");
            sizes[rank - back] = left == 1 ? right : left;
        }
        return Of(sizes);
    }

    public bool Equals(Shape other) => AsSpan().SequenceEqual(other.AsSpan());

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in this) hash.Add(size);
        return hash.ToHashCode();
    }

    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    public override string ToString() => Text(AsSpan());

    private static string Text(ReadOnlySpan<int> sizes) => $"({string.Join(", ", sizes.ToArray())})";

    [InlineArray(MaxRank)]
    private struct Sizes
    {
        private int _first;
    }
}
