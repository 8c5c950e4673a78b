using MLPipelines.Data;

namespace MLPipelines.Benchmarks;

/// <summary>A text and what it is about.</summary>
public sealed class LabelledText
{
    [LoadColumnName("text")]
    public string Text { get; set; } = "";

    [LoadColumnName("category")]
    public string Category { get; set; } = "";
}
