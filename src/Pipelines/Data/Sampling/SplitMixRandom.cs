namespace MLPipelines.Data;

/// <summary>Random numbers for one piece of work, the same whoever does it: SplitMix64 (Steele, Lea and Flood, 2014).</summary>
internal struct SplitMixRandom(int seed, int pass, int chunk)
{
    private ulong _state = Mix(Mix((ulong)(uint)seed << 32 | (uint)pass) + (uint)chunk);

    /// <summary>A number from 0 to just below 1.</summary>
    internal float NextSingle() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>A whole number below a limit.</summary>
    internal int Next(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
