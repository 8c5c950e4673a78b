namespace MLPipelines.Onnx.Export;

/// <summary>A step, or the way it is set, has no form in ONNX; the message is the reason. It does not leave the exporter.</summary>
internal sealed class NotExportableException(string reason) : Exception(reason);
