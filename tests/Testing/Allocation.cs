namespace MLPipelines.Testing;

/// <summary>What code allocates on the managed heap.</summary>
public static class Allocation
{
    /// <summary>
    /// The bytes that some calls in a row allocate on this thread: the least of several rounds. The runtime may allocate once while it recompiles
    /// what is hot, and a collection that another thread asks for rounds the count; what a call costs, every round has.
    /// </summary>
    public static long Of(Action action, int calls = 100)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
