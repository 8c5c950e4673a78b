using System.Security.Cryptography;

namespace MLPipelines.Pretraining;

/// <summary>The SHA-256 of a file.</summary>
internal static class FileChecksum
{
    internal static string Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
