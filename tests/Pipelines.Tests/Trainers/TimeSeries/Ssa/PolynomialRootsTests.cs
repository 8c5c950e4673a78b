using System.Numerics;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public class PolynomialRootsTests
{
    /// <summary>The recursion, oldest first, whose characteristic polynomial has these roots and the mirror images of complex ones.</summary>
    private static double[] Recursion(params Complex[] roots)
    {
        List<Complex> polynomial = [1];
        foreach (Complex root in roots.SelectMany(root => root.Imaginary == 0 ? [root] : new[] { root, Complex.Conjugate(root) }))
        {
            polynomial.Add(0);
            for (int i = polynomial.Count - 1; i > 0; i--) polynomial[i] -= root * polynomial[i - 1];
        }
        return [.. polynomial.Skip(1).Select(c => -c.Real).Reverse()];
    }

    private static void AssertRoots(IEnumerable<Complex> expected, IEnumerable<Complex> actual, double within)
    {
        List<Complex> left = [.. actual];
        foreach (Complex root in expected.SelectMany(root => root.Imaginary == 0 ? [root] : new[] { root, Complex.Conjugate(root) }))
        {
            Complex nearest = left.MinBy(other => (other - root).Magnitude);
            Assert.True((nearest - root).Magnitude < within, $"{root} is not among {string.Join(", ", left)}");
            left.Remove(nearest);
        }
        Assert.Empty(left);
    }

    [Fact]
    public void Roots_are_found_and_mirror_each_other()
    {
        Complex[] roots = [1.05, -0.7, 0.2, new(0.5, 0.8), new(-0.3, 0.6), new(0.9, 0.1)];
        Complex[] found = PolynomialRoots.Find(Recursion(roots))!;
        AssertRoots(roots, found, 1e-10);
        Assert.All(found, root => Assert.Contains(Complex.Conjugate(root), found));
        Assert.Equal(3, found.Count(root => root.Imaginary == 0));
    }

    [Fact]
    public void Double_roots_and_roots_at_zero_are_found() =>
        AssertRoots([0, 0, 1, 1, new(0.6, 0.6)], PolynomialRoots.Find(Recursion(0, 0, 1, 1, new(0.6, 0.6)))!, 1e-6);

    [Fact]
    public void Many_roots_around_the_circle_are_found()
    {
        Complex[] roots = [.. Enumerable.Range(1, 80).Select(k => Complex.FromPolarCoordinates(0.9 + (0.001 * k), Math.PI * k / 81)), 0.97];
        AssertRoots(roots, PolynomialRoots.Find(Recursion([.. roots.OrderBy(root => root.Phase * 7919 % 1)]))!, 1e-6);
    }

    [Fact]
    public void What_grows_is_pulled_in_and_the_rest_stays()
    {
        Complex[] roots = [0.9, -0.5, Complex.FromPolarCoordinates(1.1, 1), Complex.FromPolarCoordinates(0.8, 2)];
        var stabilizer = new SsaStabilizer(Recursion(roots), double.PositiveInfinity, keepsRoots: false);
        AssertRoots([0.9, -0.5, Complex.FromPolarCoordinates(1, 1), Complex.FromPolarCoordinates(0.8, 2)], PolynomialRoots.Find(stabilizer.Changed)!, 1e-9);
    }

    [Fact]
    public void A_stable_recursion_is_left_as_it_is() => Assert.Null(new SsaStabilizer(Recursion(0.9, new(0.5, 0.5), -0.99), double.PositiveInfinity, keepsRoots: false).Changed);

    [Fact]
    public void A_growing_trend_beside_another_becomes_linear()
    {
        var stabilizer = new SsaStabilizer(Recursion(1.02, 0.98, 0.3, -0.4), double.PositiveInfinity, keepsRoots: false);
        AssertRoots([1, 1, 0.3, -0.4], PolynomialRoots.Find(stabilizer.Changed)!, 1e-6);
    }
}
