using System.Globalization;
using MLPipelines.Cli.Output;
using MLPipelines.Drift;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Inspect;

/// <summary>Shows what the columns of a model looked like when it was trained.</summary>
internal static class ProfileTables
{
    private const int ShownCategories = 5;

    internal static void Show(Report report, DataProfile profile)
    {
        Show(report, "Columns that it learned from", profile.Inputs);
        Show(report, $"What it predicted for {(profile.OutputsOf == "test" ? "test rows" : "rows that it learned from")}", profile.Outputs);
    }

    private static void Show(Report report, string title, IReadOnlyList<ColumnSketch> columns)
    {
        if (columns.Count == 0) return;
        var table = new TextTable(title, "column", "kind", "#missing", "values");
        foreach (ColumnSketch column in columns) table.Add(column.Name, column.Kind, Figures.Share(column.Rows == 0 ? 0 : column.Missing / (double)column.Rows), Values(column));
        report.Line();
        report.Table(table);
    }

    private static string Values(ColumnSketch column) => column switch
    {
        { Kind: ColumnSketch.Category, Categories: { } categories } => Categories(column, categories),
        { Minimum: { } least, Maximum: { } most } => string.Create(CultureInfo.InvariantCulture, $"{least:G5} to {most:G5}{Median(column)}{(column.Kind == ColumnSketch.Text ? " words" : "")}"),
        _ => "",
    };

    private static string Median(ColumnSketch column)
    {
        if (column is not { Edges: { Count: > 4 } edges, Counts: { } counts } || counts.Count != edges.Count + 1) return "";
        long half = counts.Sum() / 2;
        int bin = 0;
        for (long sum = counts[0]; sum < half && bin + 1 < edges.Count; sum += counts[bin]) bin++;
        return string.Create(CultureInfo.InvariantCulture, $", half of them up to {edges[bin]:G5}");
    }

    private static string Categories(ColumnSketch column, IReadOnlyDictionary<string, long> categories)
    {
        long all = Math.Max(1, column.Rows - column.Missing);
        var shown = categories.OrderByDescending(pair => pair.Value).Take(ShownCategories).Select(pair => $"{pair.Key} {Figures.Share(pair.Value / (double)all)}").ToList();
        int more = categories.Count - shown.Count;
        if (more > 0) shown.Add($"{Figures.Count(more)} more");
        if (column.Others > 0) shown.Add($"others {Figures.Share(column.Others.Value / (double)all)}");
        return string.Join(", ", shown);
    }
}
