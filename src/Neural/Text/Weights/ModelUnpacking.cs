using System.Formats.Tar;
using System.IO.Compression;
using MLPipelines.Data;

namespace MLPipelines.Pretraining;

/// <summary>Unpacks an archive of a model's files. What would be written outside of the folder, and links, are refused before anything is kept.</summary>
internal static class ModelUnpacking
{
    private static readonly string[] Tars = [".tar", ".tar.gz", ".tgz"];

    /// <summary>Whether a file is unpacked; a model file of this library is a zip as well, and is not.</summary>
    internal static bool IsArchive(string name, string path)
    {
        if (Array.Exists(Tars, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) return true;
        if (!name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return false;
        return Reading(name, () =>
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            return zip.GetEntry("model.json") is null;
        });
    }

    /// <param name="path">The archive.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="folder">Gets the files; a folder that holds everything in the archive is left out.</param>
    internal static void Unpack(string path, string name, string folder)
    {
        string inner = Path.Combine(folder, $".unpacked-{Guid.NewGuid():N}");
        Directory.CreateDirectory(inner);
        Reading(name, () => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? UnpackZip(path, name, inner) : UnpackTar(path, name, inner));
        string top = inner;
        while (Directory.GetFileSystemEntries(top) is [{ } only] && Directory.Exists(only)) top = only;
        foreach (string entry in Directory.EnumerateFileSystemEntries(top).ToArray())
        {
            string place = Path.Combine(folder, Path.GetFileName(entry));
            if (Path.Exists(place)) throw new MLPipelinesException($"{name} holds {Path.GetFileName(entry)}, which another source of the model has, too.");
            Directory.Move(entry, place);
        }
        Directory.Delete(inner, recursive: true);
    }

    private static bool UnpackZip(string path, string name, string folder)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        // The upper half of the attributes is Unix's mode; 0xA000 is a link.
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000) throw new MLPipelinesException($"{name}: '{entry.FullName}' is a link, which is not unpacked.");
            if (entry.FullName.EndsWith('/')) continue;
            string place = PlaceOf(entry.FullName, name, folder);
            entry.ExtractToFile(place);
        }
        return true;
    }

    private static bool UnpackTar(string path, string name, string folder)
    {
        using FileStream stream = File.OpenRead(path);
        using var tar = new TarReader(GzipFiles.OpenDecompressed(stream));
        while (tar.GetNextEntry() is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                    entry.ExtractToFile(PlaceOf(entry.Name, name, folder), overwrite: false);
                    break;
                case TarEntryType.SymbolicLink or TarEntryType.HardLink:
                    throw new MLPipelinesException($"{name}: '{entry.Name}' is a link, which is not unpacked.");
            }
        }
        return true;
    }

    private static string PlaceOf(string entry, string archive, string folder)
    {
        string path = entry.Replace('\\', '/');
        if (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        string[] parts = path.Split('/');
        if (Array.Exists(parts, part => part is "" or "." or ".." || part.Contains(':', StringComparison.Ordinal) || part.Any(char.IsControl)))
            throw new MLPipelinesException($"{archive} is not unpacked: its entry '{entry}' would be written outside of the model's folder.");
        string place = Path.Combine([folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        return place;
    }

    private static T Reading<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new MLPipelinesException($"{name} is a damaged archive: {e.Message}", e);
        }
    }
}
