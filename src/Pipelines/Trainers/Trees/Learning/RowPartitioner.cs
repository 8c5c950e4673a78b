using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        _room = new PinnedArray<int>(rows / 8);
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
        return Join(0, parts);
    }

    /// <summary>Every part has its lefts before its rights: puts all lefts before all rights.</summary>
    /// <returns>How many lefts there are.</returns>
    private int Join(int first, int end)
    {
        if (end - first <= 1) return end > first ? _lefts[first] : 0;
        int start = first * RowsPerPart, count = Math.Min(_count, end * RowsPerPart) - start, lefts = 0;
        for (int part = first; part < end; part++) lefts += _lefts[part];
        if (Math.Min(lefts, count - lefts) <= _room.Length)
        {
            if (2L * lefts >= count) MoveLefts(first, end);
            else MoveRights(first, end);
            return lefts;
        }
        // Room for half of all rows is not worth its memory: both halves are joined, and the rights of the first change places with the lefts of the second.
        int middle = (first + end) / 2, ofFirst = Join(first, middle), ofSecond = lefts - ofFirst;
        Join(middle, end);
        int rights = (middle - first) * RowsPerPart - ofFirst;
        Span<int> between = new(_rows + start + ofFirst, rights + ofSecond);
        between[..rights].Reverse();
        between[rights..].Reverse();
        between.Reverse();
        return lefts;
    }

    /// <summary>Lefts move to the front, from the first part on; rights wait in the room.</summary>
    private void MoveLefts(int first, int end)
    {
        int waiting = 0;
        int* next = _rows + first * RowsPerPart;
        for (int part = first; part < end; part++)
        {
            RowSides sides = Sides(part);
            sides.Right.CopyTo(_room.Span[waiting..]);
            sides.Left.CopyTo(new Span<int>(next, sides.Left.Length));
            waiting += sides.Right.Length;
            next += sides.Left.Length;
        }
        _room.Span[..waiting].CopyTo(new Span<int>(next, waiting));
    }

    /// <summary>Rights move to the end, from the last part on; lefts wait in the room.</summary>
    private void MoveRights(int first, int end)
    {
        int waiting = 0;
        int* next = _rows + Math.Min(_count, end * RowsPerPart);
        for (int part = end - 1; part >= first; part--)
        {
            RowSides sides = Sides(part);
            waiting += sides.Left.Length;
            sides.Left.CopyTo(_room.Span[^waiting..]);
            next -= sides.Right.Length;
            sides.Right.CopyTo(new Span<int>(next, sides.Right.Length));
        }
        _room.Span[^waiting..].CopyTo(new Span<int>(next - waiting, waiting));
    }

    private RowSides Sides(int part)
    {
        int* start = _rows + part * RowsPerPart;
        int left = _lefts[part];
        return new RowSides(new(start, left), new(start + left, Math.Min(RowsPerPart, _count - part * RowsPerPart) - left));
    }

    [SkipLocalsInit]
    private void PartitionPart(int part)
    {
        int* room = stackalloc int[RowsPerPart + Vector512<int>.Count];
        int start = part * RowsPerPart, count = Math.Min(RowsPerPart, _count - start);
        int* rows = _rows + start;
        int done = Avx512F.IsSupported ? count & -Vector512<int>.Count : 0;
        int lefts = done > 0 ? PartitionVectors(rows, done, _place.First, _place.Stride, _table.Pointer, room) : 0;
        lefts += Partition(rows + done, count - done, rows + lefts, _place.First, _place.Stride, _table.Pointer, room + (done - lefts));
        new ReadOnlySpan<int>(room, count - lefts).CopyTo(new Span<int>(rows + lefts, count - lefts));
        _lefts[part] = lefts;
    }

    /// <summary>
    /// Sixteen rows at a time: their bits are put together one by one, which is faster than a gather, and the rows of a side packed by one instruction. Lefts are written over rows
    /// that were read already; rights go to the room, which has space for sixteen more than there are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int PartitionVectors(int* rows, int count, byte* bins, nint stride, byte* table, int* rights)
    {
        Vector512<int> bit = Avx512F.ShiftLeftLogicalVariable(Vector512<int>.One, Vector512<uint>.Indices);
        nint left = 0;
        for (nint i = 0; i < count; i += Vector512<int>.Count)
        {
            int* r = rows + i;
            int low = table[bins[r[0] * stride]] | table[bins[r[1] * stride]] << 1 | table[bins[r[2] * stride]] << 2 | table[bins[r[3] * stride]] << 3
                | table[bins[r[4] * stride]] << 4 | table[bins[r[5] * stride]] << 5 | table[bins[r[6] * stride]] << 6 | table[bins[r[7] * stride]] << 7;
            int high = table[bins[r[8] * stride]] | table[bins[r[9] * stride]] << 1 | table[bins[r[10] * stride]] << 2 | table[bins[r[11] * stride]] << 3
                | table[bins[r[12] * stride]] << 4 | table[bins[r[13] * stride]] << 5 | table[bins[r[14] * stride]] << 6 | table[bins[r[15] * stride]] << 7;
            int sides = low | high << 8;
            Vector512<int> some = Vector512.Load(r), goesLeft = Vector512.Equals(Vector512.Create(sides) & bit, bit);
            Avx512F.Compress(Vector512<int>.Zero, goesLeft, some).Store(rows + left);
            Avx512F.Compress(Vector512<int>.Zero, ~goesLeft, some).Store(rights + (i - left));
            left += BitOperations.PopCount((uint)sides);
        }
        return (int)left;
    }

    /// <summary>One row at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Partition(int* rows, int count, int* lefts, byte* bins, nint stride, byte* table, int* rights)
    {
        nint left = 0, right = 0;
        for (int i = 0; i < count; i++)
        {
            int row = rows[i];
            nint isLeft = table[bins[row * stride]];
            lefts[left] = row;
            rights[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }
        return (int)left;
    }

    private readonly ref struct RowSides(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        internal ReadOnlySpan<int> Left { get; } = left;

        internal ReadOnlySpan<int> Right { get; } = right;
    }
}
