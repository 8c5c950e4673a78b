using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// What one step of a gated recurrent unit (Cho and others 2014) does after its products: r = σ(xᵣ + hᵣ), z = σ(x_z + h_z), n = tanh(xₙ + r hₙ), h' = (1 - z) n + z h. Gates are (batch, 3 size)
/// in PyTorch's order r, z, n, once from the input and once from the state.
/// </summary>
internal static unsafe class GruCell
{
    private struct Work
    {
        internal float* FromInput, FromState, Before, Gates, Hidden, DHidden, DFromInput, DFromState, DBefore;
        internal int Batch, Size, PerPart;
    }

    /// <param name="batch">How many sequences.</param>
    /// <param name="size">How many units.</param>
    /// <param name="fromInput">The sums of the input, (batch, 3 size).</param>
    /// <param name="fromState">The sums of the state, (batch, 3 size).</param>
    /// <param name="before">h, (batch, size).</param>
    /// <param name="gates">Receives r, z and n, which the backward step takes; may be <paramref name="fromInput"/>.</param>
    /// <param name="hidden">Receives h'; may be <paramref name="before"/>.</param>
    internal static void Forward(int batch, int size, float* fromInput, float* fromState, float* before, float* gates, float* hidden)
    {
        Work work = new() { Batch = batch, Size = size, FromInput = fromInput, FromState = fromState, Before = before, Gates = gates, Hidden = hidden, PerPart = Pieces.Rows(4 * size, Pieces.Dear) };
        Crew.Run((batch + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&ForwardPart<Lanes1>, &ForwardPart<Lanes8>, &ForwardPart<Lanes16>), &work);
    }

    /// <param name="batch">How many sequences.</param>
    /// <param name="size">How many units.</param>
    /// <param name="gates">r, z and n.</param>
    /// <param name="fromState">The sums of the state.</param>
    /// <param name="before">h.</param>
    /// <param name="dHidden">The derivatives of h'.</param>
    /// <param name="dFromInput">Receives those of the sums of the input.</param>
    /// <param name="dFromState">Receives those of the sums of the state.</param>
    /// <param name="dBefore">Receives those of h that do not come through the sums.</param>
    internal static void Backward(int batch, int size, float* gates, float* fromState, float* before, float* dHidden, float* dFromInput, float* dFromState, float* dBefore)
    {
        Work work = new()
        {
            Batch = batch, Size = size, Gates = gates, FromState = fromState, Before = before, DHidden = dHidden, DFromInput = dFromInput, DFromState = dFromState, DBefore = dBefore,
            PerPart = Pieces.Rows(8 * size, Pieces.Cheap),
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
            long at = (long)row * size;
            float* x = work->FromInput + 3 * at, h = work->FromState + 3 * at, gates = work->Gates + 3 * at;
            for (int k = 0; k < size; k += T.Count)
            {
                int wide = Math.Min(T.Count, size - k);
                T r = LanesMath.Sigmoid(T.Load(x + k, wide) + T.Load(h + k, wide));
                T n = LanesMath.Tanh(T.MultiplyAdd(r, T.Load(h + 2 * size + k, wide), T.Load(x + 2 * size + k, wide)));
                T z = LanesMath.Sigmoid(T.Load(x + size + k, wide) + T.Load(h + size + k, wide));
                T.Store(r, gates + k, wide);
                T.Store(z, gates + size + k, wide);
                T.Store(n, gates + 2 * size + k, wide);
                T.Store(T.MultiplyAdd(z, T.Load(work->Before + at + k, wide) - n, n), work->Hidden + at + k, wide);
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
            float* gates = work->Gates + 3 * at, h = work->FromState + 3 * at, dx = work->DFromInput + 3 * at, dh = work->DFromState + 3 * at;
            for (int k = 0; k < size; k += T.Count)
            {
                int wide = Math.Min(T.Count, size - k);
                T d = T.Load(work->DHidden + at + k, wide), r = T.Load(gates + k, wide), z = T.Load(gates + size + k, wide), n = T.Load(gates + 2 * size + k, wide);
                T dn = d * (one - z) * (one - n * n), dz = d * (T.Load(work->Before + at + k, wide) - n) * z * (one - z);
                T dr = dn * T.Load(h + 2 * size + k, wide) * r * (one - r);
                T.Store(dr, dx + k, wide);
                T.Store(dr, dh + k, wide);
                T.Store(dz, dx + size + k, wide);
                T.Store(dz, dh + size + k, wide);
                T.Store(dn, dx + 2 * size + k, wide);
                T.Store(dn * r, dh + 2 * size + k, wide);
                T.Store(d * z, work->DBefore + at + k, wide);
            }
        }
    }
}
