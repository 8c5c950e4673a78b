namespace MLPipelines.Trainers;

/// <summary>
/// The elements of a matrix cut into a square grid of blocks, rows and columns in random order. Blocks that share neither rows nor columns
/// can be learned from at the same time without one seeing what the other does: those of a diagonal.
/// </summary>
internal sealed class MatrixGrid
{
    /// <summary>Elements per block that make it worth being one.</summary>
    private const int BlockSize = 4096;

    /// <summary>More blocks than this per side would not keep more threads busy.</summary>
    private const int MaximumSize = 32;

    private readonly MatrixElement[] _elements;
    private readonly int[] _starts;

    /// <param name="matrix">The elements.</param>
    /// <param name="scale">What values are multiplied with.</param>
    /// <param name="random">Shuffles rows and columns, so that blocks have about as many elements each.</param>
    internal MatrixGrid(MatrixElements matrix, float scale, Random random)
    {
        // The size follows from the data alone, and so what is learned does not depend on the number of threads.
        Size = Math.Min(Math.Clamp((int)Math.Sqrt(matrix.Count / BlockSize), 1, MaximumSize), Math.Min(matrix.RowCount, matrix.ColumnCount));
        RowCounts = Count(matrix.Rows, matrix.RowCount);
        ColumnCounts = Count(matrix.Columns, matrix.ColumnCount);
        int[] rows = Shuffled(matrix.RowCount, random), columns = Shuffled(matrix.ColumnCount, random);
        int[] byRow = ByRow(matrix, rows);
        _starts = new int[Size * Size + 1];
        for (int i = 0; i < matrix.Count; i++) _starts[Block(i) + 1]++;
        for (int block = 0; block < Size * Size; block++) _starts[block + 1] += _starts[block];
        int[] next = _starts[..^1];
        _elements = new MatrixElement[matrix.Count];
        foreach (int i in byRow) _elements[next[Block(i)]++] = new MatrixElement(matrix.Rows[i], matrix.Columns[i], matrix.Values[i] * scale);

        int Block(int i) => (int)((long)rows[matrix.Rows[i]] * Size / matrix.RowCount) * Size + (int)((long)columns[matrix.Columns[i]] * Size / matrix.ColumnCount);
    }

    /// <summary>How many blocks a side has; as many are on a diagonal.</summary>
    internal int Size { get; }

    /// <summary>How many elements each row has.</summary>
    internal int[] RowCounts { get; }

    internal int[] ColumnCounts { get; }

    /// <summary>The elements of a block, row after row.</summary>
    /// <param name="diagonal">Which diagonal.</param>
    /// <param name="index">Which of its blocks.</param>
    internal ReadOnlySpan<MatrixElement> BlockAt(int diagonal, int index)
    {
        int block = index * Size + (index + diagonal) % Size;
        return _elements.AsSpan(_starts[block], _starts[block + 1] - _starts[block]);
    }

    /// <summary>The elements in the order of their rows.</summary>
    private int[] ByRow(MatrixElements matrix, int[] order)
    {
        int[] next = new int[order.Length + 1], sorted = new int[matrix.Count];
        for (int row = 0; row < order.Length; row++) next[order[row] + 1] = RowCounts[row];
        for (int place = 0; place < order.Length; place++) next[place + 1] += next[place];
        ReadOnlySpan<int> rows = matrix.Rows;
        for (int i = 0; i < sorted.Length; i++) sorted[next[order[rows[i]]]++] = i;
        return sorted;
    }

    private static int[] Count(ReadOnlySpan<int> keys, int count)
    {
        int[] counts = new int[count];
        foreach (int key in keys) counts[key]++;
        return counts;
    }

    private static int[] Shuffled(int count, Random random)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        random.Shuffle(order);
        return order;
    }
}
