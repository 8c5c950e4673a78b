using System.Runtime.CompilerServices;

namespace MLPipelines.Data;

/// <summary>
/// One vector value: dense (all items in order) or sparse (the items that differ from the default, with rising indices).
/// </summary>
public readonly struct VBuffer<T>
{
    private readonly T[]? _values;
    private readonly int[]? _indices;
    private readonly int _count;

    /// <summary>The number of items, stored or not.</summary>
    public int Length { get; }

    public VBuffer(int length, T[] values, int[]? indices = null) : this(length, values?.Length ?? 0, values!, indices)
    {
        if (indices is null && _count != length)
            throw new ArgumentException($"A dense vector of length {length} needs {length} values; found {_count}.", nameof(values));
    }

    /// <param name="length">The number of items of the vector.</param>
    /// <param name="valuesCount">How many items are stored.</param>
    /// <param name="values">The stored items; may be longer than <paramref name="valuesCount"/>.</param>
    /// <param name="indices">The rising index of each stored item; <see langword="null"/> for a dense vector.</param>
    public VBuffer(int length, int valuesCount, T[] values, int[]? indices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valuesCount, length);
        Length = length;
        _values = values;
        _count = valuesCount;
        _indices = valuesCount == length ? null : indices ?? throw new ArgumentNullException(nameof(indices));
    }

    public bool IsDense => _count == Length;

    /// <summary>The stored items.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    /// <summary>The indices of the stored items; empty for a dense vector.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    /// <summary>The item at an index, stored or not.</summary>
    public T GetItemOrDefault(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Length);
        if (IsDense) return _values![slot];
        int at = GetIndices().BinarySearch(slot);
        return at >= 0 ? _values![at] : default!;
    }

    /// <summary>The items with their indices: the stored ones, or every one with <paramref name="all"/>.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        int next = 0;
        for (int i = 0; i < _count; i++)
        {
            int slot = _indices is null || IsDense ? i : _indices[i];
            if (all)
                for (; next < slot; next++) yield return new(next, default!);
            yield return new(slot, _values![i]);
            next = slot + 1;
        }
        if (all)
            for (; next < Length; next++) yield return new(next, default!);
    }

    /// <summary>Every item in order.</summary>
    public IEnumerable<T> DenseValues() => Items(all: true).Select(item => item.Value);

    public void CopyTo(Span<T> destination, T defaultValue = default!)
    {
        if (IsDense)
        {
            GetValues().CopyTo(destination);
            return;
        }
        destination[..Length].Fill(defaultValue);
        for (int i = 0; i < _count; i++) destination[_indices![i]] = _values![i];
    }

    public void CopyTo(Span<T> destination) => CopyTo(destination, default!);

    /// <summary>Copies into another vector, reusing its memory where it suffices.</summary>
    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        if (!IsDense) GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public T[] ToDenseArray()
    {
        T[] dense = new T[Length];
        CopyTo(dense.AsSpan());
        return dense;
    }

    internal T[]? ValuesArray => _values;

    internal int[]? IndicesArray => _indices;

    public override string ToString() => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";
}

/// <summary>Makes a <see cref="VBufferEditor{T}"/> that writes into the memory of an existing vector.</summary>
public static class VBufferEditor
{
    /// <summary>An editor for a vector of <paramref name="newLogicalLength"/> items, sparse when fewer values are asked for.</summary>
    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null)
    {
        int count = valuesCount ?? newLogicalLength;
        T[] values = destination.ValuesArray is { } old && old.Length >= count ? old : new T[count];
        int[]? indices = count == newLogicalLength ? destination.IndicesArray
            : destination.IndicesArray is { } oldIndices && oldIndices.Length >= count ? oldIndices : new int[count];
        return new VBufferEditor<T>(newLogicalLength, count, values, indices);
    }
}

/// <summary>Write access to the values and indices of a vector under construction; <see cref="Commit"/> yields it.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[]? _indices;

    internal VBufferEditor(int length, int count, T[] values, int[]? indices)
    {
        (_length, _values, _indices) = (length, values, indices);
        Values = values.AsSpan(0, count);
        Indices = count < length ? indices.AsSpan(0, count) : default;
    }

    public Span<T> Values { get; }

    public Span<int> Indices { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    /// <summary>Yields the vector with only the first <paramref name="physicalValuesCount"/> stored items.</summary>
    public VBuffer<T> CommitTruncated(int physicalValuesCount) => new(_length, physicalValuesCount, _values, _indices);
}
