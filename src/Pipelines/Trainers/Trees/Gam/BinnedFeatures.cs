namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// Features of a training set by the bins that their values fall in, feature after feature. A feature that no split could part into
/// sides of enough rows is left out.
/// </summary>
/// <param name="Features">The features that are there.</param>
/// <param name="Bounds">The rising numbers up to which the bins of each go; the last bin has no bound.</param>
/// <param name="Codes">The bin of each row; that of a missing value comes after the others.</param>
internal sealed record BinnedFeatures(int[] Features, double[][] Bounds, ushort[][] Codes)
{
    internal int Count => Features.Length;

    /// <summary>The bins of a feature, that of missing values counted.</summary>
    internal int BinsOf(int feature) => Bounds[feature].Length + 2;

    internal static BinnedFeatures Of(FeatureMatrix matrix, int maximumBins, int minimumRows, int threads)
    {
        double[][] bounds = new double[matrix.ColumnCount][];
        float[][] columns = Columns(matrix);
        Parallel.For(0, bounds.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, feature => bounds[feature] = Find(columns[feature], maximumBins, minimumRows));
        int[] features = [.. Enumerable.Range(0, bounds.Length).Where(feature => bounds[feature].Length > 0)];
        return new BinnedFeatures(features, [.. features.Select(feature => bounds[feature])], [.. features.Select(feature => CodesOf(columns[feature], bounds[feature]))]);
    }

    /// <summary>Other rows, in the same bins.</summary>
    internal ushort[][] CodesOf(FeatureMatrix matrix)
    {
        float[][] columns = Columns(matrix);
        return [.. Features.Select((feature, i) => CodesOf(columns[feature], Bounds[i]))];
    }

    internal static int BinOf(float value, double[] bounds)
    {
        if (float.IsNaN(value)) return bounds.Length + 1;
        int found = Array.BinarySearch(bounds, value);
        return found >= 0 ? found : ~found;
    }

    private static ushort[] CodesOf(float[] column, double[] bounds) => Array.ConvertAll(column, value => (ushort)BinOf(value, bounds));

    private static double[] Find(float[] column, int maximumBins, int minimumRows)
    {
        double[] known = [.. column.Where(value => !float.IsNaN(value)).Select(value => (double)value)];
        ValueCounts counts = ValueCounts.Of(known);
        // The first place to split at; a split needs as many rows after it.
        int first = 0;
        while (first < counts.UpTo.Length && counts.UpTo[first] < minimumRows) first++;
        if (first >= counts.UpTo.Length || counts.Count - counts.UpTo[first] < minimumRows) return [];
        return BinBounds.At(counts.Values, EqualBins.Split(counts, maximumBins), isSingle: false);
    }

    private static float[][] Columns(FeatureMatrix matrix)
    {
        var columns = new float[matrix.ColumnCount][];
        for (int feature = 0; feature < columns.Length; feature++) columns[feature] = new float[matrix.RowCount];
        for (int row = 0; row < matrix.RowCount; row++)
        {
            var items = matrix[row];
            for (int i = 0; i < items.Values.Length; i++) columns[items.IsDense ? i : items.Indices[i]][row] = items.Values[i];
        }
        return columns;
    }
}
