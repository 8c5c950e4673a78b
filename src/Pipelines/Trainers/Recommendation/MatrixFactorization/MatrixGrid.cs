namespace MLPipelines.Trainers;

/// <summary>
/// The elements of a matrix cut into a square grid of blocks, rows and columns in random order. Blocks that share neither rows nor columns
/// can be learned from at the same time without one seeing what the other does: those of a diagonal.
/// </summary>
/// <remarks>Elements name their row by its place in the random order: what is learned of the rows of a block then lies together, and threads that work on two blocks share no cache line but one.</remarks>
internal sealed class MatrixGrid
{
    /// <summary>How many elements a block has at least, on average. Small ones mix rows and columns well, which the first passes gain by.</summary>
    private const int BlockSize = 64;

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
        RowPlaces = Shuffled(matrix.RowCount, random);
        ColumnPlaces = Shuffled(matrix.ColumnCount, random);
        RowCounts = Count(matrix.Rows, RowPlaces);
        ColumnCounts = Count(matrix.Columns, ColumnPlaces);
        _starts = new int[Size * Size + 1];
        for (int i = 0; i < matrix.Count; i++) _starts[Block(i) + 1]++;
        for (int block = 0; block < Size * Size; block++) _starts[block + 1] += _starts[block];
        int[] next = _starts[..^1];
        _elements = new MatrixElement[matrix.Count];
        for (int i = 0; i < matrix.Count; i++) _elements[next[Block(i)]++] = new MatrixElement(RowPlaces[matrix.Rows[i]], ColumnPlaces[matrix.Columns[i]], matrix.Values[i] * scale);
        for (int block = 0; block < Size * Size; block++) random.Shuffle(_elements.AsSpan(_starts[block], _starts[block + 1] - _starts[block]));

        int Block(int i) => (int)((long)RowPlaces[matrix.Rows[i]] * Size / matrix.RowCount) * Size + (int)((long)ColumnPlaces[matrix.Columns[i]] * Size / matrix.ColumnCount);
    }

    /// <summary>How many blocks a side has; as many are on a diagonal.</summary>
    internal int Size { get; }

    /// <summary>The place of each row.</summary>
    internal int[] RowPlaces { get; }

    internal int[] ColumnPlaces { get; }

    /// <summary>How many elements the row at each place has.</summary>
    internal int[] RowCounts { get; }

    internal int[] ColumnCounts { get; }

    /// <summary>The elements of a block, in random order.</summary>
    /// <param name="row">Which row of blocks.</param>
    /// <param name="column">Which of its blocks.</param>
    internal ReadOnlySpan<MatrixElement> BlockAt(int row, int column)
    {
        int block = row * Size + column;
        return _elements.AsSpan(_starts[block], _starts[block + 1] - _starts[block]);
    }

    private static int[] Count(ReadOnlySpan<int> keys, int[] places)
    {
        int[] counts = new int[places.Length];
        foreach (int key in keys) counts[places[key]]++;
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
