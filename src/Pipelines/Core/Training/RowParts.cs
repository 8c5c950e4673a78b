using System.Runtime.ExceptionServices;

namespace MLPipelines.Trainers;

/// <summary>
/// Rows in consecutive parts that threads take one after the other. The parts depend on the data alone: who adds up what the parts give
/// in their order gets the same number on any number of threads.
/// </summary>
internal sealed class RowParts
{
    private const int RowsPerPart = 1024;
    private const int MaximumCount = 64;
    private const long MaximumMemory = 256L << 20;

    private readonly int _rowCount;
    private readonly ParallelOptions _parallel;

    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="bytesPerPart">What each part holds while it is worked on.</param>
    /// <param name="threads">How many threads work.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal RowParts(int rowCount, long bytesPerPart, int threads, CancellationToken cancellation)
    {
        _rowCount = rowCount;
        Count = (int)Math.Clamp(Math.Min(rowCount / RowsPerPart, MaximumMemory / Math.Max(1, bytesPerPart)), 1, MaximumCount);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
    }

    internal int Count { get; }

    /// <param name="work">Gets the number of a part, its first row and the one after its last.</param>
    internal void ForEach(Action<int, int, int> work)
    {
        try
        {
            Parallel.For(0, Count, _parallel, part => work(part, First(part), First(part + 1)));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    internal int First(int part) => (int)((long)_rowCount * part / Count);
}
