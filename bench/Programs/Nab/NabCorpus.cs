using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using MLPipelines.TimeSeries;

namespace MLPipelines.Programs;

/// <summary>Reads the archive of the benchmark's data and labels, without unpacking it to disk.</summary>
internal static class NabCorpus
{
    private const string LabelEntry = "labels/combined_windows.json";

    internal static IReadOnlyList<NabFile> Read(string archive)
    {
        var tables = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        Dictionary<string, string[][]>? labels = null;
        using var zipped = new GZipStream(System.IO.File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(zipped);
        while (tar.GetNextEntry() is { } entry)
        {
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.DataStream is not { } stream) continue;
            if (name == LabelEntry) labels = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(stream);
            else if (name.StartsWith("data/", StringComparison.Ordinal) && name.EndsWith(".csv", StringComparison.Ordinal))
                tables.Add(name["data/".Length..], new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..]);
        }
        if (labels is null) throw new InvalidDataException($"{archive} has no {LabelEntry}.");
        return [.. tables.Select(table => File(table.Key, table.Value, labels[table.Key]))];
    }

    private static NabFile File(string path, string[] lines, string[][] windows)
    {
        string[] times = [.. lines.Select(line => line[..line.IndexOf(',')])];
        double[] values = [.. lines.Select(line => double.Parse(line[(line.IndexOf(',') + 1)..], CultureInfo.InvariantCulture))];
        return new(path, values, [.. windows.Select(window => new AnomalyWindow(RowOf(times, window[0], path), RowOf(times, window[1], path)))]);
    }

    /// <summary>Labels have fractions of seconds, data has not.</summary>
    private static int RowOf(string[] times, string label, string path) =>
        Array.IndexOf(times, label.Split('.')[0]) is >= 0 and var row ? row : throw new InvalidDataException($"{path} has no row of the time {label}.");
}
