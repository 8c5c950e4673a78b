namespace MLPipelines.Tensors.Autograd;

/// <summary>How the derivative by one input follows from the derivative by the output.</summary>
internal delegate Tensor Derivative(TapeNode node, Tensor gradient);

/// <summary>A row of the table of derivatives.</summary>
/// <param name="name">What error messages call it.</param>
/// <param name="byInput">For each input; the last one serves those that follow, too.</param>
internal sealed class Operation(string name, params Derivative?[] byInput)
{
    internal string Name => name;

    /// <summary>The derivative by one input; null when there is none, as for indices.</summary>
    internal Derivative? By(int input) => byInput[Math.Min(input, byInput.Length - 1)];
}
