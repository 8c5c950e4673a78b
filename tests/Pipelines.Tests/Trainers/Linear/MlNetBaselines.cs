using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>The results that ML.NET's own tests record: mostly one table of a header and a row of numbers per trainer and data set.</summary>
internal sealed class MlNetBaselines
{
    internal const string Archive = "mlnet-baselines/BaselineOutput-Common.tar.gz";

    private readonly Dictionary<string, string> _tables = new(StringComparer.Ordinal);

    internal MlNetBaselines()
    {
        // Results per platform lie one folder deeper.
        foreach (var (name, text) in Files(name => name.EndsWith("-rp.txt", StringComparison.Ordinal) && name.Count(c => c == '/') == 2)) _tables[name] = text;
    }

    /// <summary>The fields of a file of tab-separated rows, less the rows above the data.</summary>
    /// <param name="name">Folder and file, without its ending.</param>
    /// <param name="rowsAbove">How many rows are above the data.</param>
    internal static float[][] Rows(string name, int rowsAbove) =>
        [.. Files(file => file == $"Common/{name}.txt").First().Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(rowsAbove)
            .Select(row => row.Split('\t').Select(field => float.Parse(field, CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>The numbers of a table by their names, such as <c>AUC</c>.</summary>
    /// <param name="name">Folder and file, without its ending.</param>
    internal IReadOnlyDictionary<string, double> Of(string name)
    {
        string[] lines = _tables[$"Common/{name}-rp.txt"].Split('\n', StringSplitOptions.TrimEntries);
        string[] names = lines[1].Split('\t'), values = lines[2].Split('\t');
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length && !names[i].StartsWith('/') && names[i] != "Learner Name"; i++) numbers[names[i]] = double.Parse(values[i], CultureInfo.InvariantCulture);
        return numbers;
    }

    private static IEnumerable<(string Name, string Text)> Files(Predicate<string> isWanted)
    {
        using FileStream file = File.OpenRead(Datasets.PathOf(Archive));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            if (!isWanted(entry.Name) || entry.DataStream is null) continue;
            using var reader = new StreamReader(entry.DataStream, Encoding.UTF8);
            yield return (entry.Name, reader.ReadToEnd());
        }
    }
}
