using System.Runtime.InteropServices;

namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>Numbers in native memory between two guards, which nobody may have written to when they are disposed of.</summary>
internal sealed unsafe class GuardedFloats : IDisposable
{
    private const int Guard = 32;
    private const float Mark = -12345.675f;

    private readonly float* _start;

    internal GuardedFloats(long length)
    {
        Length = (int)length;
        _start = (float*)NativeMemory.AlignedAlloc((nuint)(length + (2 * Guard)) * sizeof(float), 64);
        new Span<float>(_start, Length + (2 * Guard)).Fill(Mark);
    }

    internal int Length { get; }

    internal float* Pointer => _start + Guard;

    internal Span<float> Span => new(Pointer, Length);

    /// <summary>Whole numbers of a few quarters, so that short sums of products are exact in any order.</summary>
    internal static GuardedFloats Random(long length, int seed)
    {
        GuardedFloats numbers = new(length);
        Random random = new(seed);
        foreach (ref float number in numbers.Span) number = random.Next(-8, 9) / 4f;
        return numbers;
    }

    public void Dispose()
    {
        ReadOnlySpan<float> before = new(_start, Guard), after = new(_start + Guard + Length, Guard);
        bool untouched = !before.ContainsAnyExcept(Mark) && !after.ContainsAnyExcept(Mark);
        NativeMemory.AlignedFree(_start);
        Assert.True(untouched, "A kernel wrote beside its result.");
    }
}
