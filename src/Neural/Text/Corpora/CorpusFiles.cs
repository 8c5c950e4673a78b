using System.Formats.Tar;
using System.IO.Compression;
using MLPipelines.Data;

namespace MLPipelines.Neural.Text;

/// <summary>
/// Reads texts from where they are: tables (.csv, .tsv, .xlsx, also .gz) have one in a column of each row; of a folder or an archive (.zip, .tar, .tar.gz, .tgz) each file is one,
/// but for the tables in a folder; any other file has one on each line.
/// </summary>
internal static class CorpusFiles
{
    private static readonly string[] Tables = [".csv", ".tsv", ".xlsx", ".xls", ".csv.gz", ".tsv.gz"], Tars = [".tar", ".tar.gz", ".tgz"];

    internal static IEnumerable<string> TextsOf(string path, string? column, CancellationToken cancellation)
    {
        if (Directory.Exists(path)) return OfFolder(path, column, cancellation);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file or folder {path} to learn from.", path);
        if (Ends(path, Tables)) return CorpusTable.TextsOf(path, column, cancellation);
        return Ends(path, Tars) || Ends(path, ".zip") ? OfArchive(path, cancellation) : OfLines(path, cancellation);
    }

    private static IEnumerable<string> OfFolder(string folder, string? column, CancellationToken cancellation)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System })
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Where(IsShown).Order(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, file);
            if (Ends(path, Tables))
                foreach (string text in CorpusTable.TextsOf(path, column, cancellation)) yield return text;
            else
                yield return MailText.BodyOf(TextBytes.Decode(File.ReadAllBytes(path)));
        }
    }

    private static IEnumerable<string> OfArchive(string path, CancellationToken cancellation)
    {
        using FileStream stream = File.OpenRead(path);
        using IEnumerator<(string Name, byte[] Bytes)> entries = (Ends(path, ".zip") ? ZipEntries(stream) : TarEntries(stream)).GetEnumerator();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (!entries.MoveNext()) yield break;
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
            {
                throw new MLPipelinesException($"{path} is a damaged archive: {e.Message}", e);
            }
            if (IsShown(entries.Current.Name)) yield return MailText.BodyOf(TextBytes.Decode(entries.Current.Bytes));
        }
    }

    private static IEnumerable<string> OfLines(string path, CancellationToken cancellation)
    {
        using TextReader reader = new MultiFileSource(path).OpenTextReader(0);
        while (reader.ReadLine() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return line;
        }
    }

    private static IEnumerable<(string, byte[])> ZipEntries(Stream stream)
    {
        using var zip = new ZipArchive(stream);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            using Stream content = entry.Open();
            yield return (entry.FullName, Content(content, entry.Length));
        }
    }

    private static IEnumerable<(string, byte[])> TarEntries(Stream stream)
    {
        using var tar = new TarReader(GzipFiles.OpenDecompressed(stream));
        while (tar.GetNextEntry() is { } entry)
            if (entry.DataStream is { } content && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile) yield return (entry.Name, Content(content, entry.Length));
    }

    private static byte[] Content(Stream stream, long length)
    {
        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool IsShown(string name) => !name.StartsWith('.') && !name.Contains("/.", StringComparison.Ordinal);

    private static bool Ends(string path, params ReadOnlySpan<string> endings)
    {
        foreach (string ending in endings)
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
