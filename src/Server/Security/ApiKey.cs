using System.Security.Cryptography;
using System.Text;

namespace MLPipelines.Server;

/// <summary>A key that may ask for predictions. Only its hash is kept: who reads the configuration cannot ask with it.</summary>
public sealed class ApiKey
{
    private const string Scheme = "sha256:", Start = "mlp_";

    /// <summary>Whose key it is.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// <c>sha256:</c> and the SHA-256 of the key in hexadecimal. Keys are 256 random bits, which nobody guesses; a hash that is slow on purpose, as passwords need it, would
    /// only make requests slow.
    /// </summary>
    public string Hash { get; set; } = "";

    /// <summary>Makes a key at random.</summary>
    /// <param name="name">Whose key it is.</param>
    /// <returns>What is kept, and the key itself, which nothing keeps.</returns>
    public static (ApiKey Kept, string Key) Create(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string key = Start + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return (new ApiKey { Name = name, Hash = Scheme + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) }, key);
    }

    /// <exception cref="MLPipelinesException">It is not such a hash.</exception>
    internal byte[] HashBytes()
    {
        try
        {
            if (Hash.StartsWith(Scheme, StringComparison.Ordinal) && Convert.FromHexString(Hash.AsSpan(Scheme.Length)) is { Length: SHA256.HashSizeInBytes } bytes) return bytes;
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw new MLPipelinesException($"API key '{Name}': its hash is not '{Scheme}' and 64 hexadecimal digits. 'mlp serve keys add {Name}' makes one.");
    }
}
