using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>Something with options that a search may set.</summary>
public interface ISweepable
{
    SearchSpace.SearchSpace SearchSpace { get; }
}

/// <summary>Builds an estimator from options that a search has set.</summary>
public interface ISweepable<out T> : ISweepable where T : IEstimator<ITransformer>
{
    T BuildFromOption(MLContext context, Parameter parameter);
}
