using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MLPipelines.Data;

/// <summary>
/// The five ways in which a PNG row is written as differences to its neighbours (PNG specification, section 9): none, to the
/// left, above, to the mean of both, and Paeth's choice of left, above and above left.
/// </summary>
internal static class PngFilter
{
    internal const int Count = 5;

    /// <summary>Turns differences into samples, in place.</summary>
    /// <param name="filter">0 to 4.</param>
    /// <param name="row">The differences.</param>
    /// <param name="above">The row before, zeros for the first.</param>
    /// <param name="distance">How far to the left the neighbour is, in bytes.</param>
    internal static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        int start = Math.Min(distance, row.Length);
        switch (filter)
        {
            case 1:
                for (int i = distance; i < row.Length; i++) row[i] += row[i - distance];
                break;
            case 2:
                TensorPrimitives.Add(row, above, row);
                break;
            case 3:
                for (int i = 0; i < start; i++) row[i] += (byte)(above[i] >> 1);
                for (int i = distance; i < row.Length; i++) row[i] += (byte)((row[i - distance] + above[i]) >> 1);
                break;
            case 4 when distance is 3 or 4:
                UndoPaeth(row, above, distance);
                break;
            case 4:
                for (int i = 0; i < start; i++) row[i] += above[i];
                for (int i = distance; i < row.Length; i++) row[i] += Paeth(row[i - distance], above[i], above[i - distance]);
                break;
        }
    }

    /// <summary>The samples of a pixel of 8 bits each, at once.</summary>
    private static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        Vector128<short> left = default, corner = default;
        Span<byte> four = stackalloc byte[4];
        for (int i = 0; i < row.Length; i += distance)
        {
            // Of three samples the last has no fourth byte behind it.
            bool isWhole = i + 4 <= row.Length;
            Vector128<short> up = Widen(isWhole ? BinaryPrimitives.ReadUInt32LittleEndian(above[i..]) : ThreeOf(above[i..]));
            Vector128<short> toLeft = up - corner, toAbove = left - corner, toCorner = Vector128.Abs(toLeft + toAbove);
            (toLeft, toAbove) = (Vector128.Abs(toLeft), Vector128.Abs(toAbove));
            Vector128<short> least = Vector128.Min(toCorner, Vector128.Min(toLeft, toAbove));
            Vector128<short> nearest = Vector128.ConditionalSelect(Vector128.Equals(least, toLeft), left, Vector128.ConditionalSelect(Vector128.Equals(least, toAbove), up, corner));
            left = (Widen(isWhole ? BinaryPrimitives.ReadUInt32LittleEndian(row[i..]) : ThreeOf(row[i..])) + nearest) & Vector128.Create((short)byte.MaxValue);
            corner = up;
            BinaryPrimitives.WriteUInt32LittleEndian(four, Vector128.Narrow(left.AsUInt16(), left.AsUInt16()).AsUInt32()[0]);
            four[..distance].CopyTo(row[i..]);
        }

        static Vector128<short> Widen(uint pixel) => Vector128.WidenLower(Vector128.CreateScalar(pixel).AsByte()).AsInt16();

        static uint ThreeOf(ReadOnlySpan<byte> bytes) => bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);
    }

    /// <summary>Turns samples into differences.</summary>
    internal static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int distance, Span<byte> differences)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < distance ? 0 : row[i - distance], corner = i < distance ? 0 : above[i - distance];
            differences[i] = (byte)(row[i] - filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) >> 1,
                _ => Paeth(left, above[i], corner),
            });
        }
    }

    private static byte Paeth(int left, int above, int corner)
    {
        // By masks of the sign, not by jumps: which one is nearest cannot be foretold.
        int toLeft = Distance(above - corner), toAbove = Distance(left - corner), toCorner = Distance(left + above - 2 * corner);
        int isAbove = (toAbove - toLeft) >> 31, nearest = left ^ ((left ^ above) & isAbove), least = toLeft + ((toAbove - toLeft) & isAbove);
        return (byte)(nearest ^ ((nearest ^ corner) & ((toCorner - least) >> 31)));

        static int Distance(int difference) => (difference ^ (difference >> 31)) - (difference >> 31);
    }
}
