using MLPipelines.Tensors;

namespace MLPipelines.Neural.Images;

/// <summary>Takes the weights of a file into a network.</summary>
internal static class InitialWeights
{
    /// <summary>What torchvision's networks were trained with: mean and deviation of red, green and blue.</summary>
    internal static readonly float[] Mean = [0.485f, 0.456f, 0.406f], Deviation = [0.229f, 0.224f, 0.225f];

    internal static StateDictionary Read(string file)
    {
        try
        {
            return StateDictionary.Load(file);
        }
        catch (InvalidDataException e)
        {
            throw new MLPipelinesException($"The initial weights cannot be read: {e.Message}", e);
        }
    }

    /// <summary>All layers must be there but the last, which stays random where the file's is of other classes.</summary>
    internal static void Apply(StateDictionary weights, string file, ImageNetwork network)
    {
        string head = network.Head + ".";
        StateDictionary target = network.State();
        var fitting = new StateDictionary();
        List<string> problems = [];
        foreach (var (name, tensor) in target)
        {
            bool isHead = name.StartsWith(head, StringComparison.Ordinal);
            if (weights.TryGet(name, out Tensor found) && found.Shape == tensor.Shape) fitting.Add(name, found);
            else if (!isHead && tensor.ElementType == ElementType.Float32) problems.Add(found.IsNone ? $"'{name}' is missing" : $"'{name}' is {found.Shape}, expected {tensor.Shape}");
        }
        problems.AddRange(weights.Where(item => !target.TryGet(item.Name, out _) && !item.Name.StartsWith(head, StringComparison.Ordinal)).Select(item => $"'{item.Name}' is not expected"));
        if (problems.Count > 0)
            throw new MLPipelinesException($"{file}: the weights are not those of the network: {string.Join("; ", problems.Take(5))}{(problems.Count > 5 ? $"; and {problems.Count - 5} more" : "")}. Choose the architecture that they belong to.");
        network.Load(fitting, isStrict: false);
    }
}
