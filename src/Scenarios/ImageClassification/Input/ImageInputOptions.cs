using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>How pictures are found and read.</summary>
public sealed record ImageInputOptions
{
    /// <summary>The column of a table that holds paths: its name or its zero-based number; <see langword="null"/> to look for one that is called so.</summary>
    public string? PathColumn { get; init; }

    /// <summary>The column of a table that holds labels: its name or its zero-based number; <see langword="null"/> to look for one that is called so.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>How large a picture may be; default <see cref="ImageLimits.Default"/>.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;
}
