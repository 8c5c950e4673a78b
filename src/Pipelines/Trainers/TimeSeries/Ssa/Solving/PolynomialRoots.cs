using System.Numerics;
using System.Runtime.InteropServices;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Roots of zⁿ − c[n−1] zⁿ⁻¹ − … − c[0], the characteristic polynomial of a recursion with coefficients c, oldest first. All roots are
/// improved together (Aberth 1973): window² steps a round, where the eigenvalues of a companion matrix take window³.
/// </summary>
internal static class PolynomialRoots
{
    private const int MostRounds = 200;

    /// <summary>All roots, complex ones in pairs that mirror each other exactly; <see langword="null"/> when they are not found.</summary>
    internal static Complex[]? Find(ReadOnlySpan<double> coefficients)
    {
        int zeros = 0;
        while (zeros < coefficients.Length && coefficients[zeros] == 0) zeros++;
        coefficients = coefficients[zeros..];
        int n = coefficients.Length;
        double[] x = new double[n], y = new double[n], stepX = new double[n], stepY = new double[n];
        // Not on the real axis, and not mirrored: roots that start as a pair would never part to become two real ones.
        for (int i = 0; i < n; i++) Seed(x, y, i, 0.97, (2 * Math.PI * i / n) + 0.4);
        if (n > 0 && !Improve(coefficients, x, y, stepX, stepY)) return null;
        var roots = new Complex[zeros + n];
        return Mirror(x, y, roots.AsSpan(zeros)) ? roots : null;
    }

    private static bool Improve(ReadOnlySpan<double> coefficients, double[] x, double[] y, double[] stepX, double[] stepY)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            Newton(coefficients, x, y, stepX, stepY);
            bool settled = true;
            for (int i = 0; i < x.Length; i++)
            {
                var newton = new Complex(stepX[i], stepY[i]);
                Complex step = newton / (1 - (newton * Repulsion(x, y, i)));
                if (!double.IsFinite(step.Real) || !double.IsFinite(step.Imaginary))
                {
                    Seed(x, y, i, 1, 0.7 + (i * 7) + round);
                    settled = false;
                    continue;
                }
                x[i] -= step.Real;
                y[i] -= step.Imaginary;
                settled &= step.Magnitude <= 1e-14 * (1 + Math.Abs(x[i]) + Math.Abs(y[i]));
            }
            if (settled) return true;
        }
        return IsGood(stepX, stepY);
    }

    private static void Seed(double[] x, double[] y, int i, double radius, double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        (x[i], y[i]) = (radius * cos, radius * sin);
    }

    // Roots close to each other swing around their place by the root of the rounding.
    private static bool IsGood(double[] stepX, double[] stepY)
    {
        for (int i = 0; i < stepX.Length; i++)
            if (!(Math.Abs(stepX[i]) + Math.Abs(stepY[i]) < 1e-6)) return false;
        return true;
    }

    /// <summary>p(z) / p′(z) at every z.</summary>
    private static void Newton(ReadOnlySpan<double> coefficients, double[] x, double[] y, double[] stepX, double[] stepY)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        int done = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (int j = 0; j < xs.Length; j++, done += Vector<double>.Count)
            {
                var zx = new Vector<double>(x, done);
                var zy = new Vector<double>(y, done);
                Vector<double> px = Vector<double>.One, py = Vector<double>.Zero, qx = Vector<double>.Zero, qy = Vector<double>.Zero;
                for (int k = coefficients.Length - 1; k >= 0; k--)
                {
                    (qx, qy) = ((qx * zx) - (qy * zy) + px, (qx * zy) + (qy * zx) + py);
                    (px, py) = ((px * zx) - (py * zy) - new Vector<double>(coefficients[k]), (px * zy) + (py * zx));
                }
                Vector<double> square = (qx * qx) + (qy * qy);
                (((px * qx) + (py * qy)) / square).CopyTo(stepX, done);
                (((py * qx) - (px * qy)) / square).CopyTo(stepY, done);
            }
        }
        for (; done < x.Length; done++)
        {
            Complex z = new(x[done], y[done]), p = 1, q = 0;
            for (int k = coefficients.Length - 1; k >= 0; k--) (q, p) = ((q * z) + p, (p * z) - coefficients[k]);
            Complex step = p / q;
            (stepX[done], stepY[done]) = (step.Real, step.Imaginary);
        }
    }

    /// <summary>Σ 1 / (z[i] − z[j]) over all others.</summary>
    private static Complex Repulsion(double[] x, double[] y, int i)
    {
        double zx = x[i], zy = y[i], sumX = 0, sumY = 0;
        int j = 0;
        if (Vector.IsHardwareAccelerated && x.Length >= Vector<double>.Count)
        {
            Vector<double> sx = Vector<double>.Zero, sy = Vector<double>.Zero, atX = new(zx), atY = new(zy);
            for (; j <= x.Length - Vector<double>.Count; j += Vector<double>.Count)
            {
                Vector<double> dx = atX - new Vector<double>(x, j), dy = atY - new Vector<double>(y, j), square = (dx * dx) + (dy * dy);
                // The root itself, and others in the same place, repel nothing.
                Vector<double> inverse = Vector.ConditionalSelect(Vector.Equals(square, Vector<double>.Zero), Vector<double>.Zero, Vector<double>.One / square);
                sx += dx * inverse;
                sy -= dy * inverse;
            }
            (sumX, sumY) = (Vector.Sum(sx), Vector.Sum(sy));
        }
        for (; j < x.Length; j++)
        {
            double dx = zx - x[j], dy = zy - y[j], square = (dx * dx) + (dy * dy);
            if (square == 0) continue;
            sumX += dx / square;
            sumY -= dy / square;
        }
        return new Complex(sumX, sumY);
    }

    /// <summary>Makes roots that are real but for rounding real, and finds the mirror image of each other one.</summary>
    private static bool Mirror(double[] x, double[] y, Span<Complex> roots)
    {
        int count = 0;
        bool[] isTaken = new bool[x.Length];
        int[] byHeight = new int[x.Length];
        for (int i = 0; i < byHeight.Length; i++) byHeight[i] = i;
        Array.Sort(byHeight, (a, b) => Math.Abs(y[b]).CompareTo(Math.Abs(y[a])));
        foreach (int i in byHeight)
        {
            if (isTaken[i]) continue;
            isTaken[i] = true;
            int mate = -1;
            double distance = Math.Abs(y[i]) <= 1e-10 * (1 + Math.Abs(x[i])) ? 0 : 1e-4;
            for (int j = 0; j < x.Length; j++)
            {
                double apart = Math.Abs(x[j] - x[i]) + Math.Abs(y[j] + y[i]);
                if (!isTaken[j] && apart < distance) (mate, distance) = (j, apart);
            }
            if (mate < 0)
            {
                // Alone and far from the real axis: the roots are wrong.
                if (Math.Abs(y[i]) > 1e-4) return false;
                roots[count++] = x[i];
                continue;
            }
            isTaken[mate] = true;
            Complex mean = new((x[i] + x[mate]) / 2, (y[i] - y[mate]) / 2);
            roots[count++] = mean;
            roots[count++] = Complex.Conjugate(mean);
        }
        return true;
    }
}
