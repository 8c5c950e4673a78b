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
    private readonly Action<TSrc, TDst> _mapping;
    private readonly string? _contractName;

    internal CustomMappingEstimator(Action<TSrc, TDst> mapping, string? contractName)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        (_mapping, _contractName) = (mapping, contractName);
    }

    public CustomMappingTransformer<TSrc, TDst> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new CustomMappingTransformer<TSrc, TDst>(_mapping, _contractName);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => CustomMappingShape.Of<TSrc, TDst>(inputSchema);
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
    private readonly Action<TSrc, TDst, TState> _mapping;
    private readonly Action<TState> _initialize;
    private readonly string? _contractName;

    internal StatefulCustomMappingEstimator(Action<TSrc, TDst, TState> mapping, Action<TState> initialize, string? contractName)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(initialize);
        (_mapping, _initialize, _contractName) = (mapping, initialize, contractName);
    }

    public StatefulCustomMappingTransformer<TSrc, TDst, TState> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new StatefulCustomMappingTransformer<TSrc, TDst, TState>(_mapping, _initialize, _contractName);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => CustomMappingShape.Of<TSrc, TDst>(inputSchema);
}

/// <summary>What a custom mapping makes of the shape of a schema.</summary>
internal static class CustomMappingShape
{
    internal static SchemaShape Of<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(SchemaShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (SchemaShape.Column wanted in SchemaShape.Create(RowBinder<TSrc>.Instance.Schema))
        {
            SchemaShape.Column found = input.Require(wanted.Name, CustomMappingTransformer.StepName);
            bool isVector = found.Kind != SchemaShape.Column.VectorKind.Scalar;
            if (isVector != (wanted.Kind != SchemaShape.Column.VectorKind.Scalar) || !found.ItemType.Equals(wanted.ItemType))
                throw ColumnTypeException.Create(CustomMappingTransformer.StepName, found, $"{wanted.GetTypeString()} as in {typeof(TSrc).Name}");
        }
        return input.With(SchemaShape.Create(RowBinder<TDst>.Instance.Schema));
    }
}
