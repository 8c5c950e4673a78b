using System.Globalization;

namespace MLPipelines.Server;

/// <summary>Counts how many values are up to each of some bounds. Any number of threads may count.</summary>
internal sealed class Histogram(double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private long _sum;

    /// <summary>Seconds, from what a small model takes to what nobody waits for.</summary>
    internal static double[] Latencies { get; } = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    /// <summary>Rows that are computed at once.</summary>
    internal static double[] Sizes { get; } = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096];

    /// <param name="value">The value.</param>
    internal void Add(double value)
    {
        int place = 0;
        while (place < bounds.Length && value > bounds[place]) place++;
        Interlocked.Increment(ref _counts[place]);
        // In millionths, since whole numbers are added at once.
        Interlocked.Add(ref _sum, (long)(value * 1e6));
    }

    internal void Write(PrometheusWriter writer, string name, string labels)
    {
        long upTo = 0;
        for (int i = 0; i < bounds.Length; i++)
        {
            upTo += Volatile.Read(ref _counts[i]);
            writer.Sample($"{name}_bucket", $"{labels},le=\"{bounds[i].ToString(CultureInfo.InvariantCulture)}\"", upTo);
        }
        upTo += Volatile.Read(ref _counts[^1]);
        writer.Sample($"{name}_bucket", $"{labels},le=\"+Inf\"", upTo);
        writer.Sample($"{name}_sum", labels, Volatile.Read(ref _sum) / 1e6);
        writer.Sample($"{name}_count", labels, upTo);
    }
}
