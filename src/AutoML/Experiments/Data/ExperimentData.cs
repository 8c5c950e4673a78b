namespace MLPipelines.AutoML;

/// <summary>The rows of an experiment.</summary>
public interface IDatasetManager;

/// <summary>Rows that are cross-validated.</summary>
public interface ICrossValidateDatasetManager : IDatasetManager
{
    /// <summary>The number of folds.</summary>
    int Fold { get; set; }

    /// <summary>The rows.</summary>
    IDataView Dataset { get; set; }

    /// <summary>Rows with the same value in this column go to the same fold.</summary>
    string? SamplingKeyColumnName { get; set; }
}

/// <summary>Rows to learn from and rows to validate with.</summary>
public interface ITrainValidateDatasetManager : IDatasetManager
{
    /// <summary>The rows that a trial learns from; a sample of them where its settings say so.</summary>
    IDataView LoadTrainDataset(MLContext context, TrialSettings? settings);

    /// <summary>The rows that a trial is validated with.</summary>
    IDataView LoadValidateDataset(MLContext context, TrialSettings? settings);
}
