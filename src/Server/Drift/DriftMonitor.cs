using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>Watches for each model that is served whether rows still are like those that it learned from.</summary>
public sealed class DriftMonitor : IServingObserver
{
    private readonly ConcurrentDictionary<ServedModel, DriftWindows?> _windows = new();
    private readonly Func<ServedModel, DriftWindows?> _open;

    /// <summary>Made by the service container.</summary>
    public DriftMonitor(IOptions<ModelServerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ModelServerOptions set = options.Value;
        _open = model => set.DriftRowsPerSecond > 0 && model.Manifest.Training?.Profile is { } profile && new DriftWindows(model, profile, set.DriftWindow, set.DriftRowsPerSecond) is { HasColumns: true } windows ? windows : null;
    }

    /// <summary>How the rows of late compare; <see langword="null"/> for a model whose file does not say what it learned from.</summary>
    public DriftReport? Compare(ServedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return _windows.GetOrAdd(model, _open)?.Compare();
    }

    /// <inheritdoc/>
    public void RowsScored(ScoringRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.RowCount > 0) _windows.GetOrAdd(rows.Model, _open)?.Add(rows);
    }

    /// <inheritdoc/>
    public void ModelChanged(ModelChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        // Another file learned from other rows.
        if (change.Previous is { } previous && previous != change.Model) _windows.TryRemove(previous, out _);
    }
}
