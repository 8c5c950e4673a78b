namespace MLPipelines.Onnx.Tests;

/// <summary>A folder with libraries that are none, laid out as apps, packages and npm lay out theirs.</summary>
internal sealed class FakePlaces : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("onnx-places-").FullName;

    internal string App => Path.Combine(_root, "work", "app");

    internal OnnxRuntimePlatform Platform { get; init; } = new("linux-x64", "linux", "x64");

    internal OnnxRuntimePlaces Places(string? named = null) =>
        new(named, App + Path.DirectorySeparatorChar, [Path.Combine(_root, "host")], [Path.Combine(_root, "packages")], Platform);

    /// <summary>Writes a file, with the folders that it lies in.</summary>
    internal string Add(string path, string content = "no library")
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
