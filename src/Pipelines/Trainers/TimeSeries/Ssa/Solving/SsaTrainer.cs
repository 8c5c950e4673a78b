using System.Buffers;
using System.Numerics;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Basic singular spectrum analysis (Golyandina and Korobeynikov 2012): the eigenvectors of the lagged products are the components; the
/// first of them are the signal, whose recurrence of least norm makes the forecasts. Numbers are as precise as
/// T from the components on: in single precision they are ML.NET's.
/// </summary>
internal static class SsaTrainer
{
    /// <param name="series">Finite numbers, at least <see cref="SsaSettings.LeastPoints"/> of them.</param>
    /// <param name="settings">How.</param>
    /// <param name="info">What was found out, where it is asked for.</param>
    internal static SsaRecursion<T> Train<T>(T[] series, SsaSettings settings, out SsaModelInfo? info) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var components = new SsaComponents<T>(series, settings.Window, settings.Discount);
        int rank = SsaRankSearch.Choose(series, components, settings);
        T[] basis = rank == 0 ? Average<T>(settings.Window) : components.Basis(rank);
        T[] coefficients = Coefficients(basis, settings.Window);
        SsaStabilizer? stabilizer = null;
        if (settings.Stabilizes && rank > 0)
        {
            stabilizer = new SsaStabilizer(Array.ConvertAll(coefficients, double.CreateTruncating), settings.MaxRatio, settings.KeepsInfo);
            if (stabilizer.Changed is { } changed) coefficients = Array.ConvertAll(changed, T.CreateTruncating);
        }
        info = !settings.KeepsInfo ? null : new SsaModelInfo(settings.Window, Math.Max(rank, 1), components.Spectrum,
            Array.ConvertAll(coefficients, double.CreateTruncating), stabilizer?.RootsBefore ?? [], stabilizer?.RootsAfter ?? []);
        if (!settings.MeasuresNoise || rank == 0) return new SsaRecursion<T>(basis, coefficients, T.Zero, T.Zero);
        (T observation, T recursion) = settings.Selection == RankSelectionMethod.Exact
            ? Noise(series, Signal(series, components, rank), coefficients) : Noise(series, SignalOfLastWindows(series, basis, settings.Window), coefficients);
        return new SsaRecursion<T>(basis, coefficients, observation, recursion);
    }

    // What a series without variance is: the mean of what was last.
    private static T[] Average<T>(int window) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] basis = new T[window];
        Array.Fill(basis, T.One / T.Sqrt(T.CreateTruncating(window)));
        return basis;
    }

    // Σ π u′ / (1 − Σ π²), where π is the last number of a component u, and u′ the numbers before it.
    private static T[] Coefficients<T>(T[] basis, int window) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] coefficients = new T[window - 1];
        T closed = T.Zero;
        for (int start = 0; start < basis.Length; start += window)
        {
            T last = basis[start + window - 1];
            closed += last * last;
            OrderedSum.Add(basis.AsSpan(start, window - 1), last, coefficients);
        }
        for (int i = 0; i < coefficients.Length; i++) coefficients[i] /= T.One - closed;
        return coefficients;
    }

    private static T[] Signal<T>(T[] series, SsaComponents<T> components, int rank) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] signal = new T[series.Length], weights = new T[series.Length];
        for (int i = 0; i < rank; i++) components.AddReconstruction(i, 0, signal, weights);
        return signal;
    }

    /// <summary>The signal in the last two windows that do not overlap but for a point.</summary>
    private static T[] SignalOfLastWindows<T>(T[] series, T[] basis, int window) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] signal = new T[(2 * window) - 1];
        ReadOnlySpan<T> end = series.AsSpan(series.Length - signal.Length);
        T half = T.One / (T.One + T.One);
        for (int start = 0; start < basis.Length; start += window)
        {
            ReadOnlySpan<T> vector = basis.AsSpan(start, window);
            T first = OrderedSum.Dot(end[..window], vector), second = OrderedSum.Dot(end[(window - 1)..], vector);
            OrderedSum.Add(vector[..^1], first, signal);
            OrderedSum.Add(vector[1..], second, signal.AsSpan(window));
            signal[window - 1] += ((first * vector[^1]) + (second * vector[0])) * half;
        }
        return signal;
    }

    /// <summary>The variances of the end of a series around its signal, and of the signal around its recursion.</summary>
    private static (T Observation, T Recursion) Noise<T>(T[] series, T[] signal, T[] coefficients) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] rest = new T[signal.Length];
        for (int i = 0; i < rest.Length; i++) rest[i] = series[series.Length - rest.Length + i] - signal[i];
        (T mean, T squares) = (T.Zero, T.Zero);
        foreach (T number in rest)
        {
            mean += number;
            squares += number * number;
        }
        T count = T.CreateTruncating(rest.Length);
        mean /= count;
        T observation = (squares / count) - (mean * mean);

        int past = coefficients.Length, steps = signal.Length - past;
        for (int i = 0; i < steps; i++) rest[i] = signal[past + i] - OrderedSum.Dot<T>(signal.AsSpan(i, past), coefficients);
        (mean, squares) = (T.Zero, T.Zero);
        for (int i = 0; i < steps; i++) mean += rest[i];
        mean /= T.CreateTruncating(steps);
        for (int i = 0; i < steps; i++) squares += (rest[i] - mean) * (rest[i] - mean);
        return (T.Max(T.Zero, observation), squares / T.CreateTruncating(steps - past));
    }
}
