using MLPipelines.Data;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// What the featurizing parts of chains make of the rows, so that trials with the same features compute them once. The latest few are
/// kept; those of very many rows fewer.
/// </summary>
internal sealed class FeatureCache(long rows)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Slot> _slots = [];
    private readonly int _kept = rows > 300_000 ? 4 : 24;
    private long _clock;

    /// <param name="key">Names rows and features.</param>
    /// <param name="make">Learns the features.</param>
    internal TableFeatures Get(string key, Func<TableFeatures> make)
    {
        Slot slot;
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out slot!)) _slots[key] = slot = new Slot();
            slot.LastUse = ++_clock;
            while (_slots.Count > _kept) _slots.Remove(_slots.MinBy(pair => pair.Value.LastUse).Key);
        }
        // Others that want the same features wait; if their making is cancelled, the next one makes them.
        lock (slot.Making) return slot.Features ??= make();
    }

    internal static string KeyOf(int part, double share, IEnumerable<(SweepableEstimator Estimator, Parameter Options)> featurizing) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part} {share:R} {string.Join('|', featurizing.Select(step => $"{step.Estimator.GetHashCode()} {step.Estimator.Name} {step.Options}"))}");

    private sealed class Slot
    {
        internal Lock Making { get; } = new();

        internal TableFeatures? Features { get; set; }

        internal long LastUse { get; set; }
    }
}

/// <summary>Features that were learned from some rows.</summary>
/// <param name="Transformers">What makes them.</param>
/// <param name="Train">The rows to learn from, with features.</param>
/// <param name="Test">The rows to validate with, with features; <see langword="null"/> where all rows are learned from.</param>
internal sealed record TableFeatures(IReadOnlyList<ITransformer> Transformers, IDataView Train, IDataView? Test)
{
    internal static TableFeatures Learn(MLContext context, IReadOnlyList<(SweepableEstimator Estimator, Parameter Options)> steps, IDataView train, IDataView? test)
    {
        var transformers = new List<ITransformer>();
        IDataView rows = train;
        foreach (var (estimator, options) in steps)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            ITransformer learned = estimator.BuildFromOption(context, options).Fit(rows);
            transformers.Add(learned);
            rows = learned.Transform(rows);
        }
        var chain = new TransformerChain<ITransformer>(transformers);
        return new TableFeatures(transformers, Cached(train, chain), test is null ? null : Cached(test, chain));
    }

    // Trials to come read it too, so no trial's cancellation may end its reading.
    private static CachedView Cached(IDataView rows, ITransformer chain) =>
        new(new ParallelView(BatchView.Of(rows), chain, Environment.ProcessorCount, CancellationToken.None));
}
