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
        _room = new PinnedArray<int>(rows > RowsPerPart ? rows / 2 + 1 : 0);
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
        int lefts = 0;
        for (int part = 0; part < parts; part++) lefts += _lefts[part];
        if (parts > 1) Join(parts, lefts);
        return lefts;
    }

    /// <summary>Every part has its lefts before its rights: puts all lefts before all rights. Those that are fewer wait in the room.</summary>
    private void Join(int parts, int lefts)
    {
        bool rightsWait = 2L * lefts >= _count;
        int waiting = 0, next = rightsWait ? 0 : _count;
        for (int i = 0; i < parts; i++)
        {
            // Lefts move to the front from the first part on, rights to the end from the last.
            int part = rightsWait ? i : parts - 1 - i, start = part * RowsPerPart, left = _lefts[part], right = Math.Min(RowsPerPart, _count - start) - left;
            ReadOnlySpan<int> leftRows = new(_rows + start, left), rightRows = new(_rows + start + left, right);
            if (rightsWait)
            {
                rightRows.CopyTo(_room.Span[waiting..]);
                leftRows.CopyTo(new Span<int>(_rows + next, left));
                (waiting, next) = (waiting + right, next + left);
            }
            else
            {
                waiting += left;
                leftRows.CopyTo(_room.Span[^waiting..]);
                next -= right;
                rightRows.CopyTo(new Span<int>(_rows + next, right));
            }
        }
        if (rightsWait) _room.Span[..waiting].CopyTo(new Span<int>(_rows + lefts, waiting));
        else _room.Span[^waiting..].CopyTo(new Span<int>(_rows, waiting));
    }

    [SkipLocalsInit]
    private void PartitionPart(int part)
    {
        int* room = stackalloc int[RowsPerPart];
        int start = part * RowsPerPart, count = Math.Min(RowsPerPart, _count - start);
        int lefts = Partition(_rows + start, count, _place.First, _place.Stride, _table.Pointer, room);
        new ReadOnlySpan<int>(room, count - lefts).CopyTo(new Span<int>(_rows + start + lefts, count - lefts));
        _lefts[part] = lefts;
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
