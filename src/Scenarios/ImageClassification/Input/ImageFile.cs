using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>A file that holds a picture, on disk or in an archive that was read into memory.</summary>
/// <param name="Name">Its path from the folder or within the archive, with slashes.</param>
/// <param name="Path">Where it is on disk; <see langword="null"/> for one in memory.</param>
/// <param name="Bytes">Its content in memory.</param>
internal sealed record ImageFile(string Name, string? Path, byte[]? Bytes)
{
    private static readonly HashSet<string> Extensions = new([".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".dib", ".pbm", ".pgm", ".ppm", ".pnm"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name is that of a picture that can be read; hidden files and those below hidden folders are none.</summary>
    internal static bool IsNamedSo(string name) =>
        Extensions.Contains(System.IO.Path.GetExtension(name)) && !name.StartsWith('.') && !name.Contains("/.", StringComparison.Ordinal) && !name.StartsWith("__MACOSX/", StringComparison.Ordinal);

    /// <exception cref="MLPipelinesException">It is larger than allowed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal byte[] Read(ImageLimits limits)
    {
        if (Bytes is not null) return Bytes;
        limits.CheckBytes(new FileInfo(Path!).Length);
        return File.ReadAllBytes(Path!);
    }

    /// <summary>The pictures below a folder, sorted by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="others">How many files are there that are not named like pictures, and are not hidden.</param>
    internal static List<ImageFile> Below(string folder, out int others)
    {
        List<ImageFile> files = [];
        others = 0;
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };
        foreach (string path in Directory.EnumerateFiles(folder, "*", all))
        {
            string name = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (IsNamedSo(name)) files.Add(new ImageFile(name, path, null));
            else if (!name.StartsWith('.') && !name.Contains("/.", StringComparison.Ordinal)) others++;
        }
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return files;
    }
}
