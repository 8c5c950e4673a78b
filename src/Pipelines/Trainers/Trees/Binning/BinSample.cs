using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>Chooses bins for all features from a sample of the rows.</summary>
internal sealed class BinSample
{
    private const int FeaturesAtOnce = 8;

    private readonly FeatureMatrix _features;
    private readonly BoostingOptions _options;
    private readonly int[] _rows;

    internal BinSample(FeatureMatrix features, BoostingOptions options)
    {
        (_features, _options) = (features, options);
        _rows = RowSample.Choose(features.RowCount, Math.Min(features.RowCount, options.BinSampleSize), new SplitMixRandom(options.Seed, 0, 1));
    }

    /// <summary>The columns that can be split, in the order of features.</summary>
    internal List<BinColumn> Columns(WorkTeam team)
    {
        int count = _features.ColumnCount;
        var columns = new BinColumn?[count];
        bool[] special = new bool[count];
        foreach (int feature in _options.CategoricalFeatures) special[feature] = true;
        foreach (SlotGroup group in _options.OneHotGroups) special.AsSpan(group.First, group.Count).Fill(true);
        (long[] Starts, float[] Values) sparse = _features.IsDense ? default : ByFeature();
        int parts = (count + FeaturesAtOnce - 1) / FeaturesAtOnce;
        team.Run(parts, part =>
        {
            int first = part * FeaturesAtOnce, end = Math.Min(count, first + FeaturesAtOnce);
            float[] values = new float[_rows.Length * (_features.IsDense ? end - first + 1 : 2)];
            Span<float> room = values.AsSpan(values.Length - _rows.Length);
            if (_features.IsDense) Gather(first, end - first, values);
            for (int feature = first; feature < end; feature++)
            {
                if (special[feature]) continue;
                Span<float> column = _features.IsDense ? values.AsSpan((feature - first) * _rows.Length, _rows.Length) : Copy(sparse, feature, values);
                int zeros = _rows.Length - column.Length;
                column = column[..WithoutMissing(column)];
                FloatSort.Sort(column, room[..column.Length]);
                float[] bounds = _options.EqualBins ? BinFinder.EqualBounds(column, zeros, _options.MaximumBinCount) : BinFinder.Bounds(column, zeros, _options.MaximumBinCount);
                // A feature of one value is of use where others are missing.
                if (bounds.Length > 0 || column.Length + zeros < _rows.Length) columns[feature] = BinColumn.Numeric(feature, bounds);
            }
        });
        foreach (int feature in _options.CategoricalFeatures) columns[feature] = Categorical(new SlotGroup(feature, 0));
        foreach (SlotGroup group in _options.OneHotGroups) columns[group.First] = Categorical(group);
        return [.. columns.OfType<BinColumn>()];
    }

    private static Span<float> Copy((long[] Starts, float[] Values) sparse, int feature, float[] values)
    {
        int start = (int)sparse.Starts[feature], length = (int)sparse.Starts[feature + 1] - start;
        sparse.Values.AsSpan(start, length).CopyTo(values);
        return values.AsSpan(0, length);
    }

    private void Gather(int first, int width, float[] values)
    {
        ReadOnlySpan<float> all = _features.Values;
        int stride = _features.ColumnCount, rows = _rows.Length;
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = all.Slice(_rows[i] * stride + first, width);
            for (int j = 0; j < row.Length; j++) values[j * rows + i] = row[j];
        }
    }

    private static int WithoutMissing(Span<float> values)
    {
        if (!float.IsNaN(TensorPrimitives.Sum(values))) return values.Length;
        int count = 0;
        foreach (float value in values)
            if (!float.IsNaN(value)) values[count++] = value;
        return count;
    }

    /// <summary>The stored items of the sampled rows, feature after feature.</summary>
    private (long[] Starts, float[] Values) ByFeature()
    {
        long[] starts = new long[_features.ColumnCount + 1];
        foreach (int row in _rows)
            foreach (int feature in _features[row].Indices) starts[feature + 1]++;
        for (int i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        float[] values = new float[starts[^1]];
        long[] next = starts.AsSpan(0, starts.Length - 1).ToArray();
        foreach (int row in _rows)
        {
            RowVector<float> vector = _features[row];
            for (int i = 0; i < vector.Indices.Length; i++) values[next[vector.Indices[i]]++] = vector.Values[i];
        }
        return (starts, values);
    }

    /// <summary>The most frequent codes have a bin each.</summary>
    private BinColumn? Categorical(SlotGroup group)
    {
        var counts = new Dictionary<int, int>();
        foreach (int row in _rows)
        {
            int code = CategoryCode.Of(_features[row], group);
            if (code >= 0) counts[code] = counts.GetValueOrDefault(code) + 1;
        }
        int[] codes = [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(_options.MaximumBinCount).Select(pair => pair.Key)];
        return codes.Length > 0 ? BinColumn.Categorical(group.First, group.Count, codes) : null;
    }
}
