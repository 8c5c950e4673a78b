using System.Runtime.CompilerServices;

namespace MLPipelines.Trainers.Trees;

/// <summary>Parts the rows of a leaf by a table of bins; the rows of both sides stay in order.</summary>
internal sealed unsafe class RowPartitioner
{
    private const int RowsPerPart = 16384;

    private readonly WorkTeam _team;
    private readonly PinnedArray<int> _room;
    private readonly PinnedArray<byte> _table = new(256);
    private readonly int[] _lefts;
    private readonly Action<int> _part;
    private int* _rows;
    private int _count;
    private ColumnPlace _place;

    internal RowPartitioner(int rows, WorkTeam team)
    {
        _team = team;
        _room = new PinnedArray<int>(rows);
        _lefts = new int[rows / RowsPerPart + 1];
        _part = PartitionPart;
    }

    /// <summary>Moves the rows that go left to the front.</summary>
    /// <returns>How many these are.</returns>
    internal int Run(int* rows, int count, ColumnPlace place, BinSet left)
    {
        for (int bin = 0; bin < 256; bin++) _table.Pointer[bin] = left.Has(bin) ? (byte)1 : (byte)0;
        _rows = rows;
        (_count, _place) = (count, place);
        int parts = (count + RowsPerPart - 1) / RowsPerPart;
        _team.Run(parts, _part);
        int lefts = _lefts[0];
        for (int part = 1; part < parts; part++)
        {
            new ReadOnlySpan<int>(rows + part * RowsPerPart, _lefts[part]).CopyTo(new Span<int>(rows + lefts, _lefts[part]));
            lefts += _lefts[part];
        }
        int* next = rows + lefts;
        for (int part = 0; part < parts; part++)
        {
            int rights = Math.Min(RowsPerPart, count - part * RowsPerPart) - _lefts[part];
            new ReadOnlySpan<int>(_room.Pointer + part * RowsPerPart, rights).CopyTo(new Span<int>(next, rights));
            next += rights;
        }
        return lefts;
    }

    private void PartitionPart(int part)
    {
        int start = part * RowsPerPart, count = Math.Min(RowsPerPart, _count - start);
        _lefts[part] = Partition(_rows + start, count, _place.First, _place.Stride, _table.Pointer, _room.Pointer + start);
    }

    /// <summary>Lefts are written over rows that were read already; rights go to the room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Partition(int* rows, int count, byte* bins, nint stride, byte* table, int* rights)
    {
        nint left = 0, right = 0;
        for (int i = 0; i < count; i++)
        {
            int row = rows[i];
            nint isLeft = table[bins[row * stride]];
            rows[left] = row;
            rights[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }
        return (int)left;
    }
}
