namespace MLPipelines.Onnx.Export;

/// <summary>How one kind of step becomes part of a graph, or why it cannot.</summary>
internal sealed record StepConverter
{
    /// <param name="typeId">The kind, as in model files.</param>
    /// <param name="convert">Writes a step of the kind; it throws <see cref="NotExportableException"/> for a setting that has no form in ONNX.</param>
    internal StepConverter(string typeId, Action<StepExport> convert) => (TypeId, Convert) = (typeId, convert);

    private StepConverter(string typeId, string reason) => (TypeId, Reason) = (typeId, reason);

    internal string TypeId { get; }

    internal Action<StepExport>? Convert { get; }

    /// <summary>Why no step of the kind can be exported.</summary>
    internal string? Reason { get; }

    /// <summary>A kind of step that has no form in ONNX.</summary>
    internal static StepConverter None(string typeId, string reason) => new(typeId, reason);
}
