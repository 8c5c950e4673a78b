using Xunit;

namespace MLPipelines.Testing;

/// <summary>Public data sets that are not part of the project, found by the environment variable <c>MLPIPELINES_DATASETS</c>.</summary>
public static class Datasets
{
    public static string? Root { get; } = Environment.GetEnvironmentVariable("MLPIPELINES_DATASETS") is { Length: > 0 } root ? root : null;

    public static string PathOf(string relative) => Path.Combine(
        Root ?? throw new InvalidOperationException("MLPIPELINES_DATASETS is not set."), relative);

    /// <summary>Why a file or folder cannot be read; <see langword="null"/> where it can.</summary>
    internal static string? WhyAbsent(string file) => Root is null ? "MLPIPELINES_DATASETS is not set: the public data sets are not on this machine."
        : Path.Exists(PathOf(file)) ? null : $"{PathOf(file)} is not there.";
}

/// <summary>A test that reads a public data set; skipped, with the reason, where the data is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatasetFactAttribute : FactAttribute
{
    public DatasetFactAttribute(string file) => (File, Skip) = (file, Datasets.WhyAbsent(file));

    public string File { get; }
}

/// <summary>A test of several cases that reads public data; skipped, with the reason, where the data is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatasetTheoryAttribute : TheoryAttribute
{
    /// <param name="file">A file, or the folder of the cases' files.</param>
    public DatasetTheoryAttribute(string file) => (File, Skip) = (file, Datasets.WhyAbsent(file));

    public string File { get; }
}
