using System.Formats.Tar;
using System.IO.Compression;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// Reads the pictures of a .zip, .tar or .tar.gz into memory as they are, compressed; nothing is written to disk. Pictures are small
/// beside what they are unpacked to.
/// </summary>
internal static class ImageArchive
{
    private static readonly string[] Tars = [".tar", ".tar.gz", ".tgz"];

    internal static bool IsNamedSo(string path) => IsZip(path) || Array.Exists(Tars, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The pictures, sorted by name.</summary>
    /// <exception cref="MLPipelinesException">The archive is damaged, or a file in it is larger than allowed.</exception>
    internal static List<ImageFile> Files(string path, ImageLimits limits, CancellationToken cancellation, out int others)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            List<ImageFile> files = IsZip(path) ? OfZip(stream, limits, cancellation, out others) : OfTar(stream, limits, cancellation, out others);
            files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return files;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new MLPipelinesException($"{path} is a damaged archive: {e.Message}", e);
        }
        catch (MLPipelinesException e)
        {
            throw new MLPipelinesException($"{path}: {e.Message}", e);
        }
    }

    private static List<ImageFile> OfZip(Stream stream, ImageLimits limits, CancellationToken cancellation, out int others)
    {
        List<ImageFile> files = [];
        others = 0;
        using var archive = new ZipArchive(stream);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            using Stream content = entry.Open();
            Add(files, entry.FullName, entry.Length, content, limits, cancellation, ref others);
        }
        return files;
    }

    private static List<ImageFile> OfTar(Stream stream, ImageLimits limits, CancellationToken cancellation, out int others)
    {
        List<ImageFile> files = [];
        others = 0;
        using var tar = new TarReader(GzipFiles.OpenDecompressed(stream));
        while (tar.GetNextEntry() is { } entry)
            if (entry.DataStream is { } content && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                Add(files, entry.Name, entry.Length, content, limits, cancellation, ref others);
        return files;
    }

    private static void Add(List<ImageFile> files, string name, long length, Stream content, ImageLimits limits, CancellationToken cancellation, ref int others)
    {
        cancellation.ThrowIfCancellationRequested();
        name = name.Replace('\\', '/');
        if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        if (!ImageFile.IsNamedSo(name))
        {
            others++;
            return;
        }
        limits.CheckBytes(length);
        byte[] bytes = new byte[length];
        content.ReadExactly(bytes);
        files.Add(new ImageFile(name, null, bytes));
    }

    private static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
