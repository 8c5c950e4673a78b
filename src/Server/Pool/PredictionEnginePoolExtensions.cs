using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Extensions.ML;

/// <summary>Predictions by the models of a pool.</summary>
public static class PredictionEnginePoolExtensions
{
    /// <summary>A prediction by the model that was given no name.</summary>
    public static TPrediction Predict<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePool<TData, TPrediction> predictionEnginePool, TData example)
        where TData : class where TPrediction : class, new() => predictionEnginePool.Predict(string.Empty, example);

    /// <summary>A prediction by the newest model of a name.</summary>
    public static TPrediction Predict<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePool<TData, TPrediction> predictionEnginePool, string modelName, TData example)
        where TData : class where TPrediction : class, new()
    {
        ArgumentNullException.ThrowIfNull(predictionEnginePool);
        return predictionEnginePool.GetPredictionEngine(modelName).Predict(example);
    }
}
