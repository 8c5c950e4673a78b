using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Which slot an n-gram of keys falls into: that of ML.NET, which hashes with MurmurHash3.</summary>
internal sealed record NgramHash
{
    internal NgramHash(int numberOfBits, NgramShape shape, uint seed, bool useOrderedHashing, bool rehashUnigrams)
    {
        if (numberOfBits is < 1 or > 30)
            throw new ArgumentOutOfRangeException(nameof(numberOfBits), numberOfBits, "The number of bits is from 1 to 30.");
        (NumberOfBits, Shape, Seed, UseOrderedHashing, RehashUnigrams) = (numberOfBits, shape, seed, useOrderedHashing, rehashUnigrams);
    }

    internal int NumberOfBits { get; }

    internal NgramShape Shape { get; }

    internal uint Seed { get; }

    /// <summary>Whether n-grams of different columns fall into different slots.</summary>
    internal bool UseOrderedHashing { get; }

    /// <summary>Whether single keys are hashed; otherwise they are their own hash.</summary>
    internal bool RehashUnigrams { get; }

    internal int SlotCount => 1 << NumberOfBits;

    /// <summary>The slot of an n-gram.</summary>
    /// <param name="rounds">The hash of its keys, before the last step.</param>
    /// <param name="lastKey">Its last key.</param>
    /// <param name="length">Its number of keys.</param>
    /// <param name="column">Which of several columns it is from.</param>
    internal int SlotOf(uint rounds, uint lastKey, int length, int column)
    {
        uint hash = length == 1 && !RehashUnigrams ? lastKey : MurmurHash.Finish(MurmurHash.Round(rounds, (uint)length));
        if (UseOrderedHashing)
        {
            if (column > 0) hash = MurmurHash.Round(hash, (uint)column);
            hash = MurmurHash.Finish(hash);
        }
        return (int)(hash & (uint)(SlotCount - 1));
    }

    internal void Save(ModelStepWriter writer)
    {
        Shape.Save(writer);
        writer.Set("numberOfBits", NumberOfBits);
        writer.Set("seed", Seed.ToString(CultureInfo.InvariantCulture));
        writer.Set("useOrderedHashing", UseOrderedHashing);
        writer.Set("rehashUnigrams", RehashUnigrams);
    }

    internal static NgramHash Load(ModelStepReader reader)
    {
        int bits = reader.GetInt32("numberOfBits");
        if (bits is < 1 or > 30) throw reader.Invalid($"numberOfBits is {bits}, expected 1 to 30");
        if (!uint.TryParse(reader.GetString("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out uint seed)) throw reader.Invalid("its seed is not a number");
        return new NgramHash(bits, NgramShape.Load(reader), seed, reader.GetBoolean("useOrderedHashing"), reader.GetBoolean("rehashUnigrams"));
    }
}

/// <summary>Lists the slots of the n-grams of a sequence, one entry per occurrence.</summary>
internal readonly struct HashNgrams(NgramHash hash, int column, uint[] rounds, FeatureList found, SlotInverter? inverter, uint[] keys) : INgramStep
{
    public int Step(int parent, uint key, int length)
    {
        // Entry i is the hash of the first i keys of the n-gram that the walk is at.
        rounds[length] = MurmurHash.Round(length == 1 ? hash.Seed : rounds[length - 1], key);
        keys[length - 1] = key;
        if (!hash.Shape.UseAllLengths && length < hash.Shape.NgramLength) return 1;
        int slot = hash.SlotOf(rounds[length], key, length, column);
        found.Add(slot);
        inverter?.Add(slot, column, keys.AsSpan(0, length));
        return 1;
    }
}
