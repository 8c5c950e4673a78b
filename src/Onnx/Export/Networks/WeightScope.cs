using MLPipelines.Tensors;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>The learned numbers of a part of a network, by the names that the part gave them.</summary>
internal sealed class WeightScope
{
    private readonly StateDictionary _state;

    /// <param name="state">All numbers of the network.</param>
    internal WeightScope(StateDictionary state) : this(state, "") { }

    private WeightScope(StateDictionary state, string name) => (_state, Name) = (state, name);

    /// <summary>What the part is called in the network; empty for all of it.</summary>
    internal string Name { get; }

    /// <summary>The part of that name.</summary>
    internal WeightScope At(string part) => new(_state, Full(part));

    internal bool Has(string name) => _state.TryGet(Full(name), out _);

    /// <summary>The sizes of a tensor.</summary>
    internal Shape ShapeOf(string name) => _state[Full(name)].Shape;

    /// <summary>Its numbers in single precision.</summary>
    internal float[] Values(string name) => _state[Full(name)].To(ElementType.Float32).ToArray();

    private string Full(string name) => Name.Length == 0 ? name : $"{Name}.{name}";
}
