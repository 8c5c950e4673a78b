namespace MLPipelines.OnnxRuntime;

/// <summary>What kind of failure ONNX Runtime reports; the numbers are those of its C API.</summary>
public enum OnnxErrorCode
{
    /// <summary>No failure.</summary>
    Ok = 0,

    /// <summary>A failure without a kind.</summary>
    Fail = 1,

    /// <summary>An argument that does not fit the model, such as a tensor of another shape.</summary>
    InvalidArgument = 2,

    /// <summary>A file that does not exist.</summary>
    NoSuchFile = 3,

    /// <summary>A session without a model.</summary>
    NoModel = 4,

    /// <summary>A failure of the engine.</summary>
    EngineError = 5,

    /// <summary>A failure while the model runs.</summary>
    RuntimeException = 6,

    /// <summary>Bytes that are not an ONNX model.</summary>
    InvalidProtobuf = 7,

    /// <summary>A model that is loaded already.</summary>
    ModelLoaded = 8,

    /// <summary>An operator, or a type of one, that this library does not have.</summary>
    NotImplemented = 9,

    /// <summary>A model whose graph is not valid.</summary>
    InvalidGraph = 10,

    /// <summary>A failure of an execution provider, such as CUDA.</summary>
    ExecutionProviderFail = 11,
}
