using System.Security.Cryptography;
using System.Text;

namespace MLPipelines.Cli.Input;

/// <summary>The SHA-256 of training data, computed beside other work.</summary>
internal static class FileHash
{
    /// <summary>Starts to hash a file as it stands on disk, or the names and contents of a folder of texts. <see langword="null"/> for what is not one file.</summary>
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
        foreach (var (label, path) in TextFolder.Files(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] bytes = File.ReadAllBytes(path);
            hash.AppendData(Encoding.UTF8.GetBytes($"{label}/{Path.GetFileName(path)}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
