using Xunit;

namespace MLPipelines.Testing;

/// <summary>Public data sets that are not part of the project, found by the environment variable <c>MLPIPELINES_DATASETS</c>.</summary>
public static class Datasets
{
    public static string? Root { get; } = Environment.GetEnvironmentVariable("MLPIPELINES_DATASETS") is { Length: > 0 } root ? root : null;

    public static string PathOf(string relative) => Path.Combine(
        Root ?? throw new InvalidOperationException("MLPIPELINES_DATASETS is not set."), relative);
}

/// <summary>A test that reads a public data set; skipped, with the reason, where the data is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatasetFactAttribute : FactAttribute
{
    public DatasetFactAttribute(string file)
    {
        File = file;
        if (Datasets.Root is null) Skip = "MLPIPELINES_DATASETS is not set: the public data sets are not on this machine.";
        else if (!System.IO.File.Exists(Datasets.PathOf(file))) Skip = $"{Datasets.PathOf(file)} is not there.";
    }

    public string File { get; }
}
