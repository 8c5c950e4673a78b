using System.Numerics.Tensors;

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
            case 4:
                for (int i = 0; i < start; i++) row[i] += above[i];
                for (int i = distance; i < row.Length; i++) row[i] += Paeth(row[i - distance], above[i], above[i - distance]);
                break;
        }
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
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - 2 * corner);
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
