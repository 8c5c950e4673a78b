using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Trainers.Trees;

/// <summary>Adds the pairs of rows to the histograms of the columns of a group.</summary>
internal static unsafe class HistogramKernel
{
    private const int Ahead = 24;

    /// <param name="data">The bytes of the group.</param>
    /// <param name="width">Its number of columns.</param>
    /// <param name="cells">Where the histogram of each of its columns starts.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="pairs">The pairs of all rows.</param>
    /// <param name="countShift">See <see cref="GradientPairs.CountShift"/>.</param>
    /// <param name="far">Whether the bytes are too many for the cache, so that they are asked for ahead.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(byte* data, int width, Vector128<long>** cells, int* rows, int count, long* pairs, int countShift, bool far)
    {
        Vector128<long> one = Vector128.Create(0L, 1L << countShift);
        int near = far && Sse.IsSupported ? count - Ahead : 0;
        for (int i = 0; i < count; i++)
        {
            if (i < near)
            {
                int later = rows[i + Ahead];
                Sse.Prefetch0(data + (nint)later * width);
                Sse.Prefetch0(pairs + later);
            }
            int row = rows[i];
            byte* bins = data + (nint)row * width;
            Vector128<long> pair = Vector128.WidenLower(Vector128.CreateScalarUnsafe(pairs[row]).AsInt32()) + one;
            int c = 0;
            for (; c + 4 <= width; c += 4)
            {
                Vector128<long>* a = cells[c] + bins[c], b = cells[c + 1] + bins[c + 1], d = cells[c + 2] + bins[c + 2], e = cells[c + 3] + bins[c + 3];
                *a += pair;
                *b += pair;
                *d += pair;
                *e += pair;
            }
            if ((width & 2) != 0)
            {
                Vector128<long>* a = cells[c] + bins[c], b = cells[c + 1] + bins[c + 1];
                *a += pair;
                *b += pair;
                c += 2;
            }
            if ((width & 1) != 0) cells[c][bins[c]] += pair;
        }
    }

    /// <summary>What is left of a histogram without another.</summary>
    internal static void Subtract(Vector128<long>* whole, Vector128<long>* part, int count)
    {
        for (int i = 0; i < count; i++) whole[i] -= part[i];
    }
}
