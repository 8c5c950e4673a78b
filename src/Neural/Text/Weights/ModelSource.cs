namespace MLPipelines.Pretraining;

/// <summary>Where the files of a model come from.</summary>
/// <param name="Location">A file, a folder, or an address of a file that begins with http:// or https://. Archives (.zip, .tar, .tar.gz, .tgz) are unpacked; a model file of this library stays as it is.</param>
/// <param name="Sha256">What the SHA-256 of the file is to be, in hexadecimal digits; <see langword="null"/> where it is not known.</param>
public sealed record ModelSource(string Location, string? Sha256 = null)
{
    /// <summary>The address; <see langword="null"/> for files and folders.</summary>
    internal Uri? Address => Uri.TryCreate(Location, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>What is written down of it: names, passwords and keys within an address are nobody's business.</summary>
    internal string Recorded => Address is { } address ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : Path.GetFullPath(Location);

    /// <summary>What the file is called.</summary>
    internal string FileName
    {
        get
        {
            string name = Address is { } address ? Uri.UnescapeDataString(address.Segments[^1]) : Path.GetFileName(Path.GetFullPath(Location));
            bool isUsable = name.Length is > 0 and < 200 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', ':') && !name.Any(char.IsControl);
            return isUsable ? name : throw new MLPipelinesException($"{Recorded} does not end in the name of a file.");
        }
    }
}
