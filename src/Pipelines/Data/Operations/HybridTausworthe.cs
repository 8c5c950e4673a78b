namespace MLPipelines.Data;

/// <summary>
/// The generator of random numbers that ML.NET draws its rows with: three Tausworthe generators and a linear congruential one,
/// joined by exclusive or (L. Howes, D. Thomas, "Efficient Random Number Generation and Application Using CUDA", GPU Gems 3,
/// 2007). Where a seed is given, the same rows are drawn as there, whatever the version of .NET.
/// </summary>
internal sealed class HybridTausworthe
{
    private uint _z1, _z2, _z3, _z4;

    internal HybridTausworthe(int seed)
    {
        uint key = (uint)seed;
        _z1 = key;
        _z2 = MurmurRound(_z1, key);
        _z3 = MurmurRound(_z2, key);
        _z4 = MurmurRound(_z3, key);
    }

    /// <summary>A generator whose state another one draws.</summary>
    internal HybridTausworthe(HybridTausworthe seeds)
    {
        _z1 = DrawState(seeds);
        _z2 = DrawState(seeds);
        _z3 = DrawState(seeds);
        _z4 = seeds.DrawHalves();
    }

    /// <summary>A number from 0 to before 1.</summary>
    internal double NextDouble() => NextUInt32() / 4294967296.0;

    /// <summary>A whole number from 0 to before the limit.</summary>
    internal int Next(int limit) => (int)(((ulong)NextUInt32() * (ulong)limit) >> 32);

    /// <summary>A number that is k with the probability that a Poisson distribution with mean 1 gives k: Knuth's product of uniform numbers.</summary>
    internal int NextPoisson()
    {
        int count = 0;
        for (double product = NextDouble(); product > 1 / Math.E; product *= NextDouble()) count++;
        return count;
    }

    private uint NextUInt32()
    {
        _z1 = Step(_z1, 13, 19, 12, ~0x1u);
        _z2 = Step(_z2, 2, 25, 4, ~0x7u);
        _z3 = Step(_z3, 3, 11, 17, ~0xFu);
        _z4 = (1664525 * _z4) + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }

    private static uint Step(uint z, int left, int right, int shift, uint mask) => ((z & mask) << shift) ^ (((z << left) ^ z) >> right);

    private uint DrawHalves() => ((uint)Next(1 << 16) << 16) | (uint)Next(1 << 16);

    /// <summary>The steps lose the lowest bits: a state below 128 could become 0 and stay so.</summary>
    private static uint DrawState(HybridTausworthe seeds)
    {
        uint state;
        do state = seeds.DrawHalves();
        while (state < 128);
        return state;
    }

    /// <summary>One round of MurmurHash3 (A. Appleby, 2011).</summary>
    private static uint MurmurRound(uint hash, uint chunk)
    {
        chunk = uint.RotateLeft(chunk * 0xCC9E2D51, 15) * 0x1B873593;
        return (uint.RotateLeft(hash ^ chunk, 13) * 5) + 0xE6546B64;
    }
}
