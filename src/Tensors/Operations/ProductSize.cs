namespace MLPipelines.Tensors;

/// <summary>
/// c = activation(a b + bias) for each of a batch: a is (rows, inner), b is (inner, columns), c is (rows, columns) without gaps.
/// A factor is transposed by its strides. The bias, when there is one, has one number per column.
/// </summary>
internal readonly record struct ProductSize
{
    internal int Batch { get; init; }
    internal int Rows { get; init; }
    internal int Inner { get; init; }
    internal int Columns { get; init; }

    /// <summary>Elements from one matrix of the batch to the next; 0 when all share one.</summary>
    internal int BatchStrideA { get; init; }
    internal int BatchStrideB { get; init; }
    internal int RowStrideA { get; init; }
    internal int ColumnStrideA { get; init; }
    internal int RowStrideB { get; init; }
    internal int ColumnStrideB { get; init; }

    /// <summary>Whether a holds bfloat16, which is widened; sums are of single precision.</summary>
    internal bool IsHalfA { get; init; }
    internal bool IsHalfB { get; init; }

    /// <summary>Whether the products are added to what c holds.</summary>
    internal bool Adds { get; init; }

    internal Activation Activation { get; init; }
}
