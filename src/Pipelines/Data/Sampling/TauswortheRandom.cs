namespace MLPipelines.Data;

/// <summary>
/// ML.NET's source of chance, so that a seed gives the rows and the features that it gives there: three Tausworthe generators and a linear
/// one, combined by exclusive or (Howes and Thomas 2007, "Efficient random number generation using CUDA").
/// </summary>
internal sealed class TauswortheRandom
{
    private uint _first;
    private uint _second;
    private uint _third;
    private uint _linear;

    internal TauswortheRandom(uint seed)
    {
        _first = seed;
        _second = MurmurHash.Round(_first, seed);
        _third = MurmurHash.Round(_second, seed);
        _linear = MurmurHash.Round(_third, seed);
    }

    /// <summary>A generator that goes on from a state.</summary>
    internal TauswortheRandom(uint first, uint second, uint third, uint linear) => (_first, _second, _third, _linear) = (first, second, third, linear);

    /// <summary>A generator whose state another one draws.</summary>
    internal TauswortheRandom(TauswortheRandom seeds)
    {
        _first = DrawState(seeds);
        _second = DrawState(seeds);
        _third = DrawState(seeds);
        _linear = seeds.DrawHalves();
    }

    /// <summary>A whole number from 0 to before the limit.</summary>
    internal int Next(int limit) => (int)(((ulong)Next() * (ulong)limit) >> 32);

    /// <summary>0 or more, less than 1; 23 bits of chance.</summary>
    internal float NextSingle() => (Next() >> 9) * (1f / (1 << 23));

    /// <summary>0 or more, less than 1; 32 bits of chance.</summary>
    internal double NextDouble() => Next() / 4294967296.0;

    /// <summary>A standard normal number, by the ratio of uniforms (Leva 1992, "A fast normal random number generator").</summary>
    internal double NextNormal()
    {
        while (true)
        {
            double u = NextDouble(), v = 2 * Math.Sqrt(2 / Math.E) * (NextDouble() - 0.5);
            double x = u - 0.449871, y = Math.Abs(v) + 0.386595;
            double q = (x * x) + (y * ((0.196 * y) - (0.25472 * x)));
            // Between the two ellipses the exact bound decides.
            if (q <= 0.27597 || (q <= 0.27846 && v * v <= -4 * u * u * Math.Log(u))) return v / u;
        }
    }

    /// <summary>A number of the standard Cauchy distribution.</summary>
    internal float NextCauchy() => (float)Math.Tan(Math.PI * (NextSingle() - 0.5));

    /// <summary>A number of the Poisson distribution with mean 1, by products of uniform numbers (Knuth).</summary>
    internal int NextPoisson()
    {
        int count = 0;
        for (double product = NextDouble(); product > 1 / Math.E; product *= NextDouble()) count++;
        return count;
    }

    private uint DrawHalves() => ((uint)Next(1 << 16) << 16) | (uint)Next(1 << 16);

    /// <summary>The steps lose the lowest bits: a state below 128 could become 0 and stay so.</summary>
    private static uint DrawState(TauswortheRandom seeds)
    {
        uint state;
        do state = seeds.DrawHalves();
        while (state < 128);
        return state;
    }

    private uint Next()
    {
        Step(ref _first, 13, 19, 12, ~0x1u);
        Step(ref _second, 2, 25, 4, ~0x7u);
        Step(ref _third, 3, 11, 17, ~0xFu);
        _linear = (1664525 * _linear) + 1013904223;
        return _first ^ _second ^ _third ^ _linear;
    }

    private static void Step(ref uint z, int left, int right, int shift, uint mask) => z = ((z & mask) << shift) ^ (((z << left) ^ z) >> right);
}
