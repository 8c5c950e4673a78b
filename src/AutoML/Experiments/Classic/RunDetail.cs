namespace MLPipelines.AutoML;

/// <summary>One trial of an experiment.</summary>
public abstract class RunDetail
{
    private protected RunDetail(string trainerName, IEstimator<ITransformer> estimator, double runtimeInSeconds) =>
        (TrainerName, Estimator, RuntimeInSeconds) = (trainerName, estimator, runtimeInSeconds);

    /// <summary>What learned.</summary>
    public string TrainerName { get; }

    /// <summary>How long the trial took.</summary>
    public double RuntimeInSeconds { get; }

    /// <summary>The chain that was tried, to be fitted to other rows.</summary>
    public IEstimator<ITransformer> Estimator { get; }
}

/// <summary>One trial of an experiment, with its metrics.</summary>
public sealed class RunDetail<TMetrics> : RunDetail
{
    internal RunDetail(string trainerName, IEstimator<ITransformer> estimator, double runtimeInSeconds, ITransformer? model, TMetrics? metrics, Exception? exception)
        : base(trainerName, estimator, runtimeInSeconds) => (Model, ValidationMetrics, Exception) = (model, metrics!, exception);

    /// <summary>
    /// The metrics on rows that the model did not learn from; of a trial in folds those of the fold that is most like their mean. <see langword="null"/> where it failed.
    /// </summary>
    public TMetrics ValidationMetrics { get; }

    /// <summary>The model; that of the best trial learned from all rows. <see langword="null"/> where the trial failed.</summary>
    public ITransformer? Model { get; }

    /// <summary>Why it failed; <see langword="null"/> where it did not.</summary>
    public Exception? Exception { get; }
}

/// <summary>One trial of an experiment in folds.</summary>
public sealed class CrossValidationRunDetail<TMetrics> : RunDetail
{
    internal CrossValidationRunDetail(string trainerName, IEstimator<ITransformer> estimator, double runtimeInSeconds, IEnumerable<TrainResult<TMetrics>> results)
        : base(trainerName, estimator, runtimeInSeconds) => Results = results;

    /// <summary>What came of each fold; of a trial that failed, one without metrics.</summary>
    public IEnumerable<TrainResult<TMetrics>> Results { get; }
}

/// <summary>What came of one fold.</summary>
public sealed class TrainResult<TMetrics>
{
    internal TrainResult(ITransformer? model, TMetrics? metrics, Exception? exception) => (Model, ValidationMetrics, Exception) = (model, metrics!, exception);

    /// <summary>The metrics on the fold; <see langword="null"/> where learning failed.</summary>
    public TMetrics ValidationMetrics { get; }

    /// <summary>What was learned from the other folds; <see langword="null"/> where that failed.</summary>
    public ITransformer? Model { get; }

    /// <summary>Why it failed; <see langword="null"/> where it did not.</summary>
    public Exception? Exception { get; }
}

/// <summary>What came of an experiment.</summary>
public class ExperimentResult<TMetrics>
{
    /// <summary>All trials, in the order that they ended.</summary>
    public readonly IEnumerable<RunDetail<TMetrics>> RunDetails;

    /// <summary>The best one.</summary>
    public readonly RunDetail<TMetrics> BestRun;

    internal ExperimentResult(IEnumerable<RunDetail<TMetrics>> runDetails, RunDetail<TMetrics> bestRun) => (RunDetails, BestRun) = (runDetails, bestRun);
}

/// <summary>What came of an experiment in folds.</summary>
public class CrossValidationExperimentResult<TMetrics>
{
    /// <summary>All trials, in the order that they ended.</summary>
    public readonly IEnumerable<CrossValidationRunDetail<TMetrics>> RunDetails;

    /// <summary>The best one.</summary>
    public readonly CrossValidationRunDetail<TMetrics> BestRun;

    internal CrossValidationExperimentResult(IEnumerable<CrossValidationRunDetail<TMetrics>> runDetails, CrossValidationRunDetail<TMetrics> bestRun) =>
        (RunDetails, BestRun) = (runDetails, bestRun);
}
