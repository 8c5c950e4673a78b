namespace MLPipelines.Trainers.Trees;

/// <summary>Trees that are each learned from a sample of the rows, with a sample of the features per split, and averaged (Breiman, "Random Forests", 2001).</summary>
internal static class RandomForest
{
    /// <summary>Learns the mean of labels: leaves are means, and the ensemble's score the mean of its trees.</summary>
    /// <param name="training">What is learned from.</param>
    /// <param name="options">How trees grow; the learning rate does not count, <see cref="BoostingOptions.RowFraction"/> of the rows are drawn for each tree.</param>
    /// <param name="environment">Progress and cancellation.</param>
    public static TreeEnsemble Learn(BoostingSet training, BoostingOptions options, TrainingEnvironment environment) => throw new NotSupportedException();
}
