using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Random numbers, and dropout by them. Number i follows from the stream and i, so that parts may be drawn by whoever is free, and again when derivatives are taken.</summary>
internal static unsafe class RandomKernels
{
    // Numbers that are drawn before they are used, and those of a part.
    private const int AtATime = 512, PerPart = 8_192;

    private struct Work
    {
        internal RandomStream Stream;
        internal float* X, Y;
        internal int Count;
        internal float First, Second;
    }

    internal static void Uniform(float* y, int count, RandomStream stream, float low, float high) =>
        Run(new Work { Stream = stream, Y = y, Count = count, First = low, Second = high - low }, KernelWidths.Pick(&UniformPart<Lanes1>, &UniformPart<Lanes8>, &UniformPart<Lanes16>));

    /// <summary>By Box and Muller (1958).</summary>
    internal static void Normal(float* y, int count, RandomStream stream, float mean, float deviation) =>
        Run(new Work { Stream = stream, Y = y, Count = count, First = mean, Second = deviation }, &NormalPart);

    /// <summary>y = x / (1 - rate) with probability 1 - rate, otherwise 0.</summary>
    internal static void Dropout(float* x, float* y, int count, RandomStream stream, float rate) =>
        Run(new Work { Stream = stream, X = x, Y = y, Count = count, First = rate, Second = 1 / (1 - rate) }, KernelWidths.Pick(&DropoutPart<Lanes1>, &DropoutPart<Lanes8>, &DropoutPart<Lanes16>));

    private static void Run(Work work, delegate*<void*, int, void> part) => Crew.Run((work.Count + PerPart - 1) / PerPart, part, &work);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UniformPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        uint* bits = stackalloc uint[AtATime + 4 * RandomBits.Beyond];
        T low = T.Broadcast(work->First), range = T.Broadcast(work->Second);
        int end = Math.Min((part + 1) * PerPart, work->Count);
        for (int first = part * PerPart; first < end; first += AtATime)
        {
            int count = Math.Min(AtATime, end - first);
            RandomBits.Fill<T>(work->Stream, first / 4, (count + 3) / 4, bits);
            for (int i = 0; i < count; i += T.Count) T.Store(low + range * T.Fraction(bits + i), work->Y + first + i, Math.Min(T.Count, count - i));
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DropoutPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        uint* bits = stackalloc uint[AtATime + 4 * RandomBits.Beyond];
        T rate = T.Broadcast(work->First), scale = T.Broadcast(work->Second);
        int end = Math.Min((part + 1) * PerPart, work->Count);
        for (int first = part * PerPart; first < end; first += AtATime)
        {
            int count = Math.Min(AtATime, end - first);
            RandomBits.Fill<T>(work->Stream, first / 4, (count + 3) / 4, bits);
            float* x = work->X + first, y = work->Y + first;
            for (int i = 0; i < count; i += T.Count)
            {
                int wide = Math.Min(T.Count, count - i);
                T.Store(T.Select(T.Less(T.Fraction(bits + i), rate), T.Zero, T.Load(x + i, wide) * scale), y + i, wide);
            }
        }
    }

    private static void NormalPart(void* context, int part)
    {
        Work* work = (Work*)context;
        float mean = work->First, deviation = work->Second;
        int end = Math.Min((part + 1) * PerPart, work->Count);
        for (int i = part * PerPart; i < end; i += 4)
        {
            var (a, b, c, d) = work->Stream.Block(i / 4);
            (float first, float second) = Pair(a, b);
            (float third, float fourth) = Pair(c, d);
            Span<float> four = [mean + deviation * first, mean + deviation * second, mean + deviation * third, mean + deviation * fourth];
            four[..Math.Min(4, end - i)].CopyTo(new Span<float>(work->Y + i, 4));
        }
    }

    private static (float, float) Pair(uint a, uint b)
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - Philox.ToSingle(a)));
        (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * Philox.ToSingle(b));
        return (radius * cosine, radius * sine);
    }
}
