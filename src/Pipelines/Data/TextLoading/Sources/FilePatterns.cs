namespace MLPipelines.Data;

/// <summary>Turns a path with wildcards into the files that it means.</summary>
internal static class FilePatterns
{
    private const string Below = "...";

    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    internal static IReadOnlyList<string> Expand(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A file whose very name holds a pattern character is that file.
        if (File.Exists(path)) return [path];
        if (Directory.Exists(path))
            throw new FileNotFoundException($"{path} is a folder. To read the files in it, give {Path.Combine(path, "*")} or {Path.Combine(path, "*.csv")}.", path);

        // Folder/... is folder plus everything below; a plus sign between names that do not exist joins several paths.
        string[] parts = path.Split('+', StringSplitOptions.RemoveEmptyEntries);
        List<string> found = [];
        foreach (string part in parts)
        {
            int before = found.Count;
            if (File.Exists(part)) found.Add(part);
            else if (part.Contains(Below, StringComparison.Ordinal)) AddTree(part, found);
            else if (part.AsSpan().ContainsAny('*', '?')) AddMatches(Path.GetDirectoryName(part), Path.GetFileName(part), SearchOption.TopDirectoryOnly, found);
            if (found.Count == before) throw NotThere(part);
        }
        return found.Count > 0 ? [.. found.Distinct(StringComparer.Ordinal)] : throw NotThere(path);
    }

    private static void AddTree(string pattern, List<string> found)
    {
        int at = pattern.IndexOf(Below, StringComparison.Ordinal);
        string name = pattern[(at + Below.Length)..].TrimStart('/', '\\');
        AddMatches(pattern[..at], name.Length == 0 ? "*" : name, SearchOption.AllDirectories, found);
    }

    private static void AddMatches(string? folder, string name, SearchOption depth, List<string> found)
    {
        bool here = string.IsNullOrEmpty(folder);
        string root = here ? "." : folder!;
        if (!Directory.Exists(root)) return;
        string[] files = Directory.GetFiles(root, name, depth);
        Array.Sort(files, StringComparer.Ordinal);
        found.AddRange(here ? files.Select(file => Path.GetRelativePath(".", file)) : files);
    }

    private static FileNotFoundException NotThere(string path)
    {
        string full = Path.GetFullPath(path);
        string where = path == full ? "" : $" (looked for {full})";
        return path.AsSpan().ContainsAny('*', '?')
            ? new FileNotFoundException($"No file matches {path}{where}.", path)
            : new FileNotFoundException($"{path} is not there{where}.", path);
    }
}
