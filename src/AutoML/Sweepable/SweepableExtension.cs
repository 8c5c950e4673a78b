namespace MLPipelines.AutoML;

/// <summary>Putting estimators and sweepable estimators into sweepable pipelines.</summary>
public static class SweepableExtension
{
    public static SweepablePipeline Append(this IEstimator<ITransformer> estimator, SweepableEstimator estimator1) => Start(estimator).Append([estimator1]);

    public static SweepablePipeline Append(this SweepablePipeline pipeline, IEstimator<ITransformer> estimator)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Append([Fixed(estimator)]);
    }

    public static SweepablePipeline Append(this SweepableEstimator estimator, SweepablePipeline estimator1) => Start(estimator).Append([estimator1]);

    public static SweepablePipeline Append(this SweepableEstimator estimator, IEstimator<ITransformer> estimator1) => Start(estimator).Append([Fixed(estimator1)]);

    public static SweepablePipeline Append(this IEstimator<ITransformer> estimator, SweepablePipeline pipeline) => Start(estimator).Append([pipeline]);

    /// <summary>One of several estimators after the first.</summary>
    public static SweepablePipeline Append(this SweepableEstimator estimator, params SweepableEstimator[] estimators) => Start(estimator).Append(estimators);

    /// <summary>One of several estimators after the first.</summary>
    public static SweepablePipeline Append(this IEstimator<ITransformer> estimator, params SweepableEstimator[] estimators) => Start(estimator).Append(estimators);

    private static SweepablePipeline Start(SweepableEstimator estimator) => new SweepablePipeline().Append([estimator]);

    private static SweepablePipeline Start(IEstimator<ITransformer> estimator) => Start(Fixed(estimator));

    /// <summary>An estimator with nothing to search.</summary>
    private static SweepableEstimator Fixed(IEstimator<ITransformer> estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        string name = estimator.GetType().Name;
        foreach (string suffix in (string[])["Estimator", "Trainer"])
            if (name.EndsWith(suffix, StringComparison.Ordinal)) name = name[..^suffix.Length];
        return new SweepableEstimator((_, _) => estimator, new SearchSpace.SearchSpace()) { Name = name };
    }
}
