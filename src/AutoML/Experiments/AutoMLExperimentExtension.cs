using System.Diagnostics.CodeAnalysis;

namespace MLPipelines.AutoML;

/// <summary>Telling an experiment what to search, on which rows, and how.</summary>
public static class AutoMLExperimentExtension
{
    /// <summary>Has trials learn from some rows and be compared by others.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="train">The rows to learn from.</param>
    /// <param name="validation">The rows to compare trials by.</param>
    /// <param name="subSamplingTrainDataset">Whether trials begin with few of the rows and have more of them as the search goes on; good when there are very many.</param>
    public static AutoMLExperiment SetDataset(this AutoMLExperiment experiment, IDataView train, IDataView validation, bool subSamplingTrainDataset = false) =>
        experiment.SetRows(new TrainValidateDatasetManager(train, validation, beginsWithSamples: subSamplingTrainDataset));

    /// <summary>Has trials learn from the training set of a split and be compared by its test set.</summary>
    public static AutoMLExperiment SetDataset(this AutoMLExperiment experiment, DataOperationsCatalog.TrainTestData trainValidationSplit) =>
        experiment.SetDataset(trainValidationSplit.TrainSet, trainValidationSplit.TestSet);

    /// <summary>Has trials cross-validated; the best one then learns from all rows.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="dataset">The rows.</param>
    /// <param name="fold">The number of folds; at least 2.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column go to the same fold.</param>
    public static AutoMLExperiment SetDataset(this AutoMLExperiment experiment, IDataView dataset, int fold = 10, string? samplingKeyColumnName = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fold, 2);
        return experiment.SetRows(new CrossValidateDatasetManager(dataset, fold, samplingKeyColumnName));
    }

    /// <summary>Optimizes a metric of two classes. The default of the label is in small letters, as in ML.NET.</summary>
    public static AutoMLExperiment SetBinaryClassificationMetric(this AutoMLExperiment experiment, BinaryClassificationMetric metric,
        string labelColumn = "label", string predictedColumn = "PredictedLabel") => experiment.SetEvaluateMetric(new BinaryMetric(metric, labelColumn, predictedColumn));

    /// <summary>Optimizes a metric of several classes. The default of the label is in small letters, as in ML.NET.</summary>
    public static AutoMLExperiment SetMulticlassClassificationMetric(this AutoMLExperiment experiment, MulticlassClassificationMetric metric,
        string labelColumn = "label", string predictedColumn = "PredictedLabel") => experiment.SetEvaluateMetric(new MulticlassMetric(metric, labelColumn, predictedColumn));

    /// <summary>Optimizes a metric of numbers.</summary>
    public static AutoMLExperiment SetRegressionMetric(this AutoMLExperiment experiment, RegressionMetric metric,
        string labelColumn = "Label", string scoreColumn = "Score") => experiment.SetEvaluateMetric(new RegressionTaskMetric(metric, labelColumn, scoreColumn));

    /// <summary>Optimizes a metric of rankings. ML.NET has no such method.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="labelColumn">The relevance.</param>
    /// <param name="groupColumn">The key of the groups.</param>
    /// <param name="scoreColumn">What ranks the rows of a group.</param>
    /// <param name="truncationLevel">How many places of each group count.</param>
    public static AutoMLExperiment SetRankingMetric(this AutoMLExperiment experiment, RankingMetric metric, string labelColumn = "Label",
        string groupColumn = "GroupId", string scoreColumn = "Score", uint truncationLevel = 10) =>
        experiment.SetEvaluateMetric(new RankingTaskMetric(metric, labelColumn, groupColumn, scoreColumn, truncationLevel));

    /// <summary>Optimizes a metric of one's own.</summary>
    public static AutoMLExperiment SetEvaluateMetric<TEvaluateMetricManager>(this AutoMLExperiment experiment, TEvaluateMetricManager metricManager)
        where TEvaluateMetricManager : class, IEvaluateMetricManager
    {
        ArgumentNullException.ThrowIfNull(experiment);
        experiment.Services.Add<IMetricManager>(metricManager);
        experiment.Services.Add<IEvaluateMetricManager>(metricManager);
        return experiment;
    }

    /// <summary>Searches the options of a pipeline, with the cost-frugal tuner unless another one is set afterwards.</summary>
    public static AutoMLExperiment SetPipeline(this AutoMLExperiment experiment, SweepablePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(pipeline);
        experiment.AddSearchSpace(AutoMLExperiment.PipelineSearchSpaceName, pipeline.SearchSpace);
        experiment.Services.Add(pipeline);
        experiment.SetTrialRunner(services => new SweepablePipelineRunner(Get<MLContext>(services, ""), pipeline,
            Get<IEvaluateMetricManager>(services, "SetBinaryClassificationMetric, SetMulticlassClassificationMetric, SetRegressionMetric or SetEvaluateMetric gives it one."),
            Get<IDatasetManager>(services, "SetDataset gives it one.")));
        return experiment.SetEciCostFrugalTuner();
    }

    /// <summary>Looks at memory and processor time of the process at this interval.</summary>
    public static AutoMLExperiment SetPerformanceMonitor(this AutoMLExperiment experiment, int checkIntervalInMilliseconds = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(checkIntervalInMilliseconds, 1);
        return experiment.SetPerformanceMonitor(_ => new DefaultPerformanceMonitor(experiment.Settings, checkIntervalInMilliseconds));
    }

    /// <summary>Has each trial watched by a monitor of one's own.</summary>
    public static AutoMLExperiment SetPerformanceMonitor<TPerformanceMonitor>(this AutoMLExperiment experiment, Func<IServiceProvider, TPerformanceMonitor> factory)
        where TPerformanceMonitor : class, IPerformanceMonitor
    {
        ArgumentNullException.ThrowIfNull(experiment);
        experiment.Services.AddTransient<IPerformanceMonitor>(factory);
        return experiment;
    }

    /// <summary>Has each trial watched by a monitor of one's own, whose constructor asks for parts of the experiment.</summary>
    public static AutoMLExperiment SetPerformanceMonitor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPerformanceMonitor>(this AutoMLExperiment experiment)
        where TPerformanceMonitor : class, IPerformanceMonitor => experiment.SetPerformanceMonitor(ExperimentServices.Create<TPerformanceMonitor>);

    /// <summary>Keeps the trials in a file of this folder as they end. An experiment with the same options and metric goes on from there.</summary>
    public static AutoMLExperiment SetCheckpoint(this AutoMLExperiment experiment, string folder)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Directory.CreateDirectory(folder);
        experiment.Services.AddTransient(_ => new TrialCheckpoint(
            TrialCheckpoint.PathFor(folder, experiment.Settings.SearchSpace!, experiment.Services.Get<IMetricManager>()?.MetricName)));
        return experiment;
    }

    internal static AutoMLExperiment SetRows(this AutoMLExperiment experiment, IDatasetManager manager)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        experiment.Services.Add(manager);
        if (manager is ITrainValidateDatasetManager held) experiment.Services.Add(held);
        if (manager is ICrossValidateDatasetManager crossed) experiment.Services.Add(crossed);
        return experiment;
    }

    private static T Get<T>(IServiceProvider services, string how) where T : class => ((ExperimentServices)services).Require<T>(how);
}
