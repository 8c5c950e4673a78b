using System.Diagnostics;

namespace MLPipelines.AutoML;

/// <summary>Learns with the chain that a trial proposes and measures it: on validation rows, or in folds.</summary>
internal sealed class SweepablePipelineRunner(MLContext context, SweepablePipeline pipeline, IEvaluateMetricManager metric, IDatasetManager data) : ITrialRunner
{
    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        context.CancellationToken = ct;
        return Task.FromResult<TrialResult>(Run(settings, ct));
    }

    private PipelineTrialResult Run(TrialSettings settings, CancellationToken ct)
    {
        long start = Stopwatch.GetTimestamp();
        var options = TrialDescription.PipelineOptions(pipeline, settings) ?? throw new MLPipelinesException("The trial has no options for the pipeline.");
        var folds = new List<PipelineFold>();
        foreach (var (train, test) in Parts(settings))
        {
            ct.ThrowIfCancellationRequested();
            var model = pipeline.BuildFromOption(context, options).Fit(train);
            ct.ThrowIfCancellationRequested();
            IDataView scored = model.Transform(test);
            folds.Add(metric is ITaskMetric task ? task.Measure(context, model, scored) : new PipelineFold(model, metric.Evaluate(context, scored), Metrics: null));
        }
        double mean = folds.Average(fold => fold.Value);
        return new PipelineTrialResult
        {
            TrialSettings = settings,
            Folds = folds,
            // The fold that stands for all is the one that is most like their mean.
            Model = folds.MinBy(fold => Math.Abs(fold.Value - mean))!.Model,
            Metric = mean,
            Loss = metric.IsMaximize ? -mean : mean,
            DurationInMilliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
    }

    private IEnumerable<(IDataView Train, IDataView Test)> Parts(TrialSettings settings) => data switch
    {
        ITrainValidateDatasetManager held => [(held.LoadTrainDataset(context, settings), held.LoadValidateDataset(context, settings))],
        ICrossValidateDatasetManager crossed => context.Data.CrossValidationSplit(crossed.Dataset, crossed.Fold, crossed.SamplingKeyColumnName)
            .Take(TrialSample.IsOneFold(settings) ? 1 : crossed.Fold)
            .Select(part => (TrialSample.Take(context, part.TrainSet, TrialSample.ShareOf(settings)), part.TestSet)),
        _ => throw new MLPipelinesException($"The rows of the experiment are a {data.GetType().Name}; expected an ITrainValidateDatasetManager or an ICrossValidateDatasetManager."),
    };

    public void Dispose() { }
}

/// <summary>What a chain gave on one part of the rows.</summary>
/// <param name="Model">What was learned.</param>
/// <param name="Value">The number that is optimized.</param>
/// <param name="Metrics">All metrics of the task; <see langword="null"/> for a metric of one's own.</param>
internal sealed record PipelineFold(ITransformer Model, double Value, object? Metrics);

/// <summary>A trial of a pipeline.</summary>
internal sealed class PipelineTrialResult : TrialResult
{
    internal required IReadOnlyList<PipelineFold> Folds { get; init; }
}
