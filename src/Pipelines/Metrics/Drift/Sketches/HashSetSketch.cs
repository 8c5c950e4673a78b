using System.Numerics;

namespace MLPipelines.Drift;

/// <summary>
/// Which of many values are known, in about a byte each (Bloom 1970): three bits of a field are set for each value. A known value is
/// always found; another one is taken for known in at most 1 of 30 cases. No value can be read back from it.
/// </summary>
internal sealed class HashSetSketch
{
    private const int Probes = 3, MostBytes = 1 << 16;

    private readonly byte[] _bits;

    /// <param name="count">How many values will be added.</param>
    internal HashSetSketch(int count) => _bits = new byte[Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 8)), 8, MostBytes)];

    private HashSetSketch(byte[] bits) => _bits = bits;

    internal void Add(uint hash)
    {
        for (uint i = 0; i < Probes; i++)
        {
            uint bit = Bit(hash, i);
            _bits[bit >> 3] |= (byte)(1 << (int)(bit & 7));
        }
    }

    internal bool Has(uint hash)
    {
        for (uint i = 0; i < Probes; i++)
        {
            uint bit = Bit(hash, i);
            if ((_bits[bit >> 3] & (1 << (int)(bit & 7))) == 0) return false;
        }
        return true;
    }

    public override string ToString() => Convert.ToBase64String(_bits);

    /// <summary>What <see cref="ToString"/> wrote; <see langword="null"/> where the text is not such.</summary>
    internal static HashSetSketch? Parse(string? text)
    {
        if (text is null || text.Length > MostBytes * 3 / 2) return null;
        byte[] bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out int length) || length < 8 || !BitOperations.IsPow2(length)) return null;
        return new HashSetSketch(bytes[..length]);
    }

    // Two hashes make as many as are needed (Kirsch and Mitzenmacher 2006).
    private uint Bit(uint hash, uint probe) => (hash + probe * (Data.MurmurHash.Finish(hash ^ 0x9E3779B9) | 1)) & (uint)(_bits.Length * 8 - 1);
}
