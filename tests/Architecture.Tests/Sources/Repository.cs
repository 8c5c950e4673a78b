namespace MLPipelines.Architecture.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>The files that people write under some folders, as paths from the root with slashes; nothing that a build makes.</summary>
    internal static IReadOnlyList<string> Files(string pattern, params string[] folders) =>
    [
        .. folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "TestResults" or "BenchmarkDotNet.Artifacts"))
            .Order(StringComparer.Ordinal),
    ];

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MLPipelines.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has MLPipelines.sln: run the tests where they were built.");
    }
}
