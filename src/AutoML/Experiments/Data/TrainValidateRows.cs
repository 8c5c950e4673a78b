using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Knows how many rows trials learn from.</summary>
internal interface ITrainingRows
{
    long CountTrainingRows();

    /// <summary>Whether trials begin with samples of the rows.</summary>
    bool BeginsWithSamples { get; }

    /// <summary>The rows that the best trial's chain learns from when the search is over; <see langword="null"/> when its model is good as it is.</summary>
    IDataView? RowsToRefit { get; }
}

/// <summary>Rows to learn from and rows to validate with.</summary>
internal sealed class TrainValidateDatasetManager(IDataView train, IDataView validation, IDataView? all = null, bool beginsWithSamples = false) : ITrainValidateDatasetManager, ITrainingRows
{
    public IDataView LoadTrainDataset(MLContext context, TrialSettings? settings) => TrialSample.Take(context, train, TrialSample.ShareOf(settings));

    public IDataView LoadValidateDataset(MLContext context, TrialSettings? settings) => validation;

    public long CountTrainingRows() => RowCounting.Count(train);

    public bool BeginsWithSamples => beginsWithSamples;

    public IDataView? RowsToRefit => all;
}

/// <summary>Rows that are cross-validated; the folds are the same for all trials.</summary>
internal sealed class CrossValidateDatasetManager(IDataView dataset, int fold, string? samplingKeyColumnName) : ICrossValidateDatasetManager, ITrainingRows
{
    public IDataView Dataset { get; set; } = dataset;

    public int Fold { get; set; } = fold;

    public string? SamplingKeyColumnName { get; set; } = samplingKeyColumnName;

    public long CountTrainingRows() => RowCounting.Count(Dataset) * (Fold - 1) / Fold;

    public bool BeginsWithSamples => false;

    public IDataView? RowsToRefit => Dataset;
}

internal static class RowCounting
{
    internal static long Count(IDataView rows)
    {
        if (rows.GetRowCount() is { } known) return known;
        BatchView view = BatchView.Of(rows);
        long count = 0;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.None(view.Schema));
        while (cursor.Next() is { } batch) count += batch.RowCount;
        return count;
    }
}
