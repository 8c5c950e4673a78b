namespace MLPipelines.Data;

/// <summary>
/// The shapes of the vectors of a block: how many there are, their length (0 and a list of lengths where they differ), of each how many
/// items are stored (−1 for all), and the indices of those of sparse vectors.
/// </summary>
internal sealed record VectorShapes(int[] Lengths, int[] Counts, int[] Indices)
{
    // Items that are not stored and that a dense copy would have all the same.
    private const long MostImplied = 1 << 24;

    internal int ItemCount => Lengths.Zip(Counts).Sum(shape => shape.Second < 0 ? shape.First : shape.Second);

    /// <summary>Makes sure that vectors can be held dense: a number out of a damaged file must not take all memory.</summary>
    internal void CheckDense()
    {
        long implied = 0;
        for (int row = 0; row < Lengths.Length; row++)
            if (Counts[row] >= 0) implied += Lengths[row] - Counts[row];
        if (implied > MostImplied) throw new InvalidDataException($"vectors of {implied} items that are not stored");
    }

    internal void Write(BinaryWriter writer, int size)
    {
        writer.Write(Lengths.Length);
        int length = size > 0 ? size : Lengths.Length > 0 && Lengths.AsSpan().IndexOfAnyExcept(Lengths[0]) < 0 ? Lengths[0] : 0;
        writer.Write(length);
        if (length == 0) BlockItems.Write<int>(Lengths, writer);
        BlockItems.Write<int>(Counts, writer);
        writer.Write(Indices.Length);
        BlockItems.Write<int>(Indices, writer);
    }

    internal static VectorShapes Read(BinaryReader reader, int rows)
    {
        if (reader.ReadInt32() != rows) throw new InvalidDataException("another number of vectors than expected");
        int length = reader.ReadInt32();
        BlockItems.CheckRoom(reader, rows, sizeof(int));
        int[] lengths = length > 0 ? [.. Enumerable.Repeat(length, rows)] : BlockItems.Read<int>(reader, rows);
        int[] counts = BlockItems.Read<int>(reader, rows);
        int[] indices = BlockItems.Read<int>(reader, reader.ReadInt32());
        int at = 0;
        for (int row = 0; row < rows; row++)
        {
            if (lengths[row] < 0 || counts[row] > lengths[row] || counts[row] > indices.Length - at) throw new InvalidDataException("a vector of an impossible shape");
            for (int i = 0, previous = -1; i < counts[row]; i++, at++)
            {
                if (indices[at] <= previous || indices[at] >= lengths[row]) throw new InvalidDataException("a sparse vector whose indices do not rise, or are beyond its length");
                previous = indices[at];
            }
        }
        return new VectorShapes(lengths, counts, indices);
    }
}

/// <summary>A vector of numbers, keys, truth values or times per row: the shapes, then all stored items.</summary>
internal sealed class VectorBlocks<T>(bool hasWideBooleans) : BlockCodec
{
    internal override void Write(BatchColumn column, BinaryWriter writer)
    {
        var vectors = (VectorColumn<T>)column;
        int[] lengths = new int[vectors.RowCount], counts = new int[vectors.RowCount];
        for (int row = 0; row < lengths.Length; row++)
            (lengths[row], counts[row]) = (vectors[row].Length, vectors.IsDense || vectors[row].Values.Length == vectors[row].Length ? -1 : vectors[row].Values.Length);
        // A row that stores all its items is written as a dense one, and then without indices.
        List<int> indices = new(vectors.Indices.Length);
        for (int row = 0; row < lengths.Length; row++)
            if (counts[row] >= 0) indices.AddRange(vectors[row].Indices);
        new VectorShapes(lengths, counts, [.. indices]).Write(writer, vectors.Size);
        BlockItems.Write(vectors.Values, writer);
    }

    internal override void Read(BinaryReader reader, int rows, BatchColumn column)
    {
        var vectors = (VectorColumn<T>)column;
        VectorShapes shapes = VectorShapes.Read(reader, rows);
        if (vectors.Size == 0) shapes.CheckDense();
        ReadOnlySpan<T> values = BlockItems.Read<T>(reader, shapes.ItemCount, hasWideBooleans);
        ReadOnlySpan<int> indices = shapes.Indices;
        for (int row = 0; row < rows; row++)
        {
            int length = shapes.Lengths[row], count = shapes.Counts[row];
            if (vectors.Size != 0 && length != vectors.Size) throw new InvalidDataException($"a vector of {length} items, expected {vectors.Size}");
            if (count < 0)
            {
                vectors.Append(RowVector<T>.Dense(values[..length]));
                values = values[length..];
                continue;
            }
            var sparse = RowVector<T>.Sparse(length, indices[..count], values[..count]);
            if (vectors.Size > 0) vectors.Append(sparse);
            else sparse.CopyTo(vectors.AppendDense(length));
            indices = indices[count..];
            values = values[count..];
        }
    }
}

/// <summary>A list of texts per row: the shapes, then all texts as one block.</summary>
internal sealed class TextVectorBlocks : BlockCodec
{
    internal override void Write(BatchColumn column, BinaryWriter writer)
    {
        var texts = (TextVectorColumn)column;
        int[] lengths = new int[texts.RowCount], counts = new int[texts.RowCount];
        for (int row = 0; row < lengths.Length; row++) (lengths[row], counts[row]) = (texts.LengthOf(row), -1);
        new VectorShapes(lengths, counts, []).Write(writer, texts.Size);
        TextBlocks.Write(texts.Items, writer);
    }

    internal override void Read(BinaryReader reader, int rows, BatchColumn column)
    {
        var texts = (TextVectorColumn)column;
        VectorShapes shapes = VectorShapes.Read(reader, rows);
        shapes.CheckDense();
        var stored = new TextColumn();
        TextBlocks.Read(reader, shapes.ItemCount, stored.Append);
        int next = 0, index = 0;
        for (int row = 0; row < rows; row++)
        {
            int last = index + Math.Max(0, shapes.Counts[row]);
            for (int item = 0; item < shapes.Lengths[row]; item++)
            {
                bool isStored = shapes.Counts[row] < 0 || (index < last && shapes.Indices[index] == item);
                if (isStored && shapes.Counts[row] >= 0) index++;
                texts.AppendItem(isStored ? stored[next++] : default);
            }
            texts.EndRow();
        }
    }
}
