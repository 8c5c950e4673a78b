using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Makes engines that follow series.</summary>
public static class PredictionFunctionExtensions
{
    /// <summary>An engine that takes in observations one at a time and can be saved together with where it has come to.</summary>
    /// <param name="transformer">A model, or a chain of models, that are row-to-row mappers or follow series.</param>
    /// <param name="env">The context.</param>
    /// <param name="ignoreMissingColumns">Whether members of <typeparamref name="TDst"/> that the model gives no column for keep their defaults.</param>
    /// <param name="inputSchemaDefinition">Which members of <typeparamref name="TSrc"/> are which columns; without it, what their attributes say.</param>
    /// <param name="outputSchemaDefinition">Which members of <typeparamref name="TDst"/> are read from which columns; without it, what their attributes say.</param>
    public static TimeSeriesPredictionEngine<TSrc, TDst> CreateTimeSeriesEngine<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(
        this ITransformer transformer, MLContext env, bool ignoreMissingColumns = false, SchemaDefinition? inputSchemaDefinition = null, SchemaDefinition? outputSchemaDefinition = null)
        where TSrc : class where TDst : class, new() =>
        new(env, transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition);

    /// <summary>An engine with all its settings.</summary>
    public static TimeSeriesPredictionEngine<TSrc, TDst> CreateTimeSeriesEngine<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(
        this ITransformer transformer, MLContext env, PredictionEngineOptions options)
        where TSrc : class where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(env, transformer, options.IgnoreMissingColumns, options.InputSchemaDefinition, options.OutputSchemaDefinition);
    }
}
