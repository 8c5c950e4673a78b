namespace MLPipelines.Data;

/// <summary>One row of a vector column: all its items, or the stored ones with their rising indices.</summary>
public readonly ref struct RowVector<T>
{
    internal RowVector(int length, ReadOnlySpan<T> values, ReadOnlySpan<int> indices, bool isDense)
    {
        Length = length;
        Values = values;
        Indices = indices;
        IsDense = isDense;
    }

    public static RowVector<T> Dense(ReadOnlySpan<T> values) => new(values.Length, values, default, isDense: true);

    public static RowVector<T> Sparse(int length, ReadOnlySpan<int> indices, ReadOnlySpan<T> values) => new(length, values, indices, isDense: false);

    /// <summary>The number of items, stored or not.</summary>
    public int Length { get; }

    /// <summary>The stored items.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>The index of each stored item; empty for a dense row.</summary>
    public ReadOnlySpan<int> Indices { get; }

    public bool IsDense { get; }

    public void CopyTo(Span<T> destination)
    {
        if (IsDense)
        {
            Values.CopyTo(destination);
            return;
        }
        destination[..Length].Clear();
        for (int i = 0; i < Indices.Length; i++) destination[Indices[i]] = Values[i];
    }
}
