using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class ModelOperationsCatalog
{
    /// <summary>Makes an engine that applies a model to one object at a time.</summary>
    /// <param name="transformer">The model.</param>
    /// <param name="ignoreMissingColumns">Whether members of <typeparamref name="TDst"/> that the model gives no column for keep their defaults.</param>
    /// <param name="inputSchemaDefinition">Which members of <typeparamref name="TSrc"/> are which columns; without it, what their attributes say.</param>
    /// <param name="outputSchemaDefinition">Which members of <typeparamref name="TDst"/> are read from which columns; without it, what their attributes say.</param>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(
        ITransformer transformer, bool ignoreMissingColumns = true, SchemaDefinition? inputSchemaDefinition = null, SchemaDefinition? outputSchemaDefinition = null)
        where TSrc : class where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return new PredictionEngine<TSrc, TDst>(transformer, RowBinder<TSrc>.For(inputSchemaDefinition), RowBinder<TDst>.For(outputSchemaDefinition), ignoreMissingColumns);
    }

    /// <summary>Makes an engine with all its settings.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(
        ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(options);
        return CreatePredictionEngine<TSrc, TDst>(transformer, options.IgnoreMissingColumns, options.InputSchemaDefinition, options.OutputSchemaDefinition);
    }

    /// <summary>Makes an engine whose input columns have the types of a schema, such as the one that a model file holds.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(
        ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        var builder = new DataViewSchema.Builder();
        DataViewSchema members = RowBinder<TSrc>.Instance.Schema;
        builder.AddColumns(inputSchema.Where(c => !c.IsHidden && members.GetColumnOrNull(c.Name) is not null));
        return new PredictionEngine<TSrc, TDst>(transformer, RowBinder<TSrc>.For(builder.ToSchema()), RowBinder<TDst>.Instance, ignoreMissingColumns: true);
    }

    /// <summary>Makes an engine for rows given as names and values.</summary>
    /// <param name="transformer">The model.</param>
    /// <param name="inputSchema">The columns that the model is applied to; <see cref="Load(string, out DataViewSchema)"/> gives them.</param>
    /// <param name="outputColumns">The columns wanted; by default those of <c>PredictedLabel</c>, <c>Score</c> and <c>Probability</c> that exist, else all that the model adds.</param>
    public RowPredictionEngine CreatePredictionEngine(ITransformer transformer, DataViewSchema inputSchema, IReadOnlyList<string>? outputColumns = null)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowPredictionEngine(transformer, inputSchema, outputColumns);
    }
}
