using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>An estimator whose options a search may set.</summary>
public class SweepableEstimator : ISweepable<IEstimator<ITransformer>>
{
    private readonly Func<MLContext, Parameter, IEstimator<ITransformer>> _factory;

    /// <param name="factory">Builds the estimator from options.</param>
    /// <param name="ss">The options, with what a search starts at.</param>
    public SweepableEstimator(Func<MLContext, Parameter, IEstimator<ITransformer>> factory, SearchSpace.SearchSpace ss)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(ss);
        (_factory, SearchSpace) = (factory, ss);
        Parameter = ss.SampleFromFeatureSpace(ss.Default);
    }

    public SearchSpace.SearchSpace SearchSpace { get; }

    /// <summary>The options that a search starts at.</summary>
    public Parameter Parameter { get; }

    public virtual IEstimator<ITransformer> BuildFromOption(MLContext context, Parameter parameter) => _factory(context, parameter);

    /// <summary>What leaderboards call it, such as <c>LightGbmBinary</c>.</summary>
    internal string Name { get; init; } = "Unknown";

    /// <summary>Whether it learns from the label; the learners of a pipeline compete for time.</summary>
    internal bool IsTrainer { get; init; }

    /// <summary>
    /// How long learning takes with options, in units that all estimators share (one pass over the data is 1). A search
    /// weighs gain against cost by this estimate rather than by the clock, so that it takes the same steps on every run.
    /// </summary>
    internal Func<Parameter, double> Cost { get; init; } = _ => 1;

    /// <summary>Options that are known to be good, tried before any search, best first. They may leave out what stays at its default.</summary>
    internal IReadOnlyList<Parameter> StartingPoints { get; init; } = [];

    /// <summary>
    /// The C# expression that builds it with options, where the context is called <c>mlContext</c>; <see langword="null"/>
    /// when only its own factory knows.
    /// </summary>
    internal Func<Parameter, string>? Code { get; init; }
}
