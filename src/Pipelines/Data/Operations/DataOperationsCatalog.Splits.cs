using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class DataOperationsCatalog
{
    /// <summary>Rows to learn from and rows to test with.</summary>
    public readonly struct TrainTestData
    {
        internal TrainTestData(IDataView trainSet, IDataView testSet) => (TrainSet, TestSet) = (trainSet, testSet);

        /// <summary>The rows to learn from.</summary>
        public IDataView TrainSet { get; }

        /// <summary>The rows to test with.</summary>
        public IDataView TestSet { get; }
    }

    /// <summary>
    /// Splits the rows at random into two views over the same data. The test set has the fraction asked for, to the nearest row,
    /// at least one row and not all. Which rows go where is decided once, by the seed and the rows; both sets keep their order.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="testFraction">The share of the test set; above 0 and below 1.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column go to the same set; the fraction is met as closely as whole groups allow.</param>
    /// <param name="seed">Fixes the choice; without it, the seed of the context does.</param>
    /// <param name="stratificationColumnName">
    /// Each value of this column (a label: key, text, truth value) has the same share in both sets, to the nearest row. A class of
    /// one row goes to the training set.
    /// </param>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null, string? stratificationColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (testFraction is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The fraction of the test set is above 0 and below 1.");
        var split = SplitColumn.Of(data.Schema, samplingKeyColumnName, stratificationColumnName);
        RowPartition parts = RowPartition.ByFraction(BatchView.Of(data), testFraction, split, Environment.SeedFor(nameof(TrainTestSplit), seed));
        return new TrainTestData(parts.Select(1), parts.Select(0));
    }

    /// <summary>Splits the rows at random into folds of the same size; each fold is the test set once, and the others the training set.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="numberOfFolds">At least 2.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column go to the same fold.</param>
    /// <param name="seed">Fixes the choice; without it, the seed of the context does.</param>
    /// <param name="stratificationColumnName">Each value of this column has the same share in every fold, give or take a row.</param>
    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string? samplingKeyColumnName = null, int? seed = null, string? stratificationColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfFolds, 2);
        var split = SplitColumn.Of(data.Schema, samplingKeyColumnName, stratificationColumnName);
        RowPartition parts = RowPartition.ByFolds(BatchView.Of(data), numberOfFolds, split, Environment.SeedFor(nameof(CrossValidationSplit), seed));
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold => new TrainTestData(parts.Select(fold, others: true), parts.Select(fold)))];
    }
}
