using System.Collections.Concurrent;

namespace MLPipelines.Server;

/// <summary>What is counted of one version of a model, across the files that it was loaded from.</summary>
internal sealed class ModelMeters
{
    private readonly ConcurrentDictionary<(string Protocol, int Status), Counter> _requests = new();

    internal Histogram Latency { get; } = new(Histogram.Latencies);

    internal Histogram Batches { get; } = new(Histogram.Sizes);

    internal Counter Rows { get; } = new();

    internal Counter ComputedMicroseconds { get; } = new();

    internal Counter Swaps { get; } = new();

    internal Counter Refused { get; } = new();

    internal ConcurrentDictionary<int, (Counter Rows, Counter Disagreements)> Shadows { get; } = new();

    internal IEnumerable<(string Protocol, int Status, long Count)> Requests => _requests.Select(pair => (pair.Key.Protocol, pair.Key.Status, pair.Value.Value)).Order();

    internal void Count(in ServedRequest request)
    {
        _requests.GetOrAdd((request.Protocol, request.Status), _ => new Counter()).Add(1);
        Latency.Add(request.Time.TotalSeconds);
        if (request.Status == 200) Rows.Add(request.Rows);
    }

    /// <summary>A number that only rises.</summary>
    internal sealed class Counter
    {
        private long _value;

        internal long Value => Volatile.Read(ref _value);

        internal void Add(long count) => Interlocked.Add(ref _value, count);
    }
}
