using System.Numerics;
using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Finds the period of a series: the lag, among those near the two strongest frequencies of its periodogram, at which it resembles
/// itself most, if that is more than chance (Box, Jenkins and Reinsel, "Time Series Analysis", section 2.1: the autocorrelation of noise is
/// normal with deviation 1/√n). The limits are ML.NET's. Unlike there, the level of the series does not count, and a pattern
/// whose harmonics are stronger than its own frequency is not taken for theirs.
/// </summary>
internal static class SeasonalityDetector
{
    private const int LongestPeriod = 400;
    private const int FewestPeriods = 8;

    // A series that varies by a smaller share of its values, squared, varies by rounding.
    private const double LeastEnergy = 1e-20;

    // What the second frequency must be, in energies of the middle one, and of the strongest one.
    private const double OverTypical = 6, OverStrongest = 0.1;

    // How much more its lag must be alike than that of the strongest one.
    private const double Better = 1.05;

    /// <summary>The period in steps, or -1 when there is none.</summary>
    /// <param name="values">Finite numbers, oldest first.</param>
    /// <param name="randomnessThreshold">How sure it must be; from 0 to 1.</param>
    internal static int Detect(ReadOnlySpan<double> values, double randomnessThreshold)
    {
        int length = values.Length;
        if (length < 2 * FewestPeriods) return -1;
        var energies = new Complex[length];
        double mean = TensorPrimitives.Sum(values) / length;
        for (int i = 0; i < length; i++) energies[i] = values[i] - mean;
        var fourier = new FourierTransform(length);
        fourier.Forward(energies);
        for (int i = 0; i < length; i++) energies[i] = energies[i].Real * energies[i].Real + energies[i].Imaginary * energies[i].Imaginary;
        (int best, int second) = FindFrequencies([.. energies.Take(length / 2 + 1).Select(energy => energy.Real)], length);
        // The transform of the energies are the products of the series with itself, moved by each lag.
        fourier.Backward(energies);
        double[] products = Array.ConvertAll(energies, product => product.Real);
        int period = FindPeriod(products, best), other = FindPeriod(products, second);
        if (period < 0 || (other > 0 && products[other] > Better * products[period])) period = other;
        period = Whole(products, period);
        if (period < 0 || products[0] <= LeastEnergy * TensorPrimitives.SumOfSquares(values)) return -1;
        return products[period] / products[0] >= NormalDistribution.Quantile(randomnessThreshold) / Math.Sqrt(length) ? period : -1;
    }

    // The frequency with most energy, and the next one that is not of the same period; -1 when that is weak.
    private static (int Best, int Second) FindFrequencies(double[] energies, int length)
    {
        int best = 1;
        for (int i = 1; i < energies.Length; i++)
            if (energies[i] > energies[best]) best = i;
        int period = length / best, second = -1;
        double least = (double)length / (period + 1), most = (double)length / (period - 1), energy = 0;
        for (int i = 1; i < energies.Length; i++)
        {
            bool isPeak = energies[i] >= energies[i - 1] && (i + 1 == energies.Length || energies[i] >= energies[i + 1]);
            if ((i > least && i < most) || !isPeak || energies[i] <= energy) continue;
            (second, energy) = (i, energies[i]);
        }
        Array.Sort(energies, 1, energies.Length - 1);
        double typical = energies[1 + (energies.Length - 1) / 2];
        return (best, energy > OverTypical * typical && energy > OverStrongest * energies[^1] ? second : -1);
    }

    // The lag near that of a frequency at which the series is most alike itself; -1 when it is too long.
    private static int FindPeriod(double[] products, int frequency)
    {
        if (frequency <= 1) return -1;
        int period = -1;
        for (int lag = products.Length / (frequency + 1); lag <= products.Length / (frequency - 1) && lag < products.Length; lag++)
            if (products[lag] > (period < 0 ? 0 : products[period])) period = lag;
        return period > 1 && period <= Longest(products) ? period : -1;
    }

    // The shortest lag at which the series is about as much alike itself as at any, if that is clearly more than at the period, and clearly
    // less so between: a series that wanders is alike itself at every short lag.
    private static int Whole(double[] products, int period)
    {
        double most = 0;
        for (int lag = 2; lag <= Longest(products); lag++)
            if (IsPeak(lag)) most = Math.Max(most, products[lag]);
        if (most <= (period < 0 ? products[0] / 2 : Better * products[period])) return period;
        int whole = 2;
        while (!IsPeak(whole) || Better * products[whole] < most) whole++;
        return products.AsSpan(1, whole).ContainsAnyInRange(double.NegativeInfinity, most / 2) ? whole : period;

        bool IsPeak(int lag) => products[lag] >= products[lag - 1] && products[lag] >= products[lag + 1];
    }

    private static int Longest(double[] products) => Math.Min(LongestPeriod, products.Length / FewestPeriods);
}
