using System.Diagnostics.CodeAnalysis;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>Searching for the best pipeline: column inference, sweepable estimators and experiments.</summary>
public sealed partial class AutoCatalog
{
    internal AutoCatalog(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    internal MLContext Context { get; }

    /// <summary>An estimator whose options are those that the attributes of <typeparamref name="T"/> state, or those of <paramref name="ss"/>.</summary>
    public SweepableEstimator CreateSweepableEstimator<[DynamicallyAccessedMembers(ParameterObjects.Needed)] T>(
        Func<MLContext, T, IEstimator<ITransformer>> factory, SearchSpace<T>? ss = null) where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(factory);
        return new SweepableEstimator((context, parameter) => factory(context, parameter.AsType<T>()), ss ?? new SearchSpace<T>());
    }
}

/// <summary>The way from a context to the search.</summary>
public static class MLContextExtension
{
    /// <summary>Searching for the best pipeline.</summary>
    public static AutoCatalog Auto(this MLContext mlContext) => new(mlContext);
}
