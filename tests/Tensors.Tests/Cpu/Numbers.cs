using System.Runtime.InteropServices;

namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>Native numbers from -1 to 1 by a seed. What lies directly behind them is watched: a kernel that writes there fails the test.</summary>
internal sealed unsafe class Numbers : IDisposable
{
    private const int Watched = 64;
    private const float Mark = 12345;

    internal Numbers(int seed, int count, float low = -1, float high = 1)
    {
        Count = count;
        Floats = (float*)NativeMemory.AlignedAlloc((nuint)(count + Watched) * sizeof(float), 64);
        Random random = new(seed);
        for (int i = 0; i < count; i++) Floats[i] = low + ((high - low) * random.NextSingle());
        for (int i = 0; i < Watched; i++) Floats[count + i] = Mark;
    }

    internal float* Floats { get; private set; }

    internal int Count { get; }

    internal float this[int index] => Floats[index];

    internal Span<float> Span => new(Floats, Count);

    public void Dispose()
    {
        bool isWhole = new ReadOnlySpan<float>(Floats + Count, Watched).IndexOfAnyExcept(Mark) < 0;
        NativeMemory.AlignedFree(Floats);
        Floats = null;
        Assert.True(isWhole, "Something wrote behind the numbers.");
    }
}
