using MLPipelines.Data;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// An experiment for one task: makes features of the columns, and searches the trainers of the task. Fewer than 15,000 rows are
/// cross-validated in ten folds, of more a tenth is held out; the best chain then learns from all rows.
/// </summary>
/// <typeparam name="TMetrics">The metrics of the task.</typeparam>
/// <typeparam name="TExperimentSettings">The settings of the task.</typeparam>
public abstract class ExperimentBase<TMetrics, TExperimentSettings>
    where TMetrics : class
    where TExperimentSettings : ExperimentSettings
{
    internal const string Features = "__Features__";

    private const int RowsToHoldOut = 15_000, DefaultFolds = 10;

    private protected ExperimentBase(MLContext context, TExperimentSettings settings) => (Context, Settings) = (context, settings);

    private protected MLContext Context { get; }

    private protected TExperimentSettings Settings { get; }

    /// <summary>Searches; trials are compared by rows of <paramref name="trainData"/> that they do not learn from.</summary>
    /// <param name="trainData">The rows.</param>
    /// <param name="labelColumnName">The column to predict.</param>
    /// <param name="samplingKeyColumn">Rows with the same value in this column are never divided between learning and validation; for rankings the groups.</param>
    /// <param name="preFeaturizer">What comes before the features.</param>
    /// <param name="progressHandler">Told of each trial that ends.</param>
    public virtual ExperimentResult<TMetrics> Execute(IDataView trainData, string labelColumnName = "Label", string? samplingKeyColumn = null,
        IEstimator<ITransformer>? preFeaturizer = null, IProgress<RunDetail<TMetrics>>? progressHandler = null) =>
        Execute(trainData, Information(labelColumnName, samplingKeyColumn), preFeaturizer, progressHandler);

    /// <summary>Searches; trials are compared by rows of <paramref name="trainData"/> that they do not learn from.</summary>
    public virtual ExperimentResult<TMetrics> Execute(IDataView trainData, ColumnInformation columnInformation,
        IEstimator<ITransformer>? preFeaturizer = null, IProgress<RunDetail<TMetrics>>? progressHandler = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(columnInformation);
        string? together = SamplingKey(columnInformation);
        IDatasetManager rows;
        if (RowCounting.Count(trainData) < RowsToHoldOut) rows = new CrossValidateDatasetManager(trainData, DefaultFolds, together);
        else
        {
            var split = Context.Data.TrainTestSplit(trainData, samplingKeyColumnName: together);
            rows = new TrainValidateDatasetManager(split.TrainSet, split.TestSet, all: trainData);
        }
        return Run(trainData, rows, columnInformation, preFeaturizer, progressHandler);
    }

    /// <summary>Searches; trials are compared by rows of their own.</summary>
    public virtual ExperimentResult<TMetrics> Execute(IDataView trainData, IDataView? validationData, string labelColumnName = "Label",
        IEstimator<ITransformer>? preFeaturizer = null, IProgress<RunDetail<TMetrics>>? progressHandler = null) =>
        Execute(trainData, validationData, Information(labelColumnName, null), preFeaturizer, progressHandler);

    /// <summary>Searches; trials are compared by rows of their own, or without any as if these were not named.</summary>
    public virtual ExperimentResult<TMetrics> Execute(IDataView trainData, IDataView? validationData, ColumnInformation columnInformation,
        IEstimator<ITransformer>? preFeaturizer = null, IProgress<RunDetail<TMetrics>>? progressHandler = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(columnInformation);
        return validationData is null ? Execute(trainData, columnInformation, preFeaturizer, progressHandler)
            : Run(trainData, new TrainValidateDatasetManager(trainData, validationData), columnInformation, preFeaturizer, progressHandler);
    }

    /// <summary>Searches; trials are compared in folds, and what came of each fold is told.</summary>
    public virtual CrossValidationExperimentResult<TMetrics> Execute(IDataView trainData, uint numberOfCVFolds, ColumnInformation? columnInformation = null,
        IEstimator<ITransformer>? preFeaturizer = null, IProgress<CrossValidationRunDetail<TMetrics>>? progressHandler = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfCVFolds, 2u);
        columnInformation ??= Information("Label", null);
        SweepablePipeline pipeline = Pipeline(trainData, columnInformation, preFeaturizer);
        var rows = new CrossValidateDatasetManager(trainData, (int)numberOfCVFolds, SamplingKey(columnInformation));
        var (all, best) = Search(pipeline, rows, columnInformation, result => progressHandler?.Report(OfFolds(pipeline, result)));
        return new CrossValidationExperimentResult<TMetrics>([.. all.Select(result => OfFolds(pipeline, result))], OfFolds(pipeline, best));
    }

    /// <summary>Searches; trials are compared in folds, and what came of each fold is told.</summary>
    public virtual CrossValidationExperimentResult<TMetrics> Execute(IDataView trainData, uint numberOfCVFolds, string labelColumnName = "Label",
        string? samplingKeyColumn = null, IEstimator<ITransformer>? preFeaturizer = null, IProgress<CrossValidationRunDetail<TMetrics>>? progressHandler = null) =>
        Execute(trainData, numberOfCVFolds, Information(labelColumnName, samplingKeyColumn), preFeaturizer, progressHandler);

    private protected abstract TaskMetric<TMetrics> Metric(ColumnInformation columns);

    /// <summary>The trainers of the task, and what has to come around them.</summary>
    private protected abstract SweepablePipeline Trainers(SweepablePipeline featurizing, ColumnInformation columns);

    /// <summary>Which column keeps rows together.</summary>
    private protected virtual string? SamplingKey(ColumnInformation columns) => columns.SamplingKeyColumnName;

    private protected virtual ColumnInformation Information(string labelColumnName, string? samplingKeyColumn) =>
        new() { LabelColumnName = labelColumnName, SamplingKeyColumnName = samplingKeyColumn };

    private ExperimentResult<TMetrics> Run(IDataView trainData, IDatasetManager rows, ColumnInformation columns, IEstimator<ITransformer>? preFeaturizer, IProgress<RunDetail<TMetrics>>? progress)
    {
        SweepablePipeline pipeline = Pipeline(trainData, columns, preFeaturizer);
        var (all, best) = Search(pipeline, rows, columns, result => progress?.Report(Of(pipeline, result)));
        return new ExperimentResult<TMetrics>([.. all.Select(result => Of(pipeline, result))], Of(pipeline, best));
    }

    private (IReadOnlyList<TrialResult> All, TrialResult Best) Search(SweepablePipeline pipeline, IDatasetManager rows, ColumnInformation columns, Action<TrialResult> told)
    {
        var settings = new AutoMLExperiment.AutoMLExperimentSettings
        {
            MaxModels = Settings.MaxModels,
            CancellationToken = Settings.CancellationToken,
            MaximumMemoryUsageInMegaByte = Settings.MaximumMemoryUsageInMegaByte,
        };
        var heard = new TrialList(told);
        AutoMLExperiment experiment = Context.Auto().CreateExperiment(settings).SetRows(rows).SetEvaluateMetric(Metric(columns)).SetPipeline(pipeline).SetMonitor(heard);
        // A number of trials without a time is kept free of the clock.
        if (Settings.MaxModels == int.MaxValue || Settings.MaxExperimentTimeInSeconds != ExperimentSettings.DefaultTimeInSeconds) experiment.SetTrainingTimeInSeconds(Settings.MaxExperimentTimeInSeconds);
        TrialResult best = experiment.Run();
        return (heard.Results, best);
    }

    private SweepablePipeline Pipeline(IDataView rows, ColumnInformation columns, IEstimator<ITransformer>? preFeaturizer)
    {
        if (preFeaturizer is null) return Trainers(Context.Auto().Featurizer(rows, columns, Features), columns);
        // The columns that it makes are features as others are.
        IDataView featured = preFeaturizer.Fit(rows).Transform(rows);
        return Trainers(preFeaturizer.Append(Context.Auto().Featurizer(featured, columns, Features)), columns);
    }

    private RunDetail<TMetrics> Of(SweepablePipeline pipeline, TrialResult result)
    {
        var fold = (result as PipelineTrialResult)?.Folds.MinBy(part => Math.Abs(part.Value - result.Metric));
        return new RunDetail<TMetrics>(Name(pipeline, result), Estimator(pipeline, result), result.DurationInMilliseconds / 1000, result.Model, (TMetrics?)fold?.Metrics, result.Exception);
    }

    private CrossValidationRunDetail<TMetrics> OfFolds(SweepablePipeline pipeline, TrialResult result) =>
        new(Name(pipeline, result), Estimator(pipeline, result), result.DurationInMilliseconds / 1000, result is PipelineTrialResult trial
            ? [.. trial.Folds.Select(fold => new TrainResult<TMetrics>(fold.Model, (TMetrics?)fold.Metrics, null))] : [new TrainResult<TMetrics>(null, null, result.Exception)]);

    private static string Name(SweepablePipeline pipeline, TrialResult result) => TrialDescription.Of(pipeline, result.TrialSettings).Trainer;

    private EstimatorChain<ITransformer> Estimator(SweepablePipeline pipeline, TrialResult result) =>
        pipeline.BuildFromOption(Context, TrialDescription.PipelineOptions(pipeline, result.TrialSettings) ?? Parameter.CreateNestedParameter());

    /// <summary>Keeps all trials.</summary>
    private sealed class TrialList(Action<TrialResult> told) : IMonitor
    {
        internal List<TrialResult> Results { get; } = [];

        public void ReportCompletedTrial(TrialResult result)
        {
            Results.Add(result);
            told(result);
        }

        public void ReportFailTrial(TrialSettings settings, Exception? exception = null)
        {
            // Not a failure of the trial's own.
            if (exception is not OperationCanceledException) ReportCompletedTrial(new TrialResult { TrialSettings = settings, Exception = exception, Loss = double.PositiveInfinity, Metric = double.NaN });
        }

        public void ReportBestTrial(TrialResult result) { }

        public void ReportRunningTrial(TrialSettings settings) { }
    }
}
