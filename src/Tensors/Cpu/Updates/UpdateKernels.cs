using System.Runtime.CompilerServices;
using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors.Cpu;

/// <summary>The steps of optimizers: each reads a gradient once and moves the weights and what the optimizer remembers of them.</summary>
internal static unsafe class UpdateKernels
{
    /// <summary>Numbers of one part.</summary>
    private const int PartLength = 1 << 15;

    internal static void Sgd(in SgdStep step, float* w, float* g, float* v, int count)
    {
        Update update = new() { Count = count, Weights = w, Gradients = g, First = v, Sgd = step };
        Crew.Run(Parts(count), KernelWidths.Pick(&SgdPart<Lanes1>, &SgdPart<Lanes8>, &SgdPart<Lanes16>), &update);
    }

    internal static void Adam(in AdamStep step, float* w, float* g, float* mean, float* square, int count)
    {
        Update update = new()
        {
            Count = count, Weights = w, Gradients = g, First = mean, Second = square, Adam = step, Rate = step.Rate / step.Correction1, Root = 1 / MathF.Sqrt(step.Correction2),
            Keep = step.IsDecoupled ? 1 - (step.Rate * step.WeightDecay) : 1, Added = step.IsDecoupled ? 0 : step.WeightDecay,
        };
        Crew.Run(Parts(count), KernelWidths.Pick(&AdamPart<Lanes1>, &AdamPart<Lanes8>, &AdamPart<Lanes16>), &update);
    }

    /// <summary>In double precision, part after part.</summary>
    internal static double SumOfSquares(float* x, int count)
    {
        using Scratch scratch = Scratch.Open();
        Update update = new() { Count = count, Weights = x, Sums = scratch.Of<double>(Parts(count)) };
        Crew.Run(Parts(count), KernelWidths.Pick(&SumPart<Lanes1>, &SumPart<Lanes8>, &SumPart<Lanes16>), &update);
        double sum = 0;
        for (int part = 0; part < Parts(count); part++) sum += update.Sums[part];
        return sum;
    }

    internal static void Scale(float* x, int count, float factor)
    {
        Update update = new() { Count = count, Weights = x, Rate = factor };
        Crew.Run(Parts(count), KernelWidths.Pick(&ScalePart<Lanes1>, &ScalePart<Lanes8>, &ScalePart<Lanes16>), &update);
    }

    private static int Parts(int count) => (int)(((long)count + PartLength - 1) / PartLength);

    /// <summary>What the parts share.</summary>
    private struct Update
    {
        internal int Count;
        internal float* Weights, Gradients, First, Second;
        internal double* Sums;
        internal SgdStep Sgd;
        internal AdamStep Adam;
        internal float Rate, Root, Keep, Added;

        internal readonly int End(int part) => (int)Math.Min(Count, (part + 1L) * PartLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SgdPart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref Update update = ref *(Update*)context;
        int i = part * PartLength, end = update.End(part);
        for (; i <= end - L.Count; i += L.Count) Sgd<L>(update, i);
        for (; i < end; i++) Sgd<Lanes1>(update, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sgd<L>(in Update update, int i)
        where L : unmanaged, ILanes<L>
    {
        L weight = L.Load(update.Weights + i), direction = L.MultiplyAdd(L.Broadcast(update.Sgd.WeightDecay), weight, L.Load(update.Gradients + i));
        if (update.First is not null)
        {
            L momentum = L.Broadcast(update.Sgd.Momentum), velocity = L.MultiplyAdd(momentum, L.Load(update.First + i), direction);
            L.Store(velocity, update.First + i);
            direction = update.Sgd.IsNesterov ? L.MultiplyAdd(momentum, velocity, direction) : velocity;
        }
        L.Store(L.MultiplyAdd(L.Broadcast(-update.Sgd.Rate), direction, weight), update.Weights + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdamPart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref Update update = ref *(Update*)context;
        int i = part * PartLength, end = update.End(part);
        for (; i <= end - L.Count; i += L.Count) Adam<L>(update, i);
        for (; i < end; i++) Adam<Lanes1>(update, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Adam<L>(in Update update, int i)
        where L : unmanaged, ILanes<L>
    {
        float beta1 = update.Adam.Beta1, beta2 = update.Adam.Beta2;
        L weight = L.Load(update.Weights + i), gradient = L.MultiplyAdd(L.Broadcast(update.Added), weight, L.Load(update.Gradients + i));
        L mean = L.MultiplyAdd(L.Broadcast(beta1), L.Load(update.First + i), L.Broadcast(1 - beta1) * gradient);
        L square = L.MultiplyAdd(L.Broadcast(beta2), L.Load(update.Second + i), L.Broadcast(1 - beta2) * gradient * gradient);
        L.Store(mean, update.First + i);
        L.Store(square, update.Second + i);
        L root = L.MultiplyAdd(L.Sqrt(square), L.Broadcast(update.Root), L.Broadcast(update.Adam.Epsilon));
        L.Store((L.Broadcast(update.Keep) * weight) - (L.Broadcast(update.Rate) * mean / root), update.Weights + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumPart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref Update update = ref *(Update*)context;
        int i = part * PartLength, end = update.End(part);
        double sum = 0;
        while (end - i >= L.Count)
        {
            // Short sums in single precision, so that their rounding is that of a few hundred terms.
            L few = L.Zero;
            for (int stop = Math.Min(end, i + (64 * L.Count)); i <= stop - L.Count; i += L.Count) few = L.MultiplyAdd(L.Load(update.Weights + i), L.Load(update.Weights + i), few);
            sum += L.Sum(few);
        }
        for (; i < end; i++) sum += (double)update.Weights[i] * update.Weights[i];
        update.Sums[part] = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalePart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref Update update = ref *(Update*)context;
        int i = part * PartLength, end = update.End(part);
        L factor = L.Broadcast(update.Rate);
        for (; i <= end - L.Count; i += L.Count) L.Store(L.Load(update.Weights + i) * factor, update.Weights + i);
        for (; i < end; i++) update.Weights[i] *= update.Rate;
    }
}
