using Microsoft.Extensions.Primitives;

namespace MLPipelines.Extensions.ML;

/// <summary>Tells a pool, once, that there is a new model.</summary>
#pragma warning disable CA1001 // The source has no timer and no handle to free, and ML.NET's token is not disposable.
public class ModelReloadToken : IChangeToken
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _changed = new();

    public bool ActiveChangeCallbacks => true;

    public bool HasChanged => _changed.IsCancellationRequested;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => _changed.Token.Register(callback, state);

    /// <summary>Calls everyone who has registered.</summary>
    public void OnReload() => _changed.Cancel();
}
