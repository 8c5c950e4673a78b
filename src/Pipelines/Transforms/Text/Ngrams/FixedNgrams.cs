using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// N-grams of one length, each found at once by all its keys in one number: where no shorter n-grams and no gaps count, a tree (<see cref="NgramMap"/>) would be asked once for each key. Immutable.
/// </summary>
internal sealed class FixedNgrams
{
    private readonly int _length;
    private readonly int _bits;
    private readonly ulong _mask;
    private readonly Entry[] _entries;
    private readonly int _shift;

    private FixedNgrams(ulong[] packed, int length, int bits)
    {
        (_length, _bits, _mask) = (length, bits, ulong.MaxValue >> (64 - length * bits));
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, packed.Length * 2L));
        (_entries, _shift) = (new Entry[size], 64 - BitOperations.Log2((uint)size));
        for (int feature = 0; feature < packed.Length; feature++)
        {
            nuint slot = SlotOf(packed[feature]);
            while (_entries[slot].Feature != 0) slot = slot + 1 & (nuint)size - 1;
            _entries[slot] = new Entry(packed[feature], feature + 1);
        }
    }

    /// <summary><see langword="null"/> where n-grams of other lengths or with gaps count, or where the keys of an n-gram do not fit into 64 bits.</summary>
    internal static FixedNgrams? OfOrNull(NgramMap map, NgramShape shape)
    {
        if (shape.SkipLength > 0 || shape.NgramLength == 1 || shape.UseAllLengths) return null;
        int bits = Math.Max(1, 32 - BitOperations.LeadingZeroCount(map.LargestKey));
        if (bits * shape.NgramLength > 64) return null;
        return map.PackedKeys(shape.NgramLength, bits) is { } packed ? new FixedNgrams(packed, shape.NgramLength, bits) : null;
    }

    /// <summary>Lists the identifiers of the n-grams of a sequence, one per occurrence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Find(ReadOnlySpan<uint> keys, FeatureList found)
    {
        ref Entry entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        nuint last = (nuint)_entries.Length - 1;
        ulong packed = 0;
        // How many keys must come before an n-gram is whole and has none that is too large to be in one.
        int missing = _length;
        foreach (uint key in keys)
        {
            missing = key >> _bits == 0 ? missing - 1 : _length;
            packed = (packed << _bits | key) & _mask;
            if (missing > 0) continue;
            nuint slot = SlotOf(packed);
            while (true)
            {
                ref Entry entry = ref Unsafe.Add(ref entries, slot);
                if (entry.Feature == 0) break;
                if (entry.Packed == packed)
                {
                    found.Add(entry.Feature - 1);
                    break;
                }
                slot = slot + 1 & last;
            }
        }
    }

    private nuint SlotOf(ulong packed) => (nuint)((packed ^ (packed >> 29)) * 0x9E3779B97F4A7C15 >> _shift);

    private readonly record struct Entry(ulong Packed, int Feature);
}
