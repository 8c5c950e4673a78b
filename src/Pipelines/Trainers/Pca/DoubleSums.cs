using System.Numerics;
using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Sums over single-precision numbers in double precision.</summary>
internal static class DoubleSums
{
    /// <summary>What a pair of numbers adds.</summary>
    private interface ITerm
    {
        static abstract Vector<double> Of(Vector<double> a, Vector<double> b);

        static abstract double Of(double a, double b);
    }

    internal static double Dot(RowVector<float> row, ReadOnlySpan<float> weights)
    {
        if (row.IsDense) return Sum<Product>(row.Values, weights);
        double sum = 0;
        for (int i = 0; i < row.Values.Length; i++) sum += (double)row.Values[i] * weights[row.Indices[i]];
        return sum;
    }

    internal static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<SquaredDifference>(a, b);

    private static double Sum<TTerm>(ReadOnlySpan<float> a, ReadOnlySpan<float> b) where TTerm : struct, ITerm
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b[..a.Length]);
        Vector<double> sums = default;
        for (int i = 0; i < left.Length; i++)
        {
            Vector.Widen(left[i], out Vector<double> lower, out Vector<double> upper);
            Vector.Widen(right[i], out Vector<double> otherLower, out Vector<double> otherUpper);
            sums += TTerm.Of(lower, otherLower) + TTerm.Of(upper, otherUpper);
        }
        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++) sum += TTerm.Of((double)a[i], b[i]);
        return sum;
    }

    private readonly struct Product : ITerm
    {
        public static Vector<double> Of(Vector<double> a, Vector<double> b) => a * b;

        public static double Of(double a, double b) => a * b;
    }

    private readonly struct SquaredDifference : ITerm
    {
        public static Vector<double> Of(Vector<double> a, Vector<double> b) => (a - b) * (a - b);

        public static double Of(double a, double b) => (a - b) * (a - b);
    }
}
