namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>Guarded numbers drawn evenly from a range by a seed.</summary>
internal sealed unsafe class Numbers : IDisposable
{
    private readonly GuardedFloats _guarded;

    internal Numbers(int seed, int count, float low = -1, float high = 1)
    {
        _guarded = new GuardedFloats(count);
        Random random = new(seed);
        foreach (ref float number in _guarded.Span) number = low + ((high - low) * random.NextSingle());
    }

    internal float* Floats => _guarded.Pointer;

    internal int Count => _guarded.Length;

    internal float this[int index] => Floats[index];

    internal Span<float> Span => _guarded.Span;

    public void Dispose() => _guarded.Dispose();
}
