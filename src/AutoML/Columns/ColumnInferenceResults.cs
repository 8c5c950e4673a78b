using System.Globalization;
using System.Text;
using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>What a file turned out to be: how to load it, and what its columns are good for. All of it may be changed before it is used.</summary>
public sealed class ColumnInferenceResults
{
    internal ColumnInferenceResults(string description, IReadOnlyList<ColumnFinding> findings) => (Description, Findings) = (description, findings);

    /// <summary>How to load the file. Missing numbers are NaN (ML.NET reads them as 0).</summary>
    public required TextLoader.Options TextLoaderOptions { get; init; }

    /// <summary>What the columns are good for; the names are those of <see cref="TextLoaderOptions"/>.</summary>
    public required ColumnInformation ColumnInformation { get; init; }

    /// <summary>What the label looks like being predicted by: classification for labels of a few values, regression for other numbers, ranking where groups are named.</summary>
    public AutoMLTask Task { get; init; }

    /// <summary>The columns of the file, before any are grouped.</summary>
    public IReadOnlyList<ColumnFinding> Findings { get; }

    private string Description { get; }

    /// <summary>A table for people: the file, its columns with their types and uses, and why some are left out.</summary>
    public override string ToString()
    {
        string[][] rows = [["column", "type", "use", "values", "missing", ""], .. Findings.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length))];
        var text = new StringBuilder(Description).Append('\n');
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, i) => i is 3 or 4 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));
            text.Append(line.TrimEnd()).Append('\n');
        }
        return text.Append(CultureInfo.InvariantCulture, $"task: {Task.ToString().ToLowerInvariant()}").ToString();
    }

    private static string[] Cells(ColumnFinding finding) =>
    [
        finding.Name, finding.Kind.ToString(), finding.Use,
        finding.Distinct.ToString("N0", CultureInfo.InvariantCulture) + (finding.IsDistinctExact ? "" : "+"),
        finding.Missing.ToString("N0", CultureInfo.InvariantCulture),
        finding.Reason ?? string.Join(", ", finding.Examples),
    ];
}

/// <summary>What one column of a file turned out to be.</summary>
/// <param name="Name">Its name in the header, or the one that it was given.</param>
/// <param name="Index">The index of its field, from 0.</param>
/// <param name="Kind">The type that it is loaded as.</param>
/// <param name="Role">What its values look like.</param>
public sealed record ColumnFinding(string Name, int Index, DataKind Kind, ColumnRole Role)
{
    /// <summary>What it is used for, in a word: label, number, category, text, date, ignored, …</summary>
    public string Use { get; internal init; } = "";

    /// <summary>How many different values it has.</summary>
    public int Distinct { get; internal init; }

    /// <summary>Whether it has no more different values than were counted.</summary>
    public bool IsDistinctExact { get; internal init; }

    /// <summary>How many rows have no value.</summary>
    public long Missing { get; internal init; }

    /// <summary>Why it is left out; <see langword="null"/> where it is used.</summary>
    public string? Reason { get; internal init; }

    /// <summary>Some of its values, cut short.</summary>
    public IReadOnlyList<string> Examples { get; internal init; } = [];
}
