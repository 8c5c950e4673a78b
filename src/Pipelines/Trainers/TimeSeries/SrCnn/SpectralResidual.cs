using System.Numerics;

namespace MLPipelines.TimeSeries;

/// <summary>
/// The saliency of the points of a series by its spectral residual (Ren et al. 2019, "Time-Series Anomaly Detection Service at Microsoft",
/// section 3.2): a smooth spectrum is what is usual, and the series made of the rest stands out where the unusual is. It
/// serves one thread.
/// </summary>
/// <param name="averagingWindow">How many frequencies the spectrum is averaged over.</param>
/// <param name="lookahead">From how many slopes the next value is guessed.</param>
/// <param name="backAdd">How often that guess is appended, so that the last point is not at the edge.</param>
internal sealed class SpectralResidual(int averagingWindow, int lookahead, int backAdd)
{
    // What is weaker than this share of the strongest frequency is rounding.
    private const double Rounding = 1e-12;

    private FourierTransform _fourier = new(1);
    private Complex[] _spectrum = [];
    private double[] _logarithms = [];
    private double[] _averages = [];

    /// <summary>Finds the saliency of each point.</summary>
    /// <param name="values">The series: finite numbers, at least two more than are looked ahead.</param>
    /// <param name="saliency">Receives as many numbers from 0 on.</param>
    internal void Find(ReadOnlySpan<double> values, Span<double> saliency)
    {
        int length = values.Length + backAdd;
        if (_spectrum.Length != length)
        {
            (_fourier, _spectrum, _logarithms, _averages) = (new FourierTransform(length), new Complex[length], new double[length], new double[length]);
        }
        for (int i = 0; i < values.Length; i++) _spectrum[i] = values[i];
        _spectrum.AsSpan(values.Length).Fill(Next(values));
        _fourier.Forward(_spectrum);
        FlattenSpectrum();
        _fourier.Backward(_spectrum);
        for (int i = 0; i < values.Length; i++) saliency[i] = Complex.Abs(_spectrum[i]);
    }

    /// <summary>The mean of each point and those before it, as far as a window reaches.</summary>
    internal static void Average(ReadOnlySpan<double> values, int window, Span<double> averages)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i];
            if (i >= window) sum -= values[i - window];
            averages[i] = sum / Math.Min(i + 1, window);
        }
    }

    // Divides each frequency by the geometric mean of its strength and those before it.
    private void FlattenSpectrum()
    {
        double strongest = 0;
        foreach (Complex frequency in _spectrum) strongest = Math.Max(strongest, Complex.Abs(frequency));
        for (int i = 0; i < _spectrum.Length; i++)
        {
            double strength = Complex.Abs(_spectrum[i]);
            if (strength <= Rounding * strongest) _spectrum[i] = strength = 0;
            _logarithms[i] = strength > 0 ? Math.Log(strength) : 0;
        }
        Average(_logarithms, averagingWindow, _averages);
        for (int i = 0; i < _spectrum.Length; i++) _spectrum[i] *= Math.Exp(-_averages[i]);
    }

    // The last value is not looked at: it may be the unusual one.
    private double Next(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<double> recent = values.Slice(values.Length - lookahead - 2, lookahead + 1);
        double slopes = 0;
        for (int i = 0; i < lookahead; i++) slopes += (recent[^1] - recent[i]) / (lookahead - i);
        return recent[1] + slopes;
    }
}
