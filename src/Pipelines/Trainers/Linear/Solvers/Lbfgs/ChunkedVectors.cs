using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// Operations on long vectors, in chunks of fixed size that threads take and whose sums are added in order: the result does not
/// depend on the number of threads. Sums are in double precision across chunks.
/// </summary>
internal sealed class ChunkedVectors(int threads)
{
    private const int Chunk = 1 << 14;

    internal double Dot(float[] a, float[] b) => Sum(a.Length, (start, count) => DotChunk(a.AsSpan(start, count), b.AsSpan(start, count)));

    internal double NormSquared(float[] a) => Dot(a, a);

    /// <summary>y += factor · x.</summary>
    internal void Add(float[] x, double factor, float[] y) => Each(y.Length, (start, count) =>
        TensorPrimitives.MultiplyAdd(x.AsSpan(start, count), (float)factor, y.AsSpan(start, count), y.AsSpan(start, count)));

    /// <summary>x = factor · x / divisors.</summary>
    internal void DivideAndScale(float[] x, float[] divisors, double factor) => Each(x.Length, (start, count) =>
    {
        Span<float> part = x.AsSpan(start, count);
        TensorPrimitives.Divide(part, divisors.AsSpan(start, count), part);
        TensorPrimitives.Multiply(part, (float)factor, part);
    });

    /// <summary>Σ x² / divisor.</summary>
    internal double NormSquared(float[] x, float[] divisors) => Sum(x.Length, (start, count) =>
    {
        double sum = 0;
        for (int i = start; i < start + count; i++) sum += (double)x[i] * x[i] / divisors[i];
        return sum;
    });

    /// <summary>result = a − b.</summary>
    internal void Subtract(float[] a, float[] b, float[] result) => Each(a.Length, (start, count) =>
        TensorPrimitives.Subtract(a.AsSpan(start, count), b.AsSpan(start, count), result.AsSpan(start, count)));

    /// <summary>Adds up what a function gives for each chunk.</summary>
    internal double Sum(int length, Func<int, int, double> part)
    {
        int chunks = (length + Chunk - 1) / Chunk;
        double[] parts = new double[chunks];
        Each(length, (start, count) => parts[start / Chunk] = part(start, count));
        double sum = 0;
        foreach (double value in parts) sum += value;
        return sum;
    }

    internal void Each(int length, Action<int, int> action)
    {
        int chunks = (length + Chunk - 1) / Chunk;
        if (chunks <= 4 || threads == 1)
        {
            for (int i = 0; i < chunks; i++) action(i * Chunk, Math.Min(Chunk, length - i * Chunk));
            return;
        }
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => action(i * Chunk, Math.Min(Chunk, length - i * Chunk)));
    }

    // Pieces of 1024 products in single precision, added in double.
    private static double DotChunk(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += 1024)
        {
            int count = Math.Min(1024, a.Length - start);
            sum += TensorPrimitives.Dot(a.Slice(start, count), b.Slice(start, count));
        }
        return sum;
    }
}
