using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Reads a table of pictures: a column of paths, which start where the table is unless they are absolute, and one of labels.</summary>
internal static class ImageTable
{
    private static readonly string[] PathNames = ["path", "file", "filename", "file_name", "image", "image_path", "imagepath", "image_file", "img", "filepath"];
    private static readonly string[] LabelNames = ["label", "class", "category", "target", "labels", "class_name"];

    /// <param name="table">A delimited file or a sheet.</param>
    /// <param name="options">The names of the columns.</param>
    /// <param name="notes">What was left out is added.</param>
    internal static LabelledImages Read(string table, ImageInputOptions options, List<string> notes)
    {
        var source = new MultiFileSource(table);
        InferredTextFile layout = Layout(source, options);
        string[] columns = [.. layout.Columns.Select(column => column.Name)];
        if (columns.Length < 2) throw new MLPipelinesException($"{table} has {columns.Length} column, expected one of paths and one of labels.");
        int path = IndexOf(table, columns, options.PathColumn, PathNames, 0, layout.HasHeader, "paths");
        int label = IndexOf(table, columns, options.LabelColumn, LabelNames, path == 1 ? 0 : 1, layout.HasHeader, "labels");
        if (path == label) throw new MLPipelinesException($"{table}: column '{columns[path]}' cannot be both paths and labels.");

        string folder = Path.GetDirectoryName(Path.GetFullPath(table))!;
        List<LabelledImage> images = [];
        int unlabelled = 0, row = 0;
        using TextFile file = Opened(source, layout);
        while (file.ReadRow())
        {
            row++;
            if (row == 1 && layout.HasHeader) continue;
            string[] cells = file.ReadCells();
            if (cells.Length <= Math.Max(path, label) || cells[path].Trim().Length == 0)
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{table} row {row}: found {cells.Length} fields, expected a path in column {columns[path]} and a label in column {columns[label]}."));
            (string name, string text) = (cells[path].Trim(), cells[label].Trim());
            if (text.Length == 0) unlabelled++;
            else images.Add(new EncodedImage(new ImageFile(name, Path.Combine(folder, name), null), text, options.Limits));
        }
        if (unlabelled > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{unlabelled} rows without a label are left out."));
        return new LabelledImages(table, images);
    }

    /// <summary>In a table of nothing but text, names that are known to be those of columns tell the header.</summary>
    private static InferredTextFile Layout(MultiFileSource source, ImageInputOptions options)
    {
        InferredTextFile layout = TextFileInference.Infer(source);
        if (layout.HasHeader) return layout;
        using TextFile file = Opened(source, layout);
        bool named = file.ReadRow() && file.ReadCells().Any(cell => PathNames.Contains(cell, StringComparer.OrdinalIgnoreCase)
            || (cell == options.PathColumn || cell == options.LabelColumn) && !int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return named ? TextFileInference.Infer(source, new TextFileInferenceOptions { HasHeader = true }) : layout;
    }

    private static TextFile Opened(MultiFileSource source, InferredTextFile layout) =>
        TextFile.Open(source, 0, new TextFormat(layout.Separator.ToString(), layout.AllowQuoting));

    private static int IndexOf(string table, string[] columns, string? wanted, string[] usual, int otherwise, bool hasHeader, string meaning)
    {
        if (wanted is null)
        {
            int known = hasHeader ? Array.FindIndex(columns, column => usual.Contains(column, StringComparer.OrdinalIgnoreCase)) : -1;
            return known >= 0 ? known : columns.Length == 2 || !hasHeader ? otherwise : throw Unknown($"none of the columns is called {usual[0]}, {usual[1]} or the like; name the column of {meaning}");
        }
        int index = Array.IndexOf(columns, wanted);
        if (index < 0 && int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < columns.Length) index = number;
        return index >= 0 ? index : throw Unknown($"there is no column '{wanted}' of {meaning}");

        MLPipelinesException Unknown(string problem) => new($"{table}: {problem}. The columns are: {string.Join(", ", columns)}.");
    }
}
