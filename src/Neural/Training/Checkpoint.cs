using MLPipelines.Tensors;

namespace MLPipelines.Neural.Training;

/// <summary>
/// A file that training goes on from after it was broken off. Its name holds a fingerprint of the data and of the options, so that only the same
/// training finds it. It is written beside its place and moved there: a crash leaves the old one or the new one.
/// </summary>
internal sealed class Checkpoint
{
    private const string Network = "network.", Optimizer = "optimizer.", Best = "best.", Position = "position";

    private readonly string _file;
    private readonly string _final;

    /// <param name="folder">Where it is; made where it is not there.</param>
    /// <param name="name">What its name begins with, and the whole name of the file of the final weights.</param>
    /// <param name="fingerprint">A number of everything that the weights follow from.</param>
    internal Checkpoint(string folder, string name, ulong fingerprint)
    {
        Directory.CreateDirectory(folder);
        _file = Path.Combine(folder, $"{name}-{fingerprint:x16}.checkpoint.safetensors");
        _final = Path.Combine(folder, name + ".safetensors");
    }

    /// <summary>What was written last; <see langword="null"/> when there is nothing to go on from.</summary>
    internal StateDictionary? Read()
    {
        if (!File.Exists(_file)) return null;
        try
        {
            var state = StateDictionary.Load(_file);
            PositionOf(state);
            return state;
        }
        catch (Exception e) when (e is InvalidDataException or KeyNotFoundException)
        {
            throw new MLPipelinesException($"The checkpoint {_file} cannot be used: {e.Message}. Delete it to train from the start.", e);
        }
    }

    internal static TrainingPosition PositionOf(StateDictionary state) => TrainingPosition.Of(state[Position].ToIndices());

    internal static void Restore(StateDictionary state, Module network, Optimizer optimizer, KeptWeights? best)
    {
        network.Load(Part(state, Network));
        optimizer.Load(Part(state, Optimizer));
        best?.Load(Part(state, Best));
    }

    internal void Write(TrainingPosition position, Module network, Optimizer optimizer, KeptWeights? best)
    {
        var state = new StateDictionary { { Position, Tensor.FromIndices(position.ToNumbers(), [position.ToNumbers().Length]) } };
        Add(state, Network, network.State());
        Add(state, Optimizer, optimizer.State());
        if (best is not null) Add(state, Best, best.State);
        state.Save(_file);
    }

    /// <summary>Writes the weights alone, and deletes what is not needed any more.</summary>
    internal void Complete(Module network)
    {
        network.State().Save(_final);
        File.Delete(_file);
    }

    private static void Add(StateDictionary state, string prefix, StateDictionary part)
    {
        foreach (var (name, tensor) in part) state.Add(prefix + name, tensor);
    }

    private static StateDictionary Part(StateDictionary state, string prefix)
    {
        var part = new StateDictionary();
        foreach (var (name, tensor) in state)
            if (name.StartsWith(prefix, StringComparison.Ordinal)) part.Add(name[prefix.Length..], tensor);
        return part;
    }
}
