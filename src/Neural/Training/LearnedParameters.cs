using MLPipelines.Tensors;

namespace MLPipelines.Neural.Training;

/// <summary>Which parameters of a network are learned, and which of them shrink.</summary>
internal static class LearnedParameters
{
    /// <summary>Gives an optimizer what is not frozen; biases and normalizations, which have one axis, do not shrink.</summary>
    /// <param name="network">The network.</param>
    /// <param name="frozenPrefixes">Parameters whose names begin with one of these stay as they are.</param>
    /// <param name="optimizer">An optimizer without parameters.</param>
    /// <param name="weightDecay">How much the others shrink.</param>
    /// <param name="name">The name of the trainer, for messages.</param>
    /// <exception cref="ArgumentException">Nothing is left to be learned.</exception>
    internal static void Add(Module network, IReadOnlyList<string> frozenPrefixes, Optimizer optimizer, float weightDecay, string name)
    {
        List<NamedTensor> matrices = [], others = [];
        foreach (NamedTensor parameter in network.Parameters)
        {
            bool isFrozen = frozenPrefixes.Any(prefix => parameter.Name.StartsWith(prefix, StringComparison.Ordinal));
            parameter.Tensor.WithGradient(!isFrozen);
            if (!isFrozen) (parameter.Tensor.Rank > 1 ? matrices : others).Add(parameter);
        }
        if (matrices.Count + others.Count == 0) throw new ArgumentException($"{name}: every parameter is frozen; nothing would be learned.");
        optimizer.Add(matrices, weightDecay);
        optimizer.Add(others, weightDecay: 0);
    }
}
