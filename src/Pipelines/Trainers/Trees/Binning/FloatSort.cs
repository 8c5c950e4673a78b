using System.Runtime.InteropServices;

namespace MLPipelines.Trainers.Trees;

/// <summary>Sorts numbers by the digits of their bits, eleven bits at a time: many times as fast as by comparing when there are thousands.</summary>
internal static class FloatSort
{
    private const int Digits = 3, Bits = 11, Size = 1 << Bits;

    /// <param name="values">Without NaN; come out rising.</param>
    /// <param name="room">As long.</param>
    internal static void Sort(Span<float> values, Span<float> room)
    {
        if (values.Length < 512)
        {
            values.Sort();
            return;
        }
        Span<uint> from = MemoryMarshal.Cast<float, uint>(values), to = MemoryMarshal.Cast<float, uint>(room);
        Span<int> counts = stackalloc int[Digits * Size];
        counts.Clear();
        for (int i = 0; i < from.Length; i++)
        {
            // As whole numbers without a sign that lie in the order of the numbers.
            uint bits = from[i], key = bits ^ ((uint)((int)bits >> 31) | 0x80000000);
            from[i] = key;
            counts[(int)(key & (Size - 1))]++;
            counts[Size + (int)((key >> Bits) & (Size - 1))]++;
            counts[2 * Size + (int)(key >> (2 * Bits))]++;
        }
        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> starts = counts.Slice(digit * Size, Size);
            int sum = 0;
            for (int i = 0; i < Size; i++) (starts[i], sum) = (sum, sum + starts[i]);
            int shift = digit * Bits;
            foreach (uint key in from) to[starts[(int)((key >> shift) & (Size - 1))]++] = key;
            Span<uint> other = from;
            from = to;
            to = other;
        }
        // Three passes: what is sorted is in the room now.
        for (int i = 0; i < from.Length; i++) to[i] = from[i] ^ (~(uint)((int)from[i] >> 31) | 0x80000000);
    }
}
