namespace MLPipelines;

/// <summary>
/// Lends what one computation needs to one thread at a time. Taking and giving back allocate nothing once as many workspaces
/// exist as threads compute at the same time.
/// </summary>
internal sealed class WorkspacePool<T>(Func<T> create) where T : class
{
    private readonly T?[] _idle = new T?[Math.Max(16, Environment.ProcessorCount * 2)];
    private T? _first;

    internal T Take()
    {
        if (Interlocked.Exchange(ref _first, null) is { } first) return first;
        for (int i = 0; i < _idle.Length; i++)
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } idle) return idle;
        return create();
    }

    internal void Return(T workspace)
    {
        if (Interlocked.CompareExchange(ref _first, workspace, null) is null) return;
        for (int i = 0; i < _idle.Length; i++)
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], workspace, null) is null) return;
    }
}
