namespace MLPipelines.Tensors.Cpu;

/// <summary>Random numbers, and dropout by them.</summary>
internal static unsafe class RandomKernels
{
    internal static void Uniform(float* y, int count, RandomStream stream, float low, float high)
    {
        for (int i = 0; i < count; i += 4)
        {
            var (a, b, c, d) = stream.Block(i / 4);
            Put(y + i, count - i, low + (high - low) * Philox.ToSingle(a), low + (high - low) * Philox.ToSingle(b),
                low + (high - low) * Philox.ToSingle(c), low + (high - low) * Philox.ToSingle(d));
        }
    }

    /// <summary>By Box and Muller (1958).</summary>
    internal static void Normal(float* y, int count, RandomStream stream, float mean, float deviation)
    {
        for (int i = 0; i < count; i += 4)
        {
            var (a, b, c, d) = stream.Block(i / 4);
            (float first, float second) = Pair(a, b);
            (float third, float fourth) = Pair(c, d);
            Put(y + i, count - i, mean + deviation * first, mean + deviation * second, mean + deviation * third, mean + deviation * fourth);
        }
    }

    /// <summary>y = x / (1 - rate) with probability 1 - rate, otherwise 0.</summary>
    internal static void Dropout(float* x, float* y, int count, RandomStream stream, float rate)
    {
        uint limit = (uint)Math.Min(rate * 4294967296.0, uint.MaxValue);
        float scale = 1 / (1 - rate);
        for (int i = 0; i < count; i += 4)
        {
            var (a, b, c, d) = stream.Block(i / 4);
            y[i] = a < limit ? 0 : x[i] * scale;
            if (i + 1 < count) y[i + 1] = b < limit ? 0 : x[i + 1] * scale;
            if (i + 2 < count) y[i + 2] = c < limit ? 0 : x[i + 2] * scale;
            if (i + 3 < count) y[i + 3] = d < limit ? 0 : x[i + 3] * scale;
        }
    }

    private static (float, float) Pair(uint a, uint b)
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - Philox.ToSingle(a)));
        (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * Philox.ToSingle(b));
        return (radius * cosine, radius * sine);
    }

    private static void Put(float* y, int room, float a, float b, float c, float d)
    {
        y[0] = a;
        if (room > 1) y[1] = b;
        if (room > 2) y[2] = c;
        if (room > 3) y[3] = d;
    }
}
