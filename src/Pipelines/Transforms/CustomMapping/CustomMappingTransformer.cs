using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using MLPipelines.Runtime;

namespace MLPipelines.Transforms;

/// <summary>Adds the columns that a user's own code computes from each row; see <see cref="CustomMappingEstimator{TSrc, TDst}"/>.</summary>
public abstract class CustomMappingTransformer : ITransformer, IModelStep
{
    internal const string StepName = "custom-mapping";

    private readonly string? _contractName;

    private protected CustomMappingTransformer(string? contractName) => _contractName = contractName;

    public abstract bool IsRowToRowMapper { get; }

    public string TypeId => StepName;

    public int Version => 1;

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public abstract IDataView Transform(IDataView input);

    public void Save(ModelStepWriter writer)
    {
        if (string.IsNullOrEmpty(_contractName))
        {
            throw new InvalidOperationException("CustomMapping: a mapping without a contract name cannot be saved, since code is not stored in models. "
                + "Give CustomMapping a contractName, and a CustomMappingFactory with [CustomMappingFactoryAttribute] of that name, which loading uses.");
        }
        writer.Set("contract", _contractName);
    }

    internal static ITransformer Load(ModelStepReader reader)
    {
        string name = reader.GetString("contract");
        return ComponentCatalog.Find(name) is { } factory ? factory.CreateTransformer(name)
            : throw reader.Invalid($"no custom mapping is registered by the contract name '{name}'. Call mlContext.ComponentCatalog.RegisterAssembly with the assembly of its factory, "
                + "or Register, before loading");
    }
}

/// <summary>The base of mappings between two row types.</summary>
public abstract class CustomMappingTransformerBase<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst> : CustomMappingTransformer
    where TSrc : class, new() where TDst : class, new()
{
    private protected CustomMappingTransformerBase(string? contractName) : base(contractName) { }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _ = RowBinder<TSrc>.Instance.CreateReader(inputSchema, ignoreMissingColumns: false);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumns(RowBinder<TDst>.Instance.Schema);
        return builder.ToSchema();
    }

    public sealed override IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new CustomMappingView<TSrc, TDst>(BatchView.Of(input), GetOutputSchema(input.Schema), CreateMapping);
    }

    /// <summary>The mapping for one reading of the data.</summary>
    private protected abstract Action<TSrc, TDst> CreateMapping();
}

/// <summary>Adds the columns that a user's own code computes from each row; see <see cref="CustomMappingEstimator{TSrc, TDst}"/>.</summary>
public sealed class CustomMappingTransformer<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst> : CustomMappingTransformerBase<TSrc, TDst>
    where TSrc : class, new() where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _mapping;

    internal CustomMappingTransformer(Action<TSrc, TDst> mapping, string? contractName) : base(contractName) => _mapping = mapping;

    public override bool IsRowToRowMapper => true;

    private protected override Action<TSrc, TDst> CreateMapping() => _mapping;
}

/// <summary>Adds the columns that a user's own code computes from each row and a state; see <see cref="StatefulCustomMappingEstimator{TSrc, TDst, TState}"/>.</summary>
public sealed class StatefulCustomMappingTransformer<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst, TState> : CustomMappingTransformerBase<TSrc, TDst>
    where TSrc : class, new() where TDst : class, new() where TState : class, new()
{
    private readonly Action<TSrc, TDst, TState> _mapping;
    private readonly Action<TState> _initialize;

    internal StatefulCustomMappingTransformer(Action<TSrc, TDst, TState> mapping, Action<TState> initialize, string? contractName)
        : base(contractName) => (_mapping, _initialize) = (mapping, initialize);

    /// <summary>No: a row depends on those before it.</summary>
    public override bool IsRowToRowMapper => false;

    private protected override Action<TSrc, TDst> CreateMapping()
    {
        var state = new TState();
        _initialize(state);
        return (source, result) => _mapping(source, result, state);
    }
}
