using System.Security.Cryptography;
using System.Text;

namespace MLPipelines.Cli.Input;

/// <summary>The SHA-256 of training data, computed beside other work.</summary>
internal static class FileHash
{
    /// <summary>Starts to hash a file as it stands on disk, or the names and contents of a folder of texts or pictures. <see langword="null"/> for what is not one file.</summary>
    internal static Task<string?> Start(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path)) return Task.Run(string? () => OfFolder(path, cancellation), cancellation);
        if (!File.Exists(path)) return Task.FromResult<string?>(null);
        return Task.Run(string? () =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }, cancellation);
    }

    private static string OfFolder(string folder, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in Names(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, name));
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The paths of all files that are not hidden nor below something hidden, from the folder and with slashes.</summary>
    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System })
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(name => !name.StartsWith('.') && !name.Contains("/.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
