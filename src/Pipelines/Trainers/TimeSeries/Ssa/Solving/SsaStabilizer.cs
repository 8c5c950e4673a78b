using System.Numerics;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Keeps the forecasts of a recursion from exploding. A root of its characteristic polynomial outside of the unit circle is a part of the signal
/// that grows by the factor of its magnitude in every step: a trend may, up to a bound; seasons may not grow faster than the trend.
/// </summary>
internal sealed class SsaStabilizer
{
    // A real root this near to 1, beside one above 1, is the other half of a linear trend.
    private const double NearlyOne = 0.9;
    private const double FadingTrend = 0.99;

    private readonly List<double> _reals = [];
    private readonly List<Complex> _pairs = [];
    private readonly double _maxRatio;

    /// <param name="coefficients">The recursion, oldest first.</param>
    /// <param name="maxRatio">The most that a trend may grow by in a step; infinite for no bound.</param>
    /// <param name="keepsRoots">Whether the roots are wanted even if they are all fine.</param>
    internal SsaStabilizer(double[] coefficients, double maxRatio, bool keepsRoots)
    {
        _maxRatio = maxRatio;
        if (coefficients.Length == 1)
        {
            double root = Math.Clamp(coefficients[0], -Math.Min(1, maxRatio), Math.Min(1, maxRatio));
            (RootsBefore, RootsAfter) = ([coefficients[0]], [root]);
            if (root != coefficients[0]) Changed = [root];
            return;
        }
        double[] newestFirst = [.. coefficients];
        Array.Reverse(newestFirst);
        if (!keepsRoots && maxRatio >= 1 && ArmaPolynomial.RootsLieOutside(newestFirst, 1)) return;
        if (PolynomialRoots.Find(coefficients) is not { } roots) return;
        RootsBefore = roots;
        foreach (Complex root in roots)
        {
            if (root.Imaginary == 0) _reals.Add(root.Real);
            else if (root.Imaginary > 0) _pairs.Add(root);
        }
        bool isChanged = Pull();
        RootsAfter = [.. _reals, .. _pairs, .. _pairs.Select(Complex.Conjugate)];
        if (isChanged && Multiply() is { } changed) Changed = changed;
    }

    internal Complex[] RootsBefore { get; } = [];

    internal Complex[] RootsAfter { get; } = [];

    /// <summary>The stable recursion; <see langword="null"/> when it is what it was.</summary>
    internal double[]? Changed { get; }

    private bool Pull()
    {
        double[] realsBefore = [.. _reals];
        Complex[] pairsBefore = [.. _pairs];
        bool isLinear = _maxRatio > 1 && UniteTrends();
        double most = 1;
        if (isLinear)
        {
            for (int i = 0; i < _reals.Count; i++)
                if (Math.Abs(_reals[i]) > 1) _reals[i] = Math.CopySign(FadingTrend, _reals[i]);
        }
        else
        {
            foreach (double real in _reals) most = Math.Max(most, real);
        }
        Squeeze(Math.Min(most, _maxRatio));
        return !_reals.SequenceEqual(realsBefore) || !_pairs.SequenceEqual(pairsBefore);
    }

    /// <summary>Two trends, one of which grows, are a linear one.</summary>
    private bool UniteTrends()
    {
        int first = _reals.FindIndex(real => real > 1);
        int second = first < 0 ? -1 : Enumerable.Range(0, _reals.Count).FirstOrDefault(i => i != first && _reals[i] >= NearlyOne, -1);
        if (second < 0) return false;
        _reals[first] = _reals[second] = 1;
        return true;
    }

    /// <summary>Nothing grows faster than the trend, and seasons of less than four steps half as fast.</summary>
    private void Squeeze(double most)
    {
        double mostOfFast = Math.Min(most, (most + 1) / 2);
        for (int i = 0; i < _reals.Count; i++)
            if (Math.Abs(_reals[i]) > most) _reals[i] = Math.CopySign(most, _reals[i]);
        for (int i = 0; i < _pairs.Count; i++)
        {
            double phase = _pairs[i].Phase;
            if (_pairs[i].Magnitude >= most) _pairs[i] = Complex.FromPolarCoordinates(phase > Math.PI / 2 ? mostOfFast : most, phase);
        }
    }

    /// <summary>The recursion with these roots, oldest first.</summary>
    private double[]? Multiply()
    {
        // Factors from around the circle in turn: products of neighbours would grow by orders of magnitude before they cancel.
        (double Phase, double Linear, double Constant)[] factors =
        [
            .. _reals.Select(real => (real < 0 ? Math.PI : 0, -real, double.NaN))
                .Concat(_pairs.Select(pair => (pair.Phase, -2 * pair.Real, (pair.Real * pair.Real) + (pair.Imaginary * pair.Imaginary))))
                .OrderBy(factor => factor.Item1),
        ];
        double[] polynomial = new double[_reals.Count + (2 * _pairs.Count) + 1];
        polynomial[0] = 1;
        int degree = 0, bits = BitOperations.Log2((uint)Math.Max(1, factors.Length - 1)) + 1;
        for (uint k = 0; k < 1u << bits; k++)
        {
            uint at = Reverse(k, bits);
            if (at >= factors.Length) continue;
            (_, double linear, double constant) = factors[at];
            degree += double.IsNaN(constant) ? 1 : 2;
            for (int i = degree; i > 0; i--)
                polynomial[i] += (linear * polynomial[i - 1]) + (i > 1 && !double.IsNaN(constant) ? constant * polynomial[i - 2] : 0);
        }
        double[] coefficients = [.. polynomial.Skip(1).Reverse().Select(c => -c)];
        return Array.TrueForAll(coefficients, double.IsFinite) ? coefficients : null;
    }

    private static uint Reverse(uint number, int bits)
    {
        uint reversed = 0;
        for (int i = 0; i < bits; i++) reversed |= ((number >> i) & 1) << (bits - 1 - i);
        return reversed;
    }
}
