namespace MLPipelines.Onnx;

/// <summary>The functions that give things back: their places in the table of the C API.</summary>
internal enum OrtRelease
{
    MemoryInfo = 94,
    Session = 95,
    Value = 96,
    TypeInfo = 98,
    TensorTypeAndShapeInfo = 99,
    SessionOptions = 100,
    ModelMetadata = 118,
    Binding = 135,
    CudaOptions = 208,
}
