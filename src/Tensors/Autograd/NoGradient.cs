namespace MLPipelines.Tensors;

/// <summary>While it is open, operations on this thread leave no trace for derivatives: <c>using var _ = new NoGradient();</c>.</summary>
public readonly ref struct NoGradient : IDisposable
{
    [ThreadStatic]
    private static int depth;

    public NoGradient() => depth++;

    internal static bool IsOpen => depth > 0;

    public void Dispose() => depth--;
}
