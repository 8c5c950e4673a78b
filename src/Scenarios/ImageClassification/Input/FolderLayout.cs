namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// Finds classes in paths: the first folder is the class. Folders that all pictures share above that are left out (as when an archive
/// holds one folder), and where the first folders are called train and test (or val), they are parts, and classes stand below them.
/// </summary>
internal static class FolderLayout
{
    private static readonly HashSet<string> Train = new(["train", "training"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Test = new(["test", "testing", "val", "valid", "validation", "eval"], StringComparer.OrdinalIgnoreCase);

    /// <returns>For each path whether it is for testing, and its class; <see langword="null"/> for a path without a class folder.</returns>
    internal static (bool IsTest, string Class)?[] Of(IReadOnlyList<string> paths)
    {
        string[][] parts = [.. paths.Select(path => path.Split('/'))];
        int skipped = 0;
        while (parts.Length > 0 && Array.TrueForAll(parts, part => part.Length > skipped + 2 && part[skipped] == parts[0][skipped])) skipped++;
        bool areParts = Array.TrueForAll(parts, part => part.Length > skipped + 2 && (Train.Contains(part[skipped]) || Test.Contains(part[skipped])));
        int at = areParts ? skipped + 1 : skipped;
        return [.. parts.Select(part => part.Length > at + 1 ? (areParts && Test.Contains(part[skipped]), part[at]) : ((bool, string)?)null)];
    }
}
