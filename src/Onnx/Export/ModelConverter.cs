using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Export;

/// <summary>How one kind of model becomes part of a graph, or why it cannot.</summary>
internal sealed record ModelConverter
{
    /// <param name="typeId">The kind, as in model files.</param>
    /// <param name="convert">Computes the scores, [rows, scores], single precision.</param>
    /// <param name="calibrate">Makes probabilities of scores, for a kind that has them.</param>
    internal ModelConverter(string typeId, Func<ModelExport, GraphValue> convert, Func<GraphBuilder, ICalibratedModel, GraphValue, GraphValue>? calibrate = null) =>
        (TypeId, Convert, Calibrate) = (typeId, convert, calibrate);

    private ModelConverter(string typeId, string reason) => (TypeId, Reason) = (typeId, reason);

    internal string TypeId { get; }

    internal Func<ModelExport, GraphValue>? Convert { get; }

    internal Func<GraphBuilder, ICalibratedModel, GraphValue, GraphValue>? Calibrate { get; }

    /// <summary>Why no model of the kind can be exported.</summary>
    internal string? Reason { get; }

    /// <summary>A kind of model that has no form in ONNX.</summary>
    internal static ModelConverter None(string typeId, string reason) => new(typeId, reason);
}
