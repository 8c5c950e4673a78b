using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Extensions.ML;

/// <summary>The settings of one model of a pool.</summary>
public class PredictionEnginePoolOptions<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>
    where TData : class where TPrediction : class, new()
{
    /// <summary>Where the model comes from.</summary>
    public ModelLoader? ModelLoader { get; set; }
}
