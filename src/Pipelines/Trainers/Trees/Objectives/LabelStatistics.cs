namespace MLPipelines.Trainers.Trees;

/// <summary>Weighted statistics of labels.</summary>
internal static class LabelStatistics
{
    internal static double Mean(BoostingSet rows)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < rows.RowCount; i++)
        {
            double weight = rows.Weights is null ? 1 : rows.Weights[i];
            sum += weight * rows.Labels[i];
            weights += weight;
        }
        return weights > 0 ? sum / weights : 0;
    }

    internal static double Quantile(BoostingSet rows, double share)
    {
        float[] labels = [.. rows.Labels];
        return rows.Weights is { } weights ? LeafQuantile.Weighted(labels, [.. weights], share) : LeafQuantile.Of(labels, new float[labels.Length], share);
    }
}
