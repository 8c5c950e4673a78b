using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Extensions.ML;

/// <summary>Says where the models of a pool come from, by <see cref="BuilderExtensions"/>.</summary>
public class PredictionEnginePoolBuilder<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>
    where TData : class where TPrediction : class, new()
{
    public PredictionEnginePoolBuilder(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        Services = services;
    }

    public IServiceCollection Services { get; private set; }
}
