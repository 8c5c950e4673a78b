using System.Globalization;

namespace MLPipelines.Transforms;

/// <summary>How often each category of one slot had each label. Immutable.</summary>
internal sealed class CountTable
{
    private readonly Dictionary<uint, int> _rows;
    private readonly uint[] _keys;
    private readonly float[] _counts;
    private readonly float[] _rare;

    /// <param name="keys">The categories, rising.</param>
    /// <param name="counts">The counts of the labels of each category, one category after the other.</param>
    /// <param name="frequencies">How frequent each label is.</param>
    /// <param name="threshold">Categories with fewer labels in all are rare; 0 when none are.</param>
    /// <param name="rare">The counts of the labels of all rare categories.</param>
    internal CountTable(uint[] keys, float[] counts, double[] frequencies, float threshold, float[] rare)
    {
        (_keys, _counts, Frequencies, Threshold, _rare) = (keys, counts, frequencies, threshold, rare);
        _rows = new Dictionary<uint, int>(keys.Length);
        for (int row = 0; row < keys.Length; row++) _rows.Add(keys[row], row);
    }

    internal int LabelCount => Frequencies.Length;

    internal double[] Frequencies { get; }

    internal float Threshold { get; }

    internal ReadOnlySpan<uint> Keys => _keys;

    /// <summary>The counts of the labels of a category, or of all rare ones.</summary>
    internal ReadOnlySpan<float> CountsOf(uint key, out bool isRare)
    {
        ReadOnlySpan<float> counts = _rows.TryGetValue(key, out int row) ? _counts.AsSpan(row * LabelCount, LabelCount) : default;
        isRare = Threshold > 0 && Sum(counts) < Threshold;
        return isRare ? _rare : counts;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.WriteArray<uint>("keys", _keys, _keys.Length);
        writer.WriteArray<float>("counts", _counts, _keys.Length, LabelCount);
        writer.Set("frequencies", Frequencies);
        writer.Set("threshold", Threshold.ToString(CultureInfo.InvariantCulture));
        writer.WriteArray<float>("rare", _rare, LabelCount);
    }

    internal static CountTable Load(ModelStepReader reader, int labels)
    {
        uint[] keys = reader.ReadArray<uint>("keys", -1);
        float[] counts = reader.ReadArray<float>("counts", keys.Length, labels), rare = reader.ReadArray<float>("rare", labels);
        double[] frequencies = [.. reader.GetDoubles("frequencies")];
        bool fits = frequencies.Length == labels && keys.Distinct().Count() == keys.Length && Array.TrueForAll(counts, count => count >= 0)
            && Array.TrueForAll(frequencies, frequency => frequency is >= 0 and <= 1)
            && float.TryParse(reader.GetString("threshold"), CultureInfo.InvariantCulture, out float _);
        if (!fits) throw reader.Invalid("its counts do not fit");
        return new CountTable(keys, counts, frequencies, float.Parse(reader.GetString("threshold"), CultureInfo.InvariantCulture), rare);
    }

    private static float Sum(ReadOnlySpan<float> counts)
    {
        float sum = 0;
        foreach (float count in counts) sum += count;
        return sum;
    }
}
