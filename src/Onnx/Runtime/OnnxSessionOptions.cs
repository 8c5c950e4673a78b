namespace MLPipelines.Onnx;

/// <summary>What a session is prepared for.</summary>
internal sealed record OnnxSessionOptions
{
    internal static OnnxSessionOptions Default { get; } = new();

    /// <summary>The CUDA device that runs the model; <see langword="null"/> for the processor.</summary>
    internal int? GpuDeviceId { get; init; }

    /// <summary>Whether the processor takes over where the device cannot be used.</summary>
    internal bool FallbackToCpu { get; init; }

    /// <summary>The operators at a time; <see langword="null"/> for one.</summary>
    internal int? InterOpThreads { get; init; }

    /// <summary>The threads of one operator; <see langword="null"/> for as many as there are cores.</summary>
    internal int? IntraOpThreads { get; init; }

    /// <summary>How the graph is optimized.</summary>
    internal OnnxGraphOptimization Optimization { get; init; } = OnnxGraphOptimization.All;
}

/// <summary>How far a graph is rewritten before it runs, numbered as in the C API.</summary>
internal enum OnnxGraphOptimization
{
    None = 0,
    Basic = 1,
    Extended = 2,
    All = 99,
}
