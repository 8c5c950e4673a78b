namespace MLPipelines.Tensors.Autograd;

/// <summary>The numbers and tensors besides its inputs that an operation's derivative needs.</summary>
internal readonly struct Attributes
{
    internal int Axis { get; init; }
    internal int Axis2 { get; init; }
    internal int Start { get; init; }
    internal int Size { get; init; }
    internal float Number { get; init; }
    internal Activation Activation { get; init; }

    /// <summary>The output's shape with the axes that were reduced kept as 1.</summary>
    internal Shape Kept { get; init; }

    /// <summary>What was computed on the way and is used again.</summary>
    internal Tensor Saved { get; init; }
    internal Tensor Saved2 { get; init; }
}
