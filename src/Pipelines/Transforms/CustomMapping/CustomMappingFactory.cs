using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using MLPipelines.Runtime;

namespace MLPipelines.Transforms;

/// <summary>
/// Gives a <see cref="CustomMappingFactory{TSrc, TDst}"/> the contract name by which models that hold its mapping find it:
/// <c>[CustomMappingFactoryAttribute("name")]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomMappingFactoryAttributeAttribute(string contractName) : ExtensionBaseAttribute(contractName);

/// <summary>Gives the code of a custom mapping to models that are loaded. Register it with <see cref="MLContext.ComponentCatalog"/>.</summary>
public abstract class CustomMappingFactory<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst> : ICustomMappingFactory
    where TSrc : class, new() where TDst : class, new()
{
    /// <summary>The mapping: sets the members of the output row from those of the input row.</summary>
    public abstract Action<TSrc, TDst> GetMapping();

    ITransformer ICustomMappingFactory.CreateTransformer(string contractName) => new CustomMappingTransformer<TSrc, TDst>(GetMapping(), contractName);
}

/// <summary>Gives the code of a custom mapping with a state to models that are loaded. Register it with <see cref="MLContext.ComponentCatalog"/>.</summary>
public abstract class StatefulCustomMappingFactory<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst, TState> : ICustomMappingFactory
    where TSrc : class, new() where TDst : class, new() where TState : class, new()
{
    /// <summary>The mapping: sets the members of the output row from those of the input row and the state, which it may change.</summary>
    public abstract Action<TSrc, TDst, TState> GetMapping();

    /// <summary>Sets a state to what it is before the first row.</summary>
    public abstract Action<TState> GetStateInitAction();

    ITransformer ICustomMappingFactory.CreateTransformer(string contractName) =>
        new StatefulCustomMappingTransformer<TSrc, TDst, TState>(GetMapping(), GetStateInitAction(), contractName);
}
