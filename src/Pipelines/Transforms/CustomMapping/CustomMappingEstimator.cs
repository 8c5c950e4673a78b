using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Adds columns that a user's own code computes from each row: the members of <typeparamref name="TSrc"/> are the columns that it reads,
/// those of <typeparamref name="TDst"/> the columns that it makes. Both are objects that are used again for each row: a mapping sets
/// what it makes and keeps neither. It may be called from several threads at once. Nothing is learned.
/// </summary>
public sealed class CustomMappingEstimator<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst> : IEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new() where TDst : class, new()
{
    private readonly Func<CustomMappingTransformer<TSrc, TDst>> _create;

    internal CustomMappingEstimator(Action<TSrc, TDst> mapping, string? contractName, SchemaDefinition? inputSchemaDefinition, SchemaDefinition? outputSchemaDefinition)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        _create = () => new(mapping, contractName, inputSchemaDefinition, outputSchemaDefinition);
    }

    public CustomMappingTransformer<TSrc, TDst> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return _create();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _create().ShapeOf(inputSchema);
}

/// <summary>
/// Adds columns that a user's own code computes from each row and a state that it may change, from the first row to the last. Each reading
/// of the data starts with a new state. Nothing is learned.
/// </summary>
public sealed class StatefulCustomMappingEstimator<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst, TState>
    : IEstimator<StatefulCustomMappingTransformer<TSrc, TDst, TState>>
    where TSrc : class, new() where TDst : class, new() where TState : class, new()
{
    private readonly Func<StatefulCustomMappingTransformer<TSrc, TDst, TState>> _create;

    internal StatefulCustomMappingEstimator(Action<TSrc, TDst, TState> mapping, Action<TState> initialize, string? contractName)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(initialize);
        _create = () => new(mapping, initialize, contractName);
    }

    public StatefulCustomMappingTransformer<TSrc, TDst, TState> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return _create();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _create().ShapeOf(inputSchema);
}
