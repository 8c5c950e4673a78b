using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>Watches for each model that is served whether rows still are like those that it learned from.</summary>
public sealed class DriftMonitor : IServingObserver
{
    // They go with the model when its file is replaced: requests that it still answers may come after that is known.
    private readonly ConditionalWeakTable<ServedModel, DriftWindows?> _windows = [];
    private readonly ConditionalWeakTable<ServedModel, DriftWindows?>.CreateValueCallback _open;

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
        return _windows.GetValue(model, _open)?.Compare();
    }

    /// <inheritdoc/>
    public void RowsScored(ScoringRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.RowCount > 0) _windows.GetValue(rows.Model, _open)?.Add(rows);
    }
}
