using System.Numerics;
using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Sums over single-precision numbers in double precision.</summary>
internal static class DoubleSums
{
    internal static double Dot(RowVector<float> row, ReadOnlySpan<float> weights)
    {
        if (row.IsDense) return Dot(row.Values, weights);
        double sum = 0;
        for (int i = 0; i < row.Values.Length; i++) sum += (double)row.Values[i] * weights[row.Indices[i]];
        return sum;
    }

    internal static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b[..a.Length]);
        Vector<double> sums = default;
        for (int i = 0; i < left.Length; i++)
        {
            Vector.Widen(left[i], out Vector<double> lower, out Vector<double> upper);
            Vector.Widen(right[i], out Vector<double> otherLower, out Vector<double> otherUpper);
            sums += (lower * otherLower) + (upper * otherUpper);
        }
        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }

    internal static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b[..a.Length]);
        Vector<double> sums = default;
        for (int i = 0; i < left.Length; i++)
        {
            Vector.Widen(left[i], out Vector<double> lower, out Vector<double> upper);
            Vector.Widen(right[i], out Vector<double> otherLower, out Vector<double> otherUpper);
            lower -= otherLower;
            upper -= otherUpper;
            sums += (lower * lower) + (upper * upper);
        }
        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return sum;
    }
}
