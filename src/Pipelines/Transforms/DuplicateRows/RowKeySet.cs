using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The rows seen so far, by the values of some columns. Each different row takes the bytes of its values in memory.</summary>
internal sealed class RowKeySet
{
    private readonly RowKeyPart[] _parts;
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _seen = new HashSet<byte[]>(ByteRuns.Comparer).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly ArrayBufferWriter<byte> _key = new();

    internal RowKeySet(DataViewSchema schema, IEnumerable<int> columns) => _parts = [.. columns.Select(index => RowKeyPart.Create(schema[index]))];

    /// <summary>Takes in a row; <see langword="false"/> when an equal one was there before.</summary>
    internal bool Add(Batch batch, int row)
    {
        _key.ResetWrittenCount();
        foreach (RowKeyPart part in _parts) part.Write(batch, row, _key);
        return _seen.Add(_key.WrittenSpan);
    }

    /// <summary>Compares runs of bytes, kept or not.</summary>
    private sealed class ByteRuns : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        internal static readonly ByteRuns Comparer = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
