using System.Numerics;
using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// How the values of one feature, or of a group of one-hot slots, become bins: numbers by rising bounds, codes of categories by a table. After the bins of values comes
/// one for what is missing, and for codes that have no bin.
/// </summary>
internal sealed class BinColumn
{
    private const int Step = 16;

    private readonly float[] _bounds;
    private readonly float[] _steps;
    private readonly byte[] _binOfCode;

    private BinColumn(int feature, int slotCount, int valueBins, float[] bounds, int[] codes)
    {
        (Feature, SlotCount, ValueBins, Codes) = (feature, slotCount, valueBins, codes);
        // Filled up with what no number is above, so that bounds are compared sixteen at a time.
        _bounds = new float[Math.Max(1, (bounds.Length + Step - 1) / Step) * Step];
        Array.Fill(_bounds, float.PositiveInfinity);
        bounds.CopyTo(_bounds, 0);
        _steps = new float[Step];
        Array.Fill(_steps, float.PositiveInfinity);
        for (int i = 0; (i + 1) * Step < _bounds.Length; i++) _steps[i] = _bounds[(i + 1) * Step - 1];
        _binOfCode = new byte[codes.Length == 0 ? 0 : codes.Max() + 1];
        Array.Fill(_binOfCode, (byte)valueBins);
        for (int bin = 0; bin < codes.Length; bin++) _binOfCode[codes[bin]] = (byte)bin;
    }

    /// <summary>Numbers: bin i is for values above bound i − 1 and up to bound i.</summary>
    internal static BinColumn Numeric(int feature, float[] bounds) => new(feature, 0, bounds.Length + 1, bounds, []);

    /// <summary>Categories; the codes that have a bin, by bin.</summary>
    /// <param name="feature">The feature, or the first slot of a group.</param>
    /// <param name="slotCount">The number of slots; 0 where the feature's value is the code.</param>
    /// <param name="codes">At most 255.</param>
    internal static BinColumn Categorical(int feature, int slotCount, int[] codes) => new(feature, slotCount, codes.Length, [], codes);

    internal int Feature { get; }

    /// <summary>The number of slots of a one-hot group; 0 for a feature.</summary>
    internal int SlotCount { get; }

    internal bool IsCategorical => Codes.Length > 0;

    /// <summary>The code of each bin of a categorical column.</summary>
    internal int[] Codes { get; }

    /// <summary>The number of bins but for that of missing values, which comes after them.</summary>
    internal int ValueBins { get; }

    internal int MissingBin => ValueBins;

    internal int BinCount => ValueBins + 1;

    /// <summary>What values of a bin are at most; the last bin has all that is greater.</summary>
    internal float UpperBound(int bin) => bin < ValueBins - 1 ? _bounds[bin] : float.PositiveInfinity;

    internal int BinOf(float value)
    {
        if (IsCategorical) return BinOfCode(value);
        if (float.IsNaN(value)) return ValueBins;
        int step = Above(_steps, 0, value) * Step;
        // Infinity is above the bounds that are there, and not above those that fill up.
        return Math.Min(step + Above(_bounds, step, value), ValueBins - 1);
    }

    /// <summary>The bin of a code; of one without a bin, that of missing values.</summary>
    internal int BinOfCode(float code) => code >= 0 && code < _binOfCode.Length ? _binOfCode[(int)code] : ValueBins;

    private static int Above(float[] bounds, int start, float value) =>
        BitOperations.PopCount(Vector512.GreaterThan(Vector512.Create(value), Vector512.LoadUnsafe(ref bounds[0], (nuint)start)).ExtractMostSignificantBits());
}
