using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>The features as rows and the examples as columns, so that what a feature gathers from all examples is one row.</summary>
internal static class TransposedFeatures
{
    internal static FeatureMatrix Of(FeatureMatrix features) => features.IsDense ? Dense(features) : Sparse(features);

    private static FeatureMatrix Dense(FeatureMatrix features)
    {
        int rows = features.RowCount, columns = features.ColumnCount;
        float[] values = new float[features.Values.Length];
        const int tile = 64;
        for (int top = 0; top < rows; top += tile)
        {
            for (int left = 0; left < columns; left += tile)
            {
                for (int row = top; row < Math.Min(rows, top + tile); row++)
                {
                    ReadOnlySpan<float> items = features[row].Values;
                    for (int column = left; column < Math.Min(columns, left + tile); column++) values[(long)column * rows + row] = items[column];
                }
            }
        }
        return new FeatureMatrix(values, columns, rows);
    }

    private static FeatureMatrix Sparse(FeatureMatrix features)
    {
        long[] starts = new long[features.ColumnCount + 1];
        int stored = checked((int)features.StoredCount);
        foreach (int index in features.Indices[..stored]) starts[index + 1]++;
        for (int i = 0; i < features.ColumnCount; i++) starts[i + 1] += starts[i];
        long[] next = starts.AsSpan(0, features.ColumnCount).ToArray();
        int[] rows = new int[stored];
        float[] values = new float[stored];
        for (int row = 0; row < features.RowCount; row++)
        {
            RowVector<float> vector = features[row];
            for (int i = 0; i < vector.Indices.Length; i++)
            {
                long at = next[vector.Indices[i]]++;
                (rows[at], values[at]) = (row, vector.Values[i]);
            }
        }
        return new FeatureMatrix(starts, rows, values, features.RowCount);
    }
}
