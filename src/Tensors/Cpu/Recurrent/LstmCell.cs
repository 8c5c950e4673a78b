using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// What one step of a long short-term memory (Hochreiter and Schmidhuber 1997) does after its products: c' = σ(f) c + σ(i) tanh g, h' = σ(o) tanh c'. Gates are (batch, 4 size) in PyTorch's order
/// i, f, g, o.
/// </summary>
internal static unsafe class LstmCell
{
    private struct Work
    {
        internal float* Gates, Before, Cell, Hidden, DHidden, DCell, DGates, DBefore;
        internal int Batch, Size, PerPart;
    }

    /// <param name="batch">How many sequences.</param>
    /// <param name="size">How many units.</param>
    /// <param name="gates">The sums that go into the gates; they are replaced by the gates' values, which the backward step takes.</param>
    /// <param name="before">c, (batch, size).</param>
    /// <param name="cell">Receives c'; may be <paramref name="before"/>.</param>
    /// <param name="hidden">Receives h'.</param>
    internal static void Forward(int batch, int size, float* gates, float* before, float* cell, float* hidden)
    {
        Work work = new() { Batch = batch, Size = size, Gates = gates, Before = before, Cell = cell, Hidden = hidden, PerPart = Pieces.Rows(5 * size, Pieces.Dear) };
        Crew.Run((batch + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&ForwardPart<Lanes1>, &ForwardPart<Lanes8>, &ForwardPart<Lanes16>), &work);
    }

    /// <param name="batch">How many sequences.</param>
    /// <param name="size">How many units.</param>
    /// <param name="gates">The gates' values.</param>
    /// <param name="before">c.</param>
    /// <param name="cell">c'.</param>
    /// <param name="dHidden">The derivatives of h'.</param>
    /// <param name="dCell">Those of c' from the step after it, or null in the last one.</param>
    /// <param name="dGates">Receives those of the sums; may be <paramref name="gates"/>.</param>
    /// <param name="dBefore">Receives those of c; may be <paramref name="dCell"/>.</param>
    internal static void Backward(int batch, int size, float* gates, float* before, float* cell, float* dHidden, float* dCell, float* dGates, float* dBefore)
    {
        Work work = new()
        {
            Batch = batch, Size = size, Gates = gates, Before = before, Cell = cell, DHidden = dHidden, DCell = dCell, DGates = dGates, DBefore = dBefore, PerPart = Pieces.Rows(5 * size, Pieces.Dear),
        };
        Crew.Run((batch + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&BackwardPart<Lanes1>, &BackwardPart<Lanes8>, &BackwardPart<Lanes16>), &work);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Batch), size = work->Size;
        for (int row = first; row < end; row++)
        {
            float* gates = work->Gates + (long)row * 4 * size, before = work->Before + (long)row * size, cell = work->Cell + (long)row * size, hidden = work->Hidden + (long)row * size;
            for (int k = 0; k < size; k += T.Count)
            {
                int wide = Math.Min(T.Count, size - k);
                T i = LanesMath.Sigmoid(T.Load(gates + k, wide));
                T.Store(i, gates + k, wide);
                T g = LanesMath.Tanh(T.Load(gates + 2 * size + k, wide));
                T.Store(g, gates + 2 * size + k, wide);
                T f = LanesMath.Sigmoid(T.Load(gates + size + k, wide));
                T.Store(f, gates + size + k, wide);
                T c = T.MultiplyAdd(f, T.Load(before + k, wide), i * g);
                T.Store(c, cell + k, wide);
                T o = LanesMath.Sigmoid(T.Load(gates + 3 * size + k, wide));
                T.Store(o, gates + 3 * size + k, wide);
                T.Store(o * LanesMath.Tanh(c), hidden + k, wide);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Batch), size = work->Size;
        T one = T.Broadcast(1);
        for (int row = first; row < end; row++)
        {
            long at = (long)row * size;
            float* gates = work->Gates + 4 * at, dGates = work->DGates + 4 * at;
            for (int k = 0; k < size; k += T.Count)
            {
                int wide = Math.Min(T.Count, size - k);
                T t = LanesMath.Tanh(T.Load(work->Cell + at + k, wide)), dh = T.Load(work->DHidden + at + k, wide);
                T i = T.Load(gates + k, wide), f = T.Load(gates + size + k, wide), g = T.Load(gates + 2 * size + k, wide), o = T.Load(gates + 3 * size + k, wide);
                T dc = dh * o * (one - t * t);
                if (work->DCell != null) dc += T.Load(work->DCell + at + k, wide);
                T c = T.Load(work->Before + at + k, wide);
                T.Store(dc * g * i * (one - i), dGates + k, wide);
                T.Store(dc * c * f * (one - f), dGates + size + k, wide);
                T.Store(dc * i * (one - g * g), dGates + 2 * size + k, wide);
                T.Store(dh * t * o * (one - o), dGates + 3 * size + k, wide);
                T.Store(dc * f, work->DBefore + at + k, wide);
            }
        }
    }
}
