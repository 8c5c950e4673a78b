namespace MLPipelines.Transforms;

/// <summary>Counts the labels of the categories of one slot.</summary>
/// <param name="threshold">Categories that occur so often or less are rare; 0 when none are.</param>
/// <param name="initial">Counts to start from. How frequent labels are is counted anew.</param>
internal sealed class CountTableBuilder(float threshold, CountTable? initial)
{
    private readonly Dictionary<(uint Key, int Label), double> _counts = [];
    private readonly Dictionary<int, long> _labels = [];

    internal void Add(uint key, int label)
    {
        _counts[(key, label)] = _counts.GetValueOrDefault((key, label)) + 1;
        _labels[label] = _labels.GetValueOrDefault(label) + 1;
    }

    internal CountTable Build(int labels)
    {
        var rows = new SortedDictionary<uint, float[]>();
        foreach (uint key in initial is null ? [] : initial.Keys.ToArray()) initial!.CountsOf(key, out _).CopyTo(RowOf(key));
        foreach (var ((key, label), count) in _counts) RowOf(key)[label] += (float)count;
        float[] rare = new float[labels];
        if (threshold > 0)
        {
            foreach (uint key in rows.Where(row => row.Value.Sum() <= threshold).Select(row => row.Key).ToArray())
            {
                for (int label = 0; label < labels; label++) rare[label] += rows[key][label];
                rows.Remove(key);
            }
        }
        double all = _labels.Values.Sum();
        double[] frequencies = [.. Enumerable.Range(0, labels).Select(label => all > 0 ? _labels.GetValueOrDefault(label) / all : 1.0 / labels)];
        return new CountTable([.. rows.Keys], [.. rows.Values.SelectMany(counts => counts)], frequencies, threshold, rare);

        float[] RowOf(uint key)
        {
            if (!rows.TryGetValue(key, out float[]? counts)) rows.Add(key, counts = new float[labels]);
            return counts;
        }
    }
}
