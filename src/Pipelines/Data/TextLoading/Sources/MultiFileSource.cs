namespace MLPipelines.Data;

/// <summary>
/// Files, read one after the other. A path may hold wildcards (<c>data/*.csv</c>), mean a folder and everything below it
/// (<c>data/...</c>, or <c>data/.../*.csv</c> for some of it), or be several paths joined by <c>+</c>. Files that a
/// wildcard finds come in the order of their names. Gzip files are decompressed when they are read as text.
/// </summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    /// <exception cref="FileNotFoundException">A path, or everything that a wildcard could mean, is not there.</exception>
    public MultiFileSource(params string?[]? paths) => _paths = [.. (paths ?? []).OfType<string>().SelectMany(FilePatterns.Expand)];

    public int Count => _paths.Length;

    public string? GetPathOrNull(int index) => _paths[index];

    /// <exception cref="MLPipelinesException">The file cannot be opened.</exception>
    public Stream Open(int index)
    {
        string path = _paths[index];
        try
        {
            // Reading is in big blocks already: a buffer of the stream's own would only copy once more.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not FileNotFoundException)
        {
            throw new MLPipelinesException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    public TextReader OpenTextReader(int index) => new StreamReader(GzipFiles.OpenDecompressed(Open(index)));
}
