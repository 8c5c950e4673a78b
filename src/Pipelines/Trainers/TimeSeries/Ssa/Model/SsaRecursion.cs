using System.Buffers;
using System.Numerics;

namespace MLPipelines.TimeSeries;

/// <summary>
/// What a singular spectrum analysis learned: the components that are the signal, and the linear recursion that the signal follows
/// (Golyandina and Korobeynikov 2012, "Basic Singular Spectrum Analysis and Forecasting with R"). A state is the smoothed last
/// window − 1 values, and as many observed ones.
/// </summary>
/// <param name="basis">The components, row after row.</param>
/// <param name="coefficients">What the last window − 1 values of the signal are multiplied by for the next one, oldest first.</param>
/// <param name="observationVariance">The variance of observations around the signal.</param>
/// <param name="recursionVariance">The variance of the signal around its recursion.</param>
internal sealed class SsaRecursion<T>(T[] basis, T[] coefficients, T observationVariance, T recursionVariance) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _past = coefficients.Length;

    internal int Window => _past + 1;

    internal int Rank => basis.Length / Window;

    internal int StateLength => 2 * _past;

    internal T[] Basis => basis;

    internal T[] Coefficients => coefficients;

    internal T ObservationVariance => observationVariance;

    internal T RecursionVariance => recursionVariance;

    /// <summary>The state after a last window of observations.</summary>
    internal T[] StateAfter(ReadOnlySpan<T> window)
    {
        var state = new T[StateLength];
        T[] smooth = new T[Window];
        Smooth(window, new T[Rank], smooth);
        smooth.AsSpan(1).CopyTo(state);
        // As in ML.NET, what is remembered as observed is the signal at first; windows fill up with observations as they come.
        smooth.AsSpan(1).CopyTo(state.AsSpan(_past));
        return state;
    }

    /// <summary>Moves a state by one observation; one that is no finite number counts as the expected one.</summary>
    internal void Observe(Span<T> state, T value)
    {
        Span<T> signal = state[.._past], observed = state[_past..];
        if (!T.IsFinite(value)) value = Next(signal);
        T[] rented = ArrayPool<T>.Shared.Rent((2 * Window) + Rank);
        Span<T> window = rented.AsSpan(0, Window), smooth = rented.AsSpan(Window, Window);
        observed.CopyTo(window);
        window[^1] = value;
        Smooth(window, rented.AsSpan(2 * Window, Rank), smooth);
        // Each point of the signal is the mean of what the windows that it has been in so far say.
        for (int i = 0; i < _past - 1; i++)
        {
            T windows = T.CreateTruncating(_past - 1 - i);
            signal[i] = ((windows * signal[i + 1]) + smooth[i + 1]) / (windows + T.One);
        }
        signal[^1] = smooth[^1];
        window[1..].CopyTo(observed);
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>The signal that is expected next.</summary>
    internal T Next(ReadOnlySpan<T> state) => OrderedSum.Dot(state[.._past], coefficients);

    /// <param name="state">A state.</param>
    /// <param name="mean">Receives the signal that is expected in the next steps.</param>
    /// <param name="deviation">Receives the standard deviation of each, or is empty.</param>
    internal void Forecast(ReadOnlySpan<T> state, Span<T> mean, Span<T> deviation)
    {
        T[] rented = ArrayPool<T>.Shared.Rent(_past + Math.Max(mean.Length, 2));
        Span<T> path = rented.AsSpan(0, _past + Math.Max(mean.Length, 2));
        state[.._past].CopyTo(path);
        for (int i = 0; i < mean.Length; i++) mean[i] = path[_past + i] = OrderedSum.Dot(path.Slice(i, _past), coefficients);
        if (!deviation.IsEmpty) Deviations(path, deviation);
        ArrayPool<T>.Shared.Return(rented);
    }

    // The variance of a step is that of the step before, and what the noise of one more step has become until then. As in ML.NET, the response
    // is taken from its second step on.
    private void Deviations(Span<T> response, Span<T> deviation)
    {
        response[.._past].Clear();
        if (_past > 1) response[_past - 2] = T.One;
        response[_past - 1] = coefficients[^1];
        T variance = recursionVariance + observationVariance;
        for (int i = 0; i < deviation.Length; i++)
        {
            if (i > 0)
            {
                T next = response[_past + i - 1] = OrderedSum.Dot(response.Slice(i - 1, _past), coefficients);
                variance += recursionVariance * next * next;
            }
            deviation[i] = T.Sqrt(variance);
        }
    }

    private void Smooth(ReadOnlySpan<T> window, Span<T> weights, Span<T> smooth)
    {
        for (int i = 0; i < Rank; i++) weights[i] = OrderedSum.Dot(window, basis.AsSpan(i * Window, Window));
        smooth.Clear();
        for (int i = 0; i < Rank; i++) OrderedSum.Add(basis.AsSpan(i * Window, Window), weights[i], smooth);
    }
}
