namespace MLPipelines.Tensors;

/// <summary>Philox 4×32 with 10 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): four numbers of 32 bits from a key and a counter.</summary>
internal static class Philox
{
    internal static (uint, uint, uint, uint) Block(ulong seed, ulong counter) => Block((uint)seed, (uint)(seed >> 32), ((uint)counter, (uint)(counter >> 32), 0, 0));

    internal static (uint, uint, uint, uint) Block(uint key0, uint key1, (uint, uint, uint, uint) counter)
    {
        (uint a, uint b, uint c, uint d) = counter;
        for (int round = 0; round < 10; round++)
        {
            ulong left = 0xD2511F53UL * a, right = 0xCD9E8D57UL * c;
            (a, b, c, d) = ((uint)(right >> 32) ^ b ^ key0, (uint)right, (uint)(left >> 32) ^ d ^ key1, (uint)left);
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
        return (a, b, c, d);
    }

    /// <summary>From 0 to before 1, in steps of 2⁻²⁴.</summary>
    internal static float ToSingle(uint bits) => (bits >> 8) * (1f / (1 << 24));
}
