namespace MLPipelines.Onnx;

/// <summary>The kinds of values, numbered as in the C API.</summary>
internal enum OrtValueKind
{
    Unknown = 0,
    Tensor = 1,
    Sequence = 2,
    Map = 3,
    Opaque = 4,
    SparseTensor = 5,
    Optional = 6,
}
