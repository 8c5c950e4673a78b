namespace MLPipelines.Tensors.Autograd;

/// <summary>The numbers and tensors besides its inputs that an operation's derivative needs.</summary>
internal readonly struct Attributes
{
    internal int Axis { get; init; }
    internal int Start { get; init; }
    internal float Number { get; init; }
    internal bool Flag { get; init; }
    internal Activation Activation { get; init; }

    /// <summary>The activation at the end of an operation that has another derivative of its own; one whose derivative follows from its output.</summary>
    internal Activation Fused { get; init; }

    /// <summary>A shape, or the order of axes.</summary>
    internal Shape Shape { get; init; }

    internal ConvolutionSize Convolution { get; init; }

    internal PoolingSize Pooling { get; init; }

    internal GroupSize Groups { get; init; }

    internal RandomStream Stream { get; init; }

    /// <summary>What was computed on the way and is used again.</summary>
    internal Tensor Saved { get; init; }
    internal Tensor Saved2 { get; init; }
    internal Tensor Saved3 { get; init; }
}
