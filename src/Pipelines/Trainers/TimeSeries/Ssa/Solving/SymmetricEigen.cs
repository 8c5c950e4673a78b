using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then implicit QL steps (Golub and
/// Van Loan, "Matrix Computations", 8.3). Eigenvectors are rows, so that every inner loop runs along memory.
/// </summary>
internal static class SymmetricEigen
{
    private const int MostStepsPerValue = 50;

    /// <param name="matrix">A symmetric matrix of finite numbers, row after row; it is overwritten.</param>
    /// <param name="vectors">Receives the eigenvectors of length 1 as rows, each in the place of its value.</param>
    /// <param name="values">Receives the eigenvalues, in no order; its length is the size of the matrix.</param>
    /// <param name="scratch">Twice the size of the matrix; overwritten.</param>
    internal static void Decompose(Span<double> matrix, Span<double> vectors, Span<double> values, Span<double> scratch)
    {
        int size = values.Length;
        Span<double> off = scratch[..size];
        Tridiagonalize(matrix, values, off, scratch.Slice(size, size));
        Accumulate(matrix, vectors, scratch.Slice(size, size), size);
        Diagonalize(values, off, vectors);
    }

    /// <summary>Leaves the reflection k in the row k of the matrix, right of the diagonal, scaled so that it is I − v vᵀ.</summary>
    private static void Tridiagonalize(Span<double> a, Span<double> diagonal, Span<double> off, Span<double> product)
    {
        int n = diagonal.Length;
        for (int k = 0; k < n; k++)
        {
            diagonal[k] = a[(k * n) + k];
            int rest = n - k - 1;
            if (rest == 0) break;
            Span<double> v = a.Slice((k * n) + k + 1, rest);
            off[k] = Reflect(v);
            if (v[0] == 0) continue;
            // A ← (I − v vᵀ) A (I − v vᵀ) = A − v wᵀ − w vᵀ with p = A v and w = p − (p·v / 2) v.
            Span<double> w = product[..rest];
            for (int i = 0; i < rest; i++) w[i] = TensorPrimitives.Dot<double>(a.Slice(((k + 1 + i) * n) + k + 1, rest), v);
            double half = TensorPrimitives.Dot<double>(w, v) / 2;
            TensorPrimitives.MultiplyAdd(v, -half, w, w);
            for (int i = 0; i < rest; i++) SubtractTwo(a.Slice(((k + 1 + i) * n) + k + 1, rest), w, v[i], v, w[i]);
        }
    }

    /// <summary>Makes of x the v with (I − v vᵀ) x = (r, 0, …, 0), and gives r; v starts with 0 where x is of that form.</summary>
    private static double Reflect(Span<double> x)
    {
        double first = x[0];
        double scale = TensorPrimitives.MaxMagnitude<double>(x[1..].IsEmpty ? x : x[1..]);
        if (x.Length == 1 || scale == 0)
        {
            x[0] = 0;
            return first;
        }
        scale = Math.Max(Math.Abs(scale), Math.Abs(first));
        TensorPrimitives.Multiply(x, 1 / scale, x);
        double norm = Math.Sqrt(TensorPrimitives.Dot<double>(x, x));
        double result = x[0] > 0 ? -norm : norm;
        x[0] -= result;
        TensorPrimitives.Multiply(x, 1 / Math.Sqrt(norm * Math.Abs(x[0])), x);
        return result * scale;
    }

    private static void SubtractTwo(Span<double> target, ReadOnlySpan<double> x, double byX, ReadOnlySpan<double> y, double byY)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var targets = MemoryMarshal.Cast<double, Vector<double>>(target);
            var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
            var ys = MemoryMarshal.Cast<double, Vector<double>>(y);
            var p = new Vector<double>(byX);
            var q = new Vector<double>(byY);
            for (int j = 0; j < targets.Length; j++) targets[j] -= (xs[j] * p) + (ys[j] * q);
            i = targets.Length * Vector<double>.Count;
        }
        for (; i < target.Length; i++) target[i] -= (x[i] * byX) + (y[i] * byY);
    }

    /// <summary>The product of all reflections, last to first, as rows.</summary>
    private static void Accumulate(ReadOnlySpan<double> reflections, Span<double> q, Span<double> scratch, int n)
    {
        q[..(n * n)].Clear();
        for (int i = 0; i < n; i++) q[(i * n) + i] = 1;
        for (int k = n - 2; k >= 0; k--)
        {
            int rest = n - k - 1;
            ReadOnlySpan<double> v = reflections.Slice((k * n) + k + 1, rest);
            if (v[0] == 0) continue;
            for (int i = k + 1; i < n; i++)
            {
                Span<double> row = q.Slice((i * n) + k + 1, rest);
                TensorPrimitives.MultiplyAdd(v, -TensorPrimitives.Dot<double>(row, v), row, row);
            }
        }
    }

    /// <summary>Turns the three diagonals into one by rotations, and applies these to the rows of eigenvectors.</summary>
    private static void Diagonalize(Span<double> d, Span<double> e, Span<double> vectors)
    {
        int n = d.Length;
        e[n - 1] = 0;
        for (int l = 0; l < n; l++)
        {
            for (int step = 0; step < MostStepsPerValue; step++)
            {
                int m = l;
                while (m < n - 1 && Math.Abs(e[m]) > 1.2e-16 * (Math.Abs(d[m]) + Math.Abs(d[m + 1]))) m++;
                if (m == l) break;
                double g = (d[l + 1] - d[l]) / (2 * e[l]);
                double r = Hypotenuse(g, 1);
                g = d[m] - d[l] + (e[l] / (g + (g >= 0 ? r : -r)));
                double s = 1, c = 1, p = 0;
                int i = m - 1;
                for (; i >= l; i--)
                {
                    double f = s * e[i], b = c * e[i];
                    e[i + 1] = r = Hypotenuse(f, g);
                    if (r == 0)
                    {
                        d[i + 1] -= p;
                        e[m] = 0;
                        break;
                    }
                    (s, c) = (f / r, g / r);
                    g = d[i + 1] - p;
                    r = ((d[i] - g) * s) + (2 * c * b);
                    p = s * r;
                    d[i + 1] = g + p;
                    g = (c * r) - b;
                    Rotate(vectors.Slice(i * n, n), vectors.Slice((i + 1) * n, n), c, s);
                }
                if (r == 0 && i >= l) continue;
                d[l] -= p;
                e[l] = g;
                e[m] = 0;
            }
        }
    }

    private static double Hypotenuse(double x, double y)
    {
        double square = (x * x) + (y * y);
        return square is > 1e-290 and < 1e290 ? Math.Sqrt(square) : double.Hypot(x, y);
    }

    private static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
            var ys = MemoryMarshal.Cast<double, Vector<double>>(y);
            var cosine = new Vector<double>(c);
            var sine = new Vector<double>(s);
            for (int j = 0; j < xs.Length && j < ys.Length; j++)
            {
                Vector<double> a = xs[j], b = ys[j];
                ys[j] = (sine * a) + (cosine * b);
                xs[j] = (cosine * a) - (sine * b);
            }
            i = xs.Length * Vector<double>.Count;
        }
        for (; i < x.Length; i++) (x[i], y[i]) = ((c * x[i]) - (s * y[i]), (s * x[i]) + (c * y[i]));
    }
}
