using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>Chooses bins for all features from a sample of the rows.</summary>
internal sealed unsafe class BinSample
{
    private const int FeaturesAtOnce = 8;

    private readonly FeatureMatrix _features;
    private readonly BoostingOptions _options;
    private readonly int _size;

    internal BinSample(FeatureMatrix features, BoostingOptions options)
    {
        (_features, _options) = (features, options);
        _size = Math.Min(features.RowCount, options.BinSampleSize);
    }

    /// <summary>One row by chance out of each of as many runs of rows as the sample has rows.</summary>
    private int RowAt(int place)
    {
        int start = (int)((long)place * _features.RowCount / _size), end = (int)((long)(place + 1) * _features.RowCount / _size);
        return end - start <= 1 ? start : start + new SplitMixRandom(_options.Seed, -4, place).Next(end - start);
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
            int first = part * FeaturesAtOnce, end = Math.Min(count, first + FeaturesAtOnce), length = _size + 1;
            // Not on the heap: what the sample takes is given back before there are bins.
            float* memory = (float*)NativeMemory.Alloc((nuint)(_features.IsDense ? end - first + 1 : 2) * (nuint)length, sizeof(float));
            try
            {
                if (_features.IsDense) Gather(first, end - first, memory);
                Span<float> room = new(memory + (nint)(_features.IsDense ? end - first : 1) * length, length);
                for (int feature = first; feature < end; feature++)
                {
                    if (special[feature]) continue;
                    Span<float> values = _features.IsDense ? new(memory + (nint)(feature - first) * length, _size) : Copy(sparse, feature, new(memory, length));
                    columns[feature] = Column(feature, values, room);
                }
            }
            finally
            {
                NativeMemory.Free(memory);
            }
        });
        foreach (int feature in _options.CategoricalFeatures) columns[feature] = Categorical(new SlotGroup(feature, 0));
        foreach (SlotGroup group in _options.OneHotGroups) columns[group.First] = Categorical(group);
        return [.. columns.OfType<BinColumn>()];
    }

    private BinColumn? Column(int feature, Span<float> values, Span<float> room)
    {
        // One of the zeros of a sparse feature stands for all.
        int zeros = Math.Max(0, _size - values.Length), missing = values.Length;
        values = values[..WithoutMissing(values)];
        missing -= values.Length;
        FloatSort.Sort(values, room[..values.Length]);
        float[] bounds = _options.EqualBins ? BinFinder.EqualBounds(values, zeros, _options.MaximumBinCount)
            : BinFinder.Bounds(values, MemoryMarshal.Cast<float, int>(room), zeros, _options);
        // A feature of one value is of use where others are missing.
        return bounds.Length > 0 || (missing > 0 && values.Length > 0) ? BinColumn.Numeric(feature, bounds) : null;
    }

    private Span<float> Copy((long[] Starts, float[] Values) sparse, int feature, Span<float> values)
    {
        int start = (int)sparse.Starts[feature], length = (int)sparse.Starts[feature + 1] - start;
        sparse.Values.AsSpan(start, length).CopyTo(values);
        if (length < _size) values[length++] = 0;
        return values[..length];
    }

    private void Gather(int first, int width, float* values)
    {
        ReadOnlySpan<float> all = _features.Values;
        int stride = _features.ColumnCount, length = _size + 1;
        for (int i = 0; i < _size; i++)
        {
            ReadOnlySpan<float> row = all.Slice(RowAt(i) * stride + first, width);
            for (int j = 0; j < row.Length; j++) values[(nint)j * length + i] = row[j];
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
        for (int i = 0; i < _size; i++)
            foreach (int feature in _features[RowAt(i)].Indices) starts[feature + 1]++;
        for (int i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        float[] values = new float[starts[^1]];
        long[] next = starts.AsSpan(0, starts.Length - 1).ToArray();
        for (int place = 0; place < _size; place++)
        {
            RowVector<float> vector = _features[RowAt(place)];
            for (int i = 0; i < vector.Indices.Length; i++) values[next[vector.Indices[i]]++] = vector.Values[i];
        }
        return (starts, values);
    }

    /// <summary>The most frequent codes have a bin each.</summary>
    private BinColumn? Categorical(SlotGroup group)
    {
        var counts = new Dictionary<int, int>();
        for (int i = 0; i < _size; i++)
        {
            int code = CategoryCode.Of(_features[RowAt(i)], group);
            if (code >= 0) counts[code] = counts.GetValueOrDefault(code) + 1;
        }
        int[] codes = [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(_options.MaximumBinCount).Select(pair => pair.Key)];
        return codes.Length > 0 ? BinColumn.Categorical(group.First, group.Count, codes) : null;
    }
}
