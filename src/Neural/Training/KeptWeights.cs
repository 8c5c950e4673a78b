using MLPipelines.Tensors;

namespace MLPipelines.Neural.Training;

/// <summary>A copy of the weights of the best pass so far.</summary>
internal sealed class KeptWeights
{
    private readonly Module _network;

    internal KeptWeights(Module network)
    {
        _network = network;
        foreach (var (name, tensor) in network.State()) State.Add(name, tensor.Clone().Keep());
    }

    internal StateDictionary State { get; } = [];

    /// <summary>Keeps the weights as they are now.</summary>
    internal void Keep()
    {
        foreach (var (name, tensor) in _network.State()) State[name].CopyFrom(tensor);
    }

    /// <summary>Goes back to what was kept.</summary>
    internal void Restore() => _network.Load(State);

    internal void Load(StateDictionary kept)
    {
        using var step = new Step();
        foreach (var (name, tensor) in State) tensor.CopyFrom(kept[name]);
    }
}
