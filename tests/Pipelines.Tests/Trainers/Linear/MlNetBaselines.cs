using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>The results that ML.NET's own tests record: one table of a header and a row of numbers per trainer and data set.</summary>
internal sealed class MlNetBaselines
{
    internal const string Archive = "mlnet-baselines/BaselineOutput-Common.tar.gz";

    private readonly Dictionary<string, string> _tables = new(StringComparer.Ordinal);

    internal MlNetBaselines()
    {
        using FileStream file = File.OpenRead(Datasets.PathOf(Archive));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            // Results per platform lie one folder deeper.
            if (!entry.Name.EndsWith("-rp.txt", StringComparison.Ordinal) || entry.Name.Count(c => c == '/') != 2 || entry.DataStream is null) continue;
            using var reader = new StreamReader(entry.DataStream, Encoding.UTF8);
            _tables[entry.Name] = reader.ReadToEnd();
        }
    }

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
}
