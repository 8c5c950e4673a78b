using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Transforms whose code is the user's own.</summary>
public static partial class CustomMappingCatalog
{
    /// <summary>Adds columns that a user's own code computes from each row.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="mapAction">Sets the members of the output row from those of the input row.</param>
    /// <param name="contractName">The name by which a saved model finds the code again (see <see cref="CustomMappingFactory{TSrc, TDst}"/>); without one, the model cannot be saved.</param>
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst>(
        this TransformsCatalog catalog, Action<TSrc, TDst> mapAction, string? contractName)
        where TSrc : class, new() where TDst : class, new() => new(mapAction, contractName);

    /// <summary>Adds columns that a user's own code computes from each row and a state.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="mapAction">Sets the members of the output row from those of the input row and the state, which it may change.</param>
    /// <param name="stateInitAction">Sets a state to what it is before the first row.</param>
    /// <param name="contractName">The name by which a saved model finds the code again (see <see cref="StatefulCustomMappingFactory{TSrc, TDst, TState}"/>); without one, the model cannot be saved.</param>
    public static StatefulCustomMappingEstimator<TSrc, TDst, TState> StatefulCustomMapping<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst, TState>(
        this TransformsCatalog catalog, Action<TSrc, TDst, TState> mapAction, Action<TState> stateInitAction, string? contractName)
        where TSrc : class, new() where TDst : class, new() where TState : class, new() => new(mapAction, stateInitAction, contractName);
}
