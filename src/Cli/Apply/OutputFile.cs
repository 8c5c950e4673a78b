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
        _target = Path.GetFullPath(path);
        _temporary = BesideTarget(path);
        FileStream file = Create(path, _temporary);
        Stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    internal Stream Stream { get; }

    /// <summary>Finds out before work begins whether a file can be written.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    internal static void CheckWritable(string path)
    {
        string probe = BesideTarget(path);
        Create(path, probe).Dispose();
        File.Delete(probe);
    }

    private static string BesideTarget(string path) => $"{Path.GetFullPath(path)}.{Guid.NewGuid():n}.tmp";

    private static FileStream Create(string path, string temporary)
    {
        if (Directory.Exists(path)) throw new UsageException($"--output: {path} is a folder, expected a file.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output: {path} cannot be written: {(e is FileNotFoundException ? "its folder takes no files" : e.Message)}");
        }
    }

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
