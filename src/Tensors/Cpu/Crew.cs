namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// The threads that share the parts of one kernel. What the parts are follows from the work alone, never from the number of threads, so that
/// every sum is taken in the same order however many run.
/// </summary>
internal static unsafe class Crew
{
    /// <summary>Calls <paramref name="work"/> for each part from 0, in any order, and returns when all are done. Allocates nothing.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="work">Does the part of the given number; it may not throw.</param>
    /// <param name="context">What every part needs, usually a struct on the caller's stack.</param>
    internal static void Run(int parts, delegate*<void*, int, void> work, void* context)
    {
        for (int part = 0; part < parts; part++) work(context, part);
    }
}
