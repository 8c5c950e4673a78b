using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The median distance between rows: of every pair of a few rows, of random pairs out of a sample of many.</summary>
internal static class TypicalDistance
{
    private const int SampleSize = 5000;

    /// <summary>The distance; 1 where there are no two rows that differ. Rows with NaN or infinity are left out.</summary>
    internal static float Of(BatchView data, DataViewSchema.Column column, KernelBase kernel, int seed, CancellationToken cancellation)
    {
        int size = ((VectorDataViewType)column.Type).Size;
        List<float[]> sample = Sample(data, column, size, new Random(seed), cancellation);
        List<float> distances = [];
        if ((long)sample.Count * (sample.Count - 1) <= SampleSize)
        {
            for (int i = 0; i < sample.Count; i++)
                for (int j = i + 1; j < sample.Count; j++) distances.Add(kernel.Distance(sample[i], sample[j]));
        }
        else
        {
            var random = new Random(seed);
            for (int pair = 0; pair < SampleSize / 2; pair++) distances.Add(kernel.Distance(sample[random.Next(sample.Count)], sample[random.Next(sample.Count)]));
        }
        distances.RemoveAll(distance => !float.IsFinite(distance));
        distances.Sort();
        int middle = distances.Count / 2;
        float median = distances.Count == 0 ? 0 : distances.Count % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2;
        return median == 0 ? 1 : median;
    }

    /// <summary>Some of the rows, each as likely as any other (reservoir sampling).</summary>
    private static List<float[]> Sample(BatchView data, DataViewSchema.Column column, int size, Random random, CancellationToken cancellation)
    {
        List<float[]> sample = [];
        long seen = 0;
        using BatchCursor cursor = data.OpenBatches(ColumnSet.Of(data.Schema, column.Index));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = (VectorColumn<float>)batch[column.Index];
            for (int row = 0; row < rows.RowCount; row++)
            {
                long place = seen < SampleSize ? seen : random.NextInt64(seen + 1);
                seen++;
                if (place >= SampleSize) continue;
                if (place == sample.Count) sample.Add(new float[size]);
                rows[row].CopyTo(sample[(int)place]);
            }
        }
        return sample;
    }
}
