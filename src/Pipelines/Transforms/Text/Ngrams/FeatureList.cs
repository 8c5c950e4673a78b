using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>Identifiers in the order in which they occur; sorted on request.</summary>
internal sealed class FeatureList
{
    // Below this number the sort of the library is quicker than counting digits.
    private const int FewItems = 64;

    private const int MostBits = 8;

    private int[] _items = new int[64];
    private int[] _spare = [];

    internal int Count { get; private set; }

    internal ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    /// <summary>Puts the identifiers, none negative, in rising order.</summary>
    internal void Sort()
    {
        if (Count < FewItems)
        {
            _items.AsSpan(0, Count).Sort();
            return;
        }
        int all = 0;
        foreach (int item in Items) all |= item;
        // As few digits as there can be, of as few bits.
        int bits = 32 - BitOperations.LeadingZeroCount((uint)all), digits = (bits + MostBits - 1) / MostBits;
        for (int digit = 0, shift = 0; digit < digits; digit++)
        {
            int width = (bits - shift + digits - digit - 1) / (digits - digit);
            SortByDigit(shift, width);
            shift += width;
        }
    }

    /// <summary>One pass of a radix sort: keeps the order of the items with equal digits.</summary>
    [SkipLocalsInit]
    private void SortByDigit(int shift, int width)
    {
        if (_spare.Length < _items.Length) _spare = new int[_items.Length];
        Span<int> places = stackalloc int[1 << MostBits];
        places = places[..(1 << width)];
        places.Clear();
        foreach (int item in Items) places[(item >> shift) & places.Length - 1]++;
        int next = 0;
        for (int digit = 0; digit < places.Length; digit++) (places[digit], next) = (next, next + places[digit]);
        foreach (int item in Items) _spare[places[(item >> shift) & places.Length - 1]++] = item;
        (_items, _spare) = (_spare, _items);
    }
}
