namespace MLPipelines.OnnxRuntime;

/// <summary>A failure in ONNX Runtime, or in finding and loading it.</summary>
public sealed class OnnxRuntimeException : MLPipelinesException
{
    public OnnxRuntimeException() { }

    public OnnxRuntimeException(string message) : base(message) { }

    public OnnxRuntimeException(string message, Exception innerException) : base(message, innerException) { }

    internal OnnxRuntimeException(OnnxErrorCode code, string message) : base(message) => Code = code;

    /// <summary>What kind of failure it is.</summary>
    public OnnxErrorCode Code { get; } = OnnxErrorCode.Fail;
}
