using System.Numerics;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Finds how many components are the signal: those whose recursion, started from the signal before the last points, stays closest to
/// these points (in the sum of absolute errors) without seeing any of them.
/// </summary>
internal static class SsaRankSearch
{
    private const int PointsToForecast = 200;

    /// <summary>The rank that the settings ask for, from 1 on.</summary>
    internal static int Choose<T>(T[] series, SsaComponents<T> components, SsaSettings settings) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int most = UsableRank(components, settings.Selection == RankSelectionMethod.Fixed ? settings.Rank : settings.MaxRank);
        return settings.Selection == RankSelectionMethod.Fixed ? most : Search(series, components, most, settings.Selection == RankSelectionMethod.Exact);
    }

    // A recursion needs components that leave a part of the last place of a window open.
    private static int UsableRank<T>(SsaComponents<T> components, int most) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rank = 0;
        for (T open = T.One; rank < Math.Min(most, components.SignificantRank); rank++)
        {
            T last = components.Vector(rank)[^1];
            open -= last * last;
            if (!(open > T.CreateTruncating(1e-6))) break;
        }
        return rank;
    }

    private static int Search<T>(T[] series, SsaComponents<T> components, int most, bool isExact) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int window = components.Window, past = window - 1, points = series.Length;
        int forecasts = Math.Min(Math.Max(window, PointsToForecast), points - window + 1), start = points - forecasts;
        T[] signal = new T[past], coefficients = new T[past], scaled = new T[past], path = new T[past + forecasts], weights = new T[points];
        ReadOnlySpan<T> actual = series.AsSpan(start);
        T total = Sum<T>(isExact ? series : series.AsSpan(start - past, past)), open = T.One, least = T.PositiveInfinity;
        int best = Math.Min(1, most);
        for (int i = 0; i < most; i++)
        {
            ReadOnlySpan<T> vector = components.Vector(i);
            OrderedSum.Add(vector[..past], vector[^1], coefficients);
            open -= vector[^1] * vector[^1];
            if (isExact)
            {
                components.AddReconstruction(i, start - past, signal, weights);
                total -= components.SumOf(i);
            }
            else
            {
                T weight = OrderedSum.Dot(series.AsSpan(start - past, window), vector), before = Sum<T>(signal);
                OrderedSum.Add(vector[..past], weight, signal);
                total -= Sum<T>(signal) - before;
            }
            T bias = total / T.CreateTruncating(isExact ? points : past);
            for (int j = 0; j < past; j++) scaled[j] = coefficients[j] / open;
            signal.CopyTo(path, 0);
            T error = Error(path, scaled, bias, actual, least);
            if (!(error < least)) continue;
            (least, best) = (error, i + 1);
        }
        return best;
    }

    /// <summary>How far the recursion gets from what was observed; it ends once that is not the least.</summary>
    private static T Error<T>(Span<T> path, ReadOnlySpan<T> coefficients, T bias, ReadOnlySpan<T> actual, T least) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int past = coefficients.Length;
        T error = T.Zero;
        for (int i = 0; i < actual.Length && error <= least; i++)
        {
            T next = path[past + i] = OrderedSum.Dot(path.Slice(i, past), coefficients) + bias;
            error += T.Abs(actual[i] - next);
        }
        return error;
    }

    private static T Sum<T>(ReadOnlySpan<T> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T number in numbers) sum += number;
        return sum;
    }
}
