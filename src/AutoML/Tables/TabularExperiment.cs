namespace MLPipelines.AutoML;

/// <summary>
/// Finds a model that predicts a column of a table from the others within a time or a number of trials: featurizing, trainer and
/// parameters are chosen by validation, the best trials are blended where this wins, and the winner learns from all rows.
/// </summary>
/// <param name="context">The context; its seed fixes the search.</param>
/// <param name="options">What to predict, and how long to search.</param>
public sealed class TabularExperiment(MLContext context, TabularExperimentOptions options)
{
    /// <summary>Searches. The rows are held in memory.</summary>
    /// <param name="data">The rows to learn from; those without a label are left out.</param>
    /// <param name="validation">Rows to compare trials by; <see langword="null"/> to cross-validate or hold out rows of <paramref name="data"/>.</param>
    /// <param name="cancellationToken">Ends the search; what is best by then is returned.</param>
    /// <exception cref="MLPipelinesException">The data cannot be learned from, or no trial succeeded.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled before its first trial ended.</exception>
    public TabularExperimentResult Run(IDataView data, IDataView? validation = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException($"{context} {options}");
}
