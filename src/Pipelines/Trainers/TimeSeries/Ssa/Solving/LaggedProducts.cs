using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Matrices of sums over all windows of a series. A row follows from the one above it, since windows that start one later are almost the
/// same windows: filling one takes window · (window + windows) steps.
/// </summary>
internal static class LaggedProducts
{
    /// <summary>Σ over windows b of discount^(age of the window) · s[b + i] · s[b + j]: the matrix whose eigenvectors are the components.</summary>
    internal static void Fill(ReadOnlySpan<double> series, int window, double discount, Span<double> matrix)
    {
        int windows = series.Length - window + 1;
        double oldest = Math.Pow(discount, windows - 1);
        if (discount == 1)
        {
            for (int j = 0; j < window; j++) matrix[j] = TensorPrimitives.Dot(series[..windows], series.Slice(j, windows));
        }
        else
        {
            for (int j = 0; j < window; j++)
            {
                double sum = 0;
                for (int b = 0; b < windows; b++) sum = (sum * discount) + (series[b] * series[b + j]);
                matrix[j] = sum;
            }
        }
        for (int i = 1; i < window; i++)
        {
            for (int j = 0; j < i; j++) matrix[(i * window) + j] = matrix[(j * window) + i];
            double first = series[i - 1] * oldest, last = series[i - 1 + windows];
            for (int j = i; j < window; j++)
                matrix[(i * window) + j] = (discount * (matrix[((i - 1) * window) + j - 1] - (first * series[j - 1]))) + (last * series[j - 1 + windows]);
        }
    }

    /// <summary>
    /// M with uᵀ M u = the sum of the series that the component u reconstructs: M[i, j] = Σ over windows b of s[b + j] / (the number of
    /// windows that the point b + i is in).
    /// </summary>
    internal static void FillSums(ReadOnlySpan<double> series, int window, Span<double> shares, Span<double> matrix)
    {
        int windows = series.Length - window + 1;
        for (int t = 0; t < series.Length; t++) shares[t] = 1.0 / Math.Min(Math.Min(t + 1, window), series.Length - t);
        for (int j = 0; j < window; j++)
        {
            matrix[j] = TensorPrimitives.Dot(shares[..windows], series.Slice(j, windows));
            matrix[j * window] = TensorPrimitives.Dot(shares.Slice(j, windows), series[..windows]);
        }
        for (int i = 1; i < window; i++)
        {
            double first = shares[i - 1], last = shares[i - 1 + windows];
            for (int j = 1; j < window; j++)
                matrix[(i * window) + j] = matrix[((i - 1) * window) + j - 1] - (first * series[j - 1]) + (last * series[j - 1 + windows]);
        }
    }
}
