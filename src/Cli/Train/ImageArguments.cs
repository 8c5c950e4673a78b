namespace MLPipelines.Cli.Train;

/// <summary>What the user said of pictures.</summary>
internal sealed record ImageArguments
{
    /// <summary>The column of a table that holds paths.</summary>
    internal string? PathColumn { get; init; }

    /// <summary>Where checkpoints are kept.</summary>
    internal string? Workspace { get; init; }
}
