using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Extensions.ML;

/// <summary>Adds pools of prediction engines to an application's services.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds a pool for rows and predictions of two classes.</summary>
    public static PredictionEnginePoolBuilder<TData, TPrediction> AddPredictionEnginePool<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(this IServiceCollection services)
        where TData : class where TPrediction : class, new()
    {
        services.AddRequiredPredictionEnginePoolServices().AddSingleton<PredictionEnginePool<TData, TPrediction>>();
        return new PredictionEnginePoolBuilder<TData, TPrediction>(services);
    }

    /// <summary>Adds a pool that a method of yours makes.</summary>
    public static PredictionEnginePoolBuilder<TData, TPrediction> AddPredictionEnginePool<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this IServiceCollection services, Func<IServiceProvider, PredictionEnginePool<TData, TPrediction>> implementationFactory)
        where TData : class where TPrediction : class, new()
    {
        services.AddRequiredPredictionEnginePoolServices().AddSingleton(implementationFactory);
        return new PredictionEnginePoolBuilder<TData, TPrediction>(services);
    }

    /// <summary>Adds what every pool needs: logging and options.</summary>
    public static IServiceCollection AddRequiredPredictionEnginePoolServices(this IServiceCollection services) => services.AddLogging().AddOptions();
}
