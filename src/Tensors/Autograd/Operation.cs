namespace MLPipelines.Tensors.Autograd;

/// <summary>How the derivative by one input follows from the derivative by the output: a new tensor, that derivative itself, or a view.</summary>
internal delegate Tensor Derivative(TapeNode node, Tensor gradient);

/// <summary>The same for all inputs at once: gives each by <see cref="TapeNode.Give"/>.</summary>
internal delegate void JointDerivative(TapeNode node, Tensor gradient);

/// <summary>A row of the table of derivatives.</summary>
internal sealed class Operation
{
    private readonly Derivative?[] _byInput = [];
    private readonly JointDerivative? _joint;

    /// <param name="name">What a debugger shows.</param>
    /// <param name="byInput">One for each input; null where there is none, as for indices.</param>
    internal Operation(string name, params Derivative?[] byInput) => (Name, _byInput) = (name, byInput);

    internal Operation(string name, JointDerivative joint) => (Name, _joint) = (name, joint);

    internal string Name { get; }

    /// <summary>Computes the derivatives by all inputs that want them.</summary>
    internal void Differentiate(TapeNode node, Tensor gradient)
    {
        // An activation that was fused into the operation comes first on the way back.
        if (node.With.Fused != Activation.None) gradient = Tensor.ActivateGradient(node.With.Fused, node.Output, node.Output, gradient);
        if (_joint is not null) _joint(node, gradient);
        for (int i = 0; i < _byInput.Length; i++)
            if (node.Wants(i) && _byInput[i] is { } derivative) node.Give(i, derivative(node, gradient));
    }

    public override string ToString() => Name;
}
