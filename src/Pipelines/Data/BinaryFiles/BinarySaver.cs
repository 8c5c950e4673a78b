using System.IO.Compression;
using System.Text;

namespace MLPipelines.Data;

/// <summary>Writes a view as a binary file; see <see cref="BinaryFormat"/>. A block of rows of each column is held in memory.</summary>
internal sealed class BinarySaver
{
    private const int RowsPerBlock = Batch.DefaultRowCount;

    private readonly DataViewSchema.Column[] _columns;
    private readonly BlockCodec[] _codecs;
    private readonly List<BlockPlace>[] _blocks;
    private readonly BinaryWriter _writer;
    private long _rowCount;

    private BinarySaver(DataViewSchema.Column[] columns, BinaryWriter writer)
    {
        (_columns, _writer) = (columns, writer);
        _codecs = Array.ConvertAll(columns, column => BlockCodec.Create(column.Type));
        _blocks = Array.ConvertAll(columns, _ => new List<BlockPlace>());
    }

    internal static void Save(BatchView view, DataViewSchema.Column[] columns, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(new byte[BinaryFormat.HeaderSize]);
        new BinarySaver(columns, writer).Save(view);
    }

    private void Save(BatchView view)
    {
        BatchColumn[] held = Array.ConvertAll(_columns, column => BatchColumn.Create(column.Type));
        int heldRows = 0;
        using (BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, _columns)))
        {
            while (cursor.Next() is { } batch)
            {
                // All blocks but the last have the same number of rows; batches need not.
                for (int start = 0; start < batch.RowCount;)
                {
                    int[] rows = [.. Enumerable.Range(start, Math.Min(RowsPerBlock - heldRows, batch.RowCount - start))];
                    for (int i = 0; i < held.Length; i++) held[i].Append(batch[_columns[i].Index], rows);
                    start += rows.Length;
                    heldRows += rows.Length;
                    if (heldRows == RowsPerBlock) heldRows = WriteBlocks(held, heldRows);
                }
            }
        }
        if (heldRows > 0) WriteBlocks(held, heldRows);
        WriteEnd();
    }

    private int WriteBlocks(BatchColumn[] held, int rows)
    {
        _rowCount += rows;
        for (int i = 0; i < held.Length; i++)
        {
            _blocks[i].Add(WriteBlock(_codecs[i], held[i]));
            held[i].Clear();
        }
        return 0;
    }

    private BlockPlace WriteBlock(BlockCodec codec, BatchColumn column)
    {
        using var plain = new MemoryStream();
        using (var details = new BinaryWriter(plain, Encoding.UTF8, leaveOpen: true)) codec.Write(column, details);
        long start = _writer.BaseStream.Position;
        using (var deflate = new DeflateStream(_writer.BaseStream, CompressionLevel.Fastest, leaveOpen: true)) plain.WriteTo(deflate);
        return new BlockPlace(start, checked((int)(_writer.BaseStream.Position - start)), checked((int)plain.Length));
    }

    private void WriteEnd()
    {
        Stream stream = _writer.BaseStream;
        long[] lookups = new long[_columns.Length], annotations = new long[_columns.Length];
        for (int i = 0; i < _columns.Length; i++)
        {
            lookups[i] = stream.Position;
            foreach (BlockPlace block in _blocks[i]) block.Write(_writer);
        }
        for (int i = 0; i < _columns.Length; i++) annotations[i] = WriteAnnotations(_columns[i].Annotations);
        long table = stream.Position;
        for (int i = 0; i < _columns.Length; i++)
        {
            _writer.Write(_columns[i].Name);
            BinaryFormat.WriteType(_writer, _columns[i].Type);
            _writer.Write(BinaryFormat.Deflated);
            _writer.Write7BitEncodedInt(RowsPerBlock);
            _writer.Write(lookups[i]);
            _writer.Write(annotations[i]);
        }
        long end = stream.Position;
        _writer.Write(BinaryFormat.EndSignature);
        long length = stream.Position;
        stream.Position = 0;
        _writer.Write(BinaryFormat.Signature);
        _writer.Write(BinaryFormat.Version);
        _writer.Write(BinaryFormat.Version);
        _writer.Write(table);
        _writer.Write(end);
        _writer.Write(_rowCount);
        _writer.Write(_columns.Length);
        _writer.Flush();
        stream.Position = length;
    }

    /// <summary>Writes annotations and their table; yields where this is, 0 without any.</summary>
    private long WriteAnnotations(DataViewSchema.Annotations annotations)
    {
        if (annotations.Schema.Count == 0) return 0;
        BlockPlace[] places = [.. annotations.Schema.Select(annotation => WriteBlock(BlockCodec.Create(annotation.Type), AnnotationBlocks.ToColumn(annotations, annotation)))];
        long table = _writer.BaseStream.Position;
        _writer.Write7BitEncodedInt(places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            _writer.Write(annotations.Schema[i].Name);
            BinaryFormat.WriteType(_writer, annotations.Schema[i].Type);
            _writer.Write(BinaryFormat.Deflated);
            _writer.Write(places[i].Offset);
            _writer.Write7BitEncodedInt64(places[i].Length);
        }
        return table;
    }
}

/// <summary>Where a block is in a file, and how long it is there and when it is inflated.</summary>
internal readonly record struct BlockPlace(long Offset, int Length, int PlainLength)
{
    internal const int Size = sizeof(long) + (2 * sizeof(int));

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Offset);
        writer.Write(Length);
        writer.Write(PlainLength);
    }

    internal static BlockPlace Read(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32());
}
