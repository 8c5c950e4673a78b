using System.Runtime.ExceptionServices;

namespace MLPipelines.Transforms;

/// <summary>Runs work that takes long for every row, such as decoding a photo, on several threads.</summary>
internal static class ParallelRows
{
    /// <summary>Runs the work for every row. Of several errors the one of the first row is thrown, whichever came first in time.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    internal static void Run(int rows, Action<int> work, CancellationToken cancellation = default)
    {
        var errors = new Exception?[rows];
        Parallel.For(0, rows, new ParallelOptions { CancellationToken = cancellation }, row =>
        {
            try
            {
                work(row);
            }
#pragma warning disable CA1031 // The error of the first row is thrown below, as it is.
            catch (Exception e)
#pragma warning restore CA1031
            {
                errors[row] = e;
            }
        });
        if (Array.Find(errors, error => error is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }
}
