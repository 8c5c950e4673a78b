using System.Diagnostics.CodeAnalysis;

namespace MLPipelines.Transforms.Onnx;

/// <summary>Which model is applied to which columns, and where it runs.</summary>
public sealed class OnnxOptions
{
    /// <summary>The model's file.</summary>
    public string? ModelFile;

    /// <summary>The columns that go in, named as the model's inputs; all inputs where none are named.</summary>
    public string[]? InputColumns;

    /// <summary>The columns that come out, named as the model's outputs; all outputs where none are named.</summary>
    public string[]? OutputColumns;

    /// <summary>The CUDA device that runs the model, from 0; <see langword="null"/> for the processor.</summary>
    public int? GpuDeviceId;

    /// <summary>Whether the processor takes over where the device cannot be used; an error otherwise.</summary>
    public bool FallbackToCpu;

    /// <summary>Shapes of inputs and outputs by name, in place of those in the model; they may fix sizes that the model leaves open.</summary>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "As in the API that is kept.")]
    public IDictionary<string, int[]>? ShapeDictionary;

    /// <summary>How deep the messages of the model's file may be nested.</summary>
    public int RecursionLimit = 100;

    /// <summary>How many operators run at a time; <see langword="null"/> for one.</summary>
    public int? InterOpNumThreads;

    /// <summary>How many threads run an operator; <see langword="null"/> for as many as there are cores.</summary>
    public int? IntraOpNumThreads;
}
