using System.IO.Compression;

namespace MLPipelines.Cli.Apply;

/// <summary>Where rows are written: standard output, or a file that appears whole or not at all. A name that ends in .gz is compressed.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string? _target, _temporary;

    internal OutputFile(string path, CommandHost host)
    {
        if (path == "-")
        {
            Stream = host.OpenOutput();
            return;
        }
        if (Directory.Exists(path)) throw new UsageException($"--output: {path} is a folder, expected a file.");
        _target = Path.GetFullPath(path);
        _temporary = $"{_target}.{Guid.NewGuid():n}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
        var file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        Stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    internal Stream Stream { get; }

    /// <summary>Says that all is written: only now a file takes its name.</summary>
    internal void Complete()
    {
        Stream.Flush();
        if (_target is null) return;
        Stream.Dispose();
        File.Move(_temporary!, _target, overwrite: true);
    }

    public void Dispose()
    {
        if (_temporary is null) return;
        Stream.Dispose();
        File.Delete(_temporary);
    }
}
