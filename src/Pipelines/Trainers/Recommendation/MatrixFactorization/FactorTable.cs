namespace MLPipelines.Trainers;

/// <summary>
/// The factors of the rows (or columns) of a matrix by key: those of key 0, which stands for a row that is not known, are the mean of those that are,
/// weighted by how many elements they have. A row without elements has the mean, too.
/// </summary>
internal static class FactorTable
{
    /// <param name="factors">The factors of each row, counted from 0.</param>
    /// <param name="rank">How many there are.</param>
    /// <param name="counts">How many elements each row has.</param>
    internal static float[] Of(ReadOnlySpan<float> factors, int rank, ReadOnlySpan<int> counts)
    {
        float[] table = new float[checked((counts.Length + 1) * rank)];
        factors.CopyTo(table.AsSpan(rank));
        double[] sums = new double[rank];
        double total = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            total += counts[row];
            for (int d = 0; d < rank; d++) sums[d] += (double)counts[row] * factors[row * rank + d];
        }
        Span<float> mean = table.AsSpan(0, rank);
        for (int d = 0; d < rank; d++) mean[d] = (float)(sums[d] / total);
        for (int row = 0; row < counts.Length; row++)
        {
            if (counts[row] == 0) mean.CopyTo(table.AsSpan((row + 1) * rank));
        }
        return table;
    }
}
