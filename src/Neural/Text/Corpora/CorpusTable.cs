using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Neural.Text;

/// <summary>The texts of a column of a table.</summary>
internal static class CorpusTable
{
    private static readonly string[] UsualNames = ["text", "sentence", "utterance", "review", "comment", "message", "body", "content", "title", "description"];

    internal static IEnumerable<string> TextsOf(string path, string? column, CancellationToken cancellation)
    {
        InferredTextFile layout = TextFileInference.Infer(path);
        var source = new MultiFileSource(path);
        var format = new TextFormat(layout.Separator.ToString(), layout.AllowQuoting);
        int index = column is null ? Usual(source, format, layout) : Named(column, layout, path);
        using TextFile file = TextFile.Open(source, 0, format);
        if (layout.HasHeader) file.ReadHeader(layout.Columns.Count);
        while (file.ReadRow())
        {
            cancellation.ThrowIfCancellationRequested();
            if (index < file.Reader.FieldCount) yield return file.Reader[index].ToString();
        }
    }

    private static int Named(string column, InferredTextFile layout, string path)
    {
        if (layout.Columns.FirstOrDefault(known => known.Name == column) is { } named) return named.Index;
        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < layout.Columns.Count) return index;
        throw new MLPipelinesException($"{path} has no column '{column}'. Its columns are: {string.Join(", ", layout.Columns.Select(known => known.Name))}.");
    }

    /// <summary>The column that is called as texts are, or the one with the longest cells.</summary>
    private static int Usual(MultiFileSource source, TextFormat format, InferredTextFile layout)
    {
        foreach (string name in UsualNames)
            if (layout.Columns.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } named) return named.Index;
        long[] lengths = new long[layout.Columns.Count];
        using TextFile file = TextFile.Open(source, 0, format);
        if (layout.HasHeader) file.ReadHeader(layout.Columns.Count);
        for (int row = 0; row < 200 && file.ReadRow(); row++)
            for (int i = 0; i < Math.Min(lengths.Length, file.Reader.FieldCount); i++) lengths[i] += file.Reader[i].Length;
        return lengths.IndexOf(lengths.Max());
    }
}
