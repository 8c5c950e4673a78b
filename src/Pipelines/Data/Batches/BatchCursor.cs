namespace MLPipelines.Data;

/// <summary>Reads a view from its first row to its last, a run of rows at a time.</summary>
public abstract class BatchCursor : IDisposable
{
    /// <summary>The next run of rows, at least one; <see langword="null"/> at the end. Valid until the next call.</summary>
    public abstract Batch? Next();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) { }
}
