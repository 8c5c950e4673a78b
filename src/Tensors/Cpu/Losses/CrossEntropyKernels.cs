using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>The mean cross-entropy of rows with its derivative: with p the softmax and t the weighted target, p Σ t - t.</summary>
internal static unsafe class CrossEntropyKernels
{
    private struct Work
    {
        internal float* X, Soft, Weights, Dx;
        internal long* Classes;
        internal double* Losses;
        internal int Rows, Columns, PerPart;
        internal float Smoothing, Scale;
    }

    internal static void Run(float* x, void* targets, bool isByClass, float* weights, float smoothing, float* loss, float* dx, int rows, int columns)
    {
        double divisor = isByClass ? 0 : rows;
        for (int row = 0; isByClass && row < rows; row++)
        {
            long known = ((long*)targets)[row];
            if (known != Tensor.LeftOut) divisor += weights is null ? 1 : weights[known];
        }
        if (divisor == 0) divisor = 1;
        using Scratch scratch = Scratch.Open();
        Work work = new()
        {
            X = x, Soft = isByClass ? null : (float*)targets, Classes = isByClass ? (long*)targets : null, Weights = weights, Dx = dx, Losses = scratch.Of<double>(rows),
            Rows = rows, Columns = columns, PerPart = Pieces.Rows(columns, Pieces.Dear), Smoothing = smoothing, Scale = (float)(1 / divisor),
        };
        Crew.Run((rows + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &work);
        double sum = 0;
        for (int row = 0; row < rows; row++) sum += work.Losses[row];
        *loss = (float)(sum / divisor);
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int columns = work->Columns, first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Rows);
        bool isPlain = work->Classes != null && work->Smoothing == 0;
        for (int row = first; row < end; row++)
        {
            long at = (long)row * columns;
            float* x = work->X + at, dx = work->Dx == null ? null : work->Dx + at;
            if (work->Classes != null && work->Classes[row] == Tensor.LeftOut)
            {
                work->Losses[row] = 0;
                if (dx != null) new Span<float>(dx, columns).Clear();
                continue;
            }
            work->Losses[row] = isPlain ? ByClass<T>(work, x, dx, (int)work->Classes[row]) : ByTargets<T>(work, x, dx, row);
        }
    }

    /// <summary>One class is right.</summary>
    private static double ByClass<T>(Work* work, float* x, float* dx, int known)
        where T : unmanaged, ILanes<T>
    {
        float weight = work->Weights == null ? 1 : work->Weights[known], scaled = weight * work->Scale;
        float greatest = SoftmaxKernels.Greatest<T>(x, work->Columns), sum = SoftmaxKernels.SumOfPowers<T>(x, dx, work->Columns, greatest);
        if (dx != null)
        {
            SoftmaxKernels.Scale<T>(dx, work->Columns, scaled / sum);
            dx[known] -= scaled;
        }
        return weight == 0 ? 0 : weight * (double)(greatest + MathF.Log(sum) - x[known]);
    }

    private static double ByTargets<T>(Work* work, float* x, float* dx, int row)
        where T : unmanaged, ILanes<T>
    {
        int columns = work->Columns, known = work->Classes == null ? -1 : (int)work->Classes[row];
        float* soft = work->Soft == null ? null : work->Soft + (long)row * columns;
        float even = work->Smoothing / columns, mass = 0, shift = SoftmaxKernels.LogSumExp<T>(x, columns);
        double loss = 0;
        using Scratch scratch = Scratch.Open();
        float* targets = scratch.Floats(columns);
        for (int i = 0; i < columns; i++)
        {
            float target = even + (1 - work->Smoothing) * (soft is null ? i == known ? 1 : 0 : soft[i]);
            if (work->Weights is not null) target *= work->Weights[i];
            // 0 · ∞ would be NaN for a class that cannot be and is not.
            if (target != 0) loss += target * (double)(shift - x[i]);
            mass += target;
            targets[i] = target * work->Scale;
        }
        if (dx != null) Powers<T>(x, dx, targets, columns, shift, mass * work->Scale);
        return loss;
    }

    /// <summary>e^(x - shift) · scale, less what is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Powers<T>(float* x, float* y, float* less, int columns, float shift, float scale)
        where T : unmanaged, ILanes<T>
    {
        T all = T.Broadcast(shift), factor = T.Broadcast(scale);
        for (int i = 0; i < columns; i += T.Count)
        {
            int wide = Math.Min(T.Count, columns - i);
            T power = LanesMath.Exp(T.Load(x + i, wide) - all) * factor;
            T.Store(power - T.Load(less + i, wide), y + i, wide);
        }
    }
}
