using System.IO.Compression;
using System.Text;

namespace MLPipelines.Cli.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal TemporaryFolder() => Directory.CreateDirectory(Path);

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mlp-tests-{Guid.NewGuid():n}");

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(this[name], bytes);
            return this[name];
        }
        using var gzip = new GZipStream(File.Create(this[name]), CompressionLevel.Fastest);
        gzip.Write(bytes);
        return this[name];
    }

    internal string[] Files() => [.. Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
