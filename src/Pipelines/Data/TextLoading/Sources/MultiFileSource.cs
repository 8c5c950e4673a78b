namespace MLPipelines.Data;

/// <summary>
/// Files, read one after the other. A path may hold wildcards (<c>data/*.csv</c>), mean a folder and everything below it
/// (<c>data/...</c>, or <c>data/.../*.csv</c> for some of it), or be several paths joined by <c>+</c>. Files that a
/// wildcard finds come in the order of their names. Gzip files are decompressed when they are read as text; Excel workbooks
/// (.xlsx, .xlsm, .xlsb, .xls) are one of their sheets as comma-separated text with quotes where they are needed.
/// </summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    /// <exception cref="FileNotFoundException">A path, or everything that a wildcard could mean, is not there.</exception>
    public MultiFileSource(params string?[]? paths) => _paths = [.. (paths ?? []).OfType<string>().SelectMany(FilePatterns.Expand)];

    public int Count => _paths.Length;

    /// <summary>The sheet of workbooks that is read; <see langword="null"/> for the first one that is not hidden.</summary>
    public string? SheetName { get; init; }

    /// <summary>Whether the files are sheets, whose text always has the same layout.</summary>
    internal bool IsWorkbook => SheetName is not null || (_paths.Length > 0 && Workbook.Is(_paths[0]));

    public string? GetPathOrNull(int index) => _paths[index];

    /// <exception cref="MLPipelinesException">The file cannot be opened.</exception>
    public Stream Open(int index)
    {
        string path = _paths[index];
        try
        {
            // Reading is in big blocks already: a buffer of the stream's own would only copy once more.
            bool isWorkbook = SheetName is not null || Workbook.Is(path);
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, isWorkbook ? 1 << 12 : 0, isWorkbook ? FileOptions.None : FileOptions.SequentialScan);
            return isWorkbook ? Workbook.OpenText(file, path, SheetName) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not FileNotFoundException)
        {
            throw new MLPipelinesException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    public TextReader OpenTextReader(int index) => new StreamReader(GzipFiles.OpenDecompressed(Open(index)));
}
