using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Export;

/// <summary>What of a model is exported, and how.</summary>
internal sealed record OnnxExportOptions
{
    /// <summary>The columns of the result that become outputs; all when <see langword="null"/>.</summary>
    internal IReadOnlyList<string>? OutputColumns { get; init; }

    /// <summary>Whether such columns that steps leave out are passed over, where the graph has other outputs in their place; otherwise they are an error.</summary>
    internal bool SkipsLeftOut { get; init; }

    /// <summary>The version of the <c>ai.onnx</c> operators.</summary>
    internal int OpsetVersion { get; init; } = OpsetVersions.Default;

    /// <summary>What the graph is called.</summary>
    internal string Name { get; init; } = "model";
}
