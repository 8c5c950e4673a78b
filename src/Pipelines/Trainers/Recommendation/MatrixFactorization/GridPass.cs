namespace MLPipelines.Trainers;

/// <summary>
/// Walks over the blocks of a <see cref="MatrixGrid"/>, diagonal after diagonal, with several threads. A block waits for those before it that share its rows or its columns, and
/// for nothing else: what is learned is what one thread would learn, and a thread that was held up holds up few others.
/// </summary>
internal sealed class GridPass(MatrixGrid grid, int threads, CancellationToken cancellation)
{
    private readonly double[] _losses = new double[grid.Size * grid.Size];
    private readonly int[] _rowsDone = new int[grid.Size];
    private readonly int[] _columnsDone = new int[grid.Size];
    private int _next;

    /// <summary>Does something with the elements of every block once.</summary>
    /// <param name="diagonals">The order of the diagonals.</param>
    /// <param name="work">Gives the loss of a block.</param>
    /// <returns>The sum of the losses.</returns>
    internal double Run(int[] diagonals, Func<MatrixGrid, int, int, double> work)
    {
        Array.Clear(_rowsDone);
        Array.Clear(_columnsDone);
        _next = 0;
        int workers = Math.Min(threads, grid.Size);
        if (workers == 1) Work(diagonals, work);
        else Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, _ => Work(diagonals, work));
        return _losses.Sum();
    }

    private void Work(int[] diagonals, Func<MatrixGrid, int, int, double> work)
    {
        for (int n; (n = Interlocked.Increment(ref _next) - 1) < _losses.Length;)
        {
            // Blocks are handed out in order, so that those waited for are done or being done. A diagonal has one block of each row and each column of the grid.
            int turn = n / grid.Size, row = n % grid.Size, column = (row + diagonals[turn]) % grid.Size;
            for (var wait = new SpinWait(); Volatile.Read(ref _rowsDone[row]) < turn || Volatile.Read(ref _columnsDone[column]) < turn; wait.SpinOnce(sleep1Threshold: -1))
                cancellation.ThrowIfCancellationRequested();
            cancellation.ThrowIfCancellationRequested();
            _losses[n] = work(grid, row, column);
            Volatile.Write(ref _rowsDone[row], turn + 1);
            Volatile.Write(ref _columnsDone[column], turn + 1);
        }
    }
}
