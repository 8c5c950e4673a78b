using System.Globalization;
using System.IO.Compression;
using MLPipelines.TimeSeries;

namespace MLPipelines.Programs.Forecasting;

/// <summary>Series of a forecasting competition, each with the values that followed it.</summary>
/// <param name="Name">The competition.</param>
/// <param name="Entries">The series.</param>
/// <param name="SeasonOfMetrics">The season that scaled errors and Naive2 are computed with; 0 for that of each series.</param>
internal sealed record Competition(string Name, IReadOnlyList<Entry> Entries, int SeasonOfMetrics)
{
    internal static readonly string[] Names = ["m4-hourly", "m4-weekly", "m3", "m1", "tourism-monthly", "tourism-quarterly"];

    internal static Competition Read(string folder, string name) => name switch
    {
        "m4-hourly" => new(name, [.. Wide(folder, "Hourly", 24, 168)], 24),
        "m4-weekly" => new(name, [.. Wide(folder, "Weekly", 52)], 1),
        "m3" or "m1" => new(name, [.. Tabbed(Path.Combine(folder, "m3", name == "m3" ? "M3.tsv.gz" : "M1.tsv.gz"))], 0),
        "tourism-monthly" => new(name, [.. Columns(folder, "monthly", 12, 3)], 12),
        "tourism-quarterly" => new(name, [.. Columns(folder, "quarterly", 4, 3)], 4),
        _ => throw new ArgumentException($"Competition '{name}' is not known; there are {string.Join(", ", Names)}."),
    };

    /// <summary>The same series without their last values, which become what is to be forecast: for choosing among methods.</summary>
    internal Competition Earlier() => this with
    {
        Entries = [.. Entries.Where(entry => entry.Series.Length > 2 * entry.Following.Length).Select(entry =>
        {
            int known = entry.Series.Length - entry.Following.Length;
            return new Entry(entry.Group, entry.Series.First(known), entry.Series.Values[known..].ToArray());
        })],
    };

    private static IEnumerable<Entry> Wide(string folder, string frequency, params int[] seasons)
    {
        var following = Rows(Path.Combine(folder, "m4", $"{frequency}-test.csv.gz")).ToDictionary(row => row[0], row => Numbers(row.Skip(1)));
        foreach (string[] row in Rows(Path.Combine(folder, "m4", $"{frequency}-train.csv.gz")))
        {
            double[] values = Numbers(row.Skip(1));
            yield return new Entry(frequency, new Series(row[0], values, [.. seasons.Where(season => values.Length >= 2 * season)]), following[row[0]]);
        }
    }

    private static IEnumerable<string[]> Rows(string path) => Lines(path).Skip(1).Select(line => line.Replace("\"", "", StringComparison.Ordinal).TrimEnd(',').Split(','));

    private static IEnumerable<Entry> Tabbed(string path)
    {
        foreach (string line in Lines(path).Skip(1))
        {
            string[] fields = line.Split('\t');
            int season = (int)double.Parse(fields[7], CultureInfo.InvariantCulture);
            yield return new Entry(fields[2], new Series(fields[0], Numbers(fields[9].Split(' ')), season > 1 ? [season] : []), Numbers(fields[10].Split(' ')));
        }
    }

    private static IEnumerable<Entry> Columns(string folder, string frequency, int season, int headerRows)
    {
        string[][] known = Table(Path.Combine(folder, "tourism", $"{frequency}_in.csv")), following = Table(Path.Combine(folder, "tourism", $"{frequency}_oos.csv"));
        for (int i = 0; i < known[0].Length; i++)
            yield return new Entry(frequency, new Series(known[0][i], Column(known, i), season), Column(following, i));

        double[] Column(string[][] table, int i) => Numbers(table.Skip(1 + headerRows).Select(row => i < row.Length ? row[i] : ""));
    }

    private static string[][] Table(string path) => [.. Lines(path).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(','))];

    private static double[] Numbers(IEnumerable<string> fields) =>
        [.. fields.Where(field => field.Length > 0 && field != "NA").Select(field => double.Parse(field, CultureInfo.InvariantCulture))];

    private static IEnumerable<string> Lines(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line) yield return line;
    }
}

/// <summary>A series, what kind it is of, and the values that followed it.</summary>
internal sealed record Entry(string Group, Series Series, double[] Following);
