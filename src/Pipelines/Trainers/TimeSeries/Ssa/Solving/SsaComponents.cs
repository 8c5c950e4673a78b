using System.Buffers;
using System.Numerics;

namespace MLPipelines.TimeSeries;

/// <summary>The components of a series, those with most of its variance first, and what each reconstructs.</summary>
internal sealed class SsaComponents<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    // Components below this share of the largest are rounding of the sums that they come from.
    private const double Rounding = 1e-15;

    private readonly T[] _series;
    private readonly T[] _vectors;
    private readonly T[] _reversed;
    private readonly T[] _sums;

    internal SsaComponents(T[] series, int window, double discount)
    {
        _series = series;
        Window = window;
        int cells = window * window, points = series.Length;
        double[] numbers = ArrayPool<double>.Shared.Rent(points), shares = ArrayPool<double>.Shared.Rent(points);
        double[] matrix = ArrayPool<double>.Shared.Rent(cells), vectors = ArrayPool<double>.Shared.Rent(cells);
        for (int i = 0; i < points; i++) numbers[i] = double.CreateTruncating(series[i]);
        LaggedProducts.Fill(numbers.AsSpan(0, points), window, discount, matrix);
        double[] values = new double[window];
        SymmetricEigen.Decompose(matrix.AsSpan(0, cells), vectors.AsSpan(0, cells), values, new double[2 * window]);
        int[] order = new int[window];
        for (int i = 0; i < window; i++) order[i] = i;
        Array.Sort(order, (a, b) => values[b].CompareTo(values[a]));
        Spectrum = Array.ConvertAll(order, i => Math.Max(0, values[i]));
        _vectors = ArrayPool<T>.Shared.Rent(cells);
        _reversed = ArrayPool<T>.Shared.Rent(cells);
        for (int i = 0; i < window; i++)
        {
            for (int j = 0; j < window; j++)
                _reversed[(i * window) + window - 1 - j] = _vectors[(i * window) + j] = T.CreateTruncating(vectors[(order[i] * window) + j]);
        }
        LaggedProducts.FillSums(numbers.AsSpan(0, points), window, shares, matrix);
        _sums = ArrayPool<T>.Shared.Rent(cells);
        for (int i = 0; i < cells; i++) _sums[i] = T.CreateTruncating(matrix[i]);
        ArrayPool<double>.Shared.Return(matrix);
        ArrayPool<double>.Shared.Return(numbers);
        ArrayPool<double>.Shared.Return(shares);
        ArrayPool<double>.Shared.Return(vectors);
        double least = Spectrum[0] * window * Rounding;
        SignificantRank = Spectrum[0] > 0 ? Math.Min(window - 1, Array.FindIndex(Spectrum, value => value <= least) is var end && end < 0 ? window : end) : 0;
    }

    internal int Window { get; }

    /// <summary>The squared singular values, largest first.</summary>
    internal double[] Spectrum { get; }

    /// <summary>How many components are more than rounding, without the last one; 0 for a series of zeros.</summary>
    internal int SignificantRank { get; }

    internal ReadOnlySpan<T> Vector(int component) => _vectors.AsSpan(component * Window, Window);

    /// <summary>The first components, row after row.</summary>
    internal T[] Basis(int rank) => _vectors.AsSpan(0, rank * Window).ToArray();

    /// <summary>The sum over all points of what a component reconstructs.</summary>
    internal T SumOf(int component)
    {
        ReadOnlySpan<T> vector = Vector(component);
        T sum = T.Zero;
        for (int i = 0; i < Window; i++) sum += vector[i] * OrderedSum.Dot(_sums.AsSpan(i * Window, Window), vector);
        return sum;
    }

    /// <summary>Adds what a component reconstructs of a run of points: at each, the mean over the windows that it is in.</summary>
    /// <param name="component">Which.</param>
    /// <param name="start">The first point.</param>
    /// <param name="target">A number for each point of the run.</param>
    /// <param name="weights">Room for the weights of windows; as long as the series.</param>
    internal void AddReconstruction(int component, int start, Span<T> target, Span<T> weights)
    {
        int windows = _series.Length - Window + 1;
        int first = Math.Max(0, start - Window + 1), last = Math.Min(windows - 1, start + target.Length - 1);
        for (int b = first; b <= last; b++) weights[b] = OrderedSum.Dot<T>(_series.AsSpan(b, Window), Vector(component));
        for (int i = 0; i < target.Length; i++)
        {
            int t = start + i, from = Math.Max(0, t - Window + 1), to = Math.Min(windows - 1, t);
            // The window b holds the point at t − b, which is counted from the end in the reversed vector.
            ReadOnlySpan<T> places = _reversed.AsSpan((component * Window) + Window - 1 - t + from, to - from + 1);
            target[i] += OrderedSum.Dot(places, weights.Slice(from, places.Length)) / T.CreateTruncating(places.Length);
        }
    }

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(_vectors);
        ArrayPool<T>.Shared.Return(_reversed);
        ArrayPool<T>.Shared.Return(_sums);
    }
}
