using MLPipelines.Data;

namespace MLPipelines.Cli.Input;

/// <summary>A folder of texts: one sub-folder per label, one text file per row. Rows come sorted by label and file name.</summary>
internal static class TextFolder
{
    internal const string TextColumn = "text", LabelColumn = "label";

    /// <summary>Reads all texts into memory: UTF-8, or Latin-1 where a file is not valid UTF-8.</summary>
    internal static IDataView Load(string folder, CancellationToken cancellation)
    {
        var files = Files(folder);
        string[] texts = new string[files.Count];
        Parallel.For(0, texts.Length, new ParallelOptions { CancellationToken = cancellation }, i => texts[i] = TextBytes.Decode(File.ReadAllBytes(files[i].Path)));

        var schema = new DataViewSchema.Builder();
        schema.AddColumn(TextColumn, TextDataViewType.Instance);
        schema.AddColumn(LabelColumn, TextDataViewType.Instance);
        List<BatchColumn[]> blocks = [];
        for (int start = 0; start < texts.Length; start += Batch.DefaultRowCount)
        {
            TextColumn text = new(), label = new();
            for (int i = start; i < Math.Min(texts.Length, start + Batch.DefaultRowCount); i++)
            {
                text.Append(texts[i]);
                label.Append(files[i].Label);
            }
            blocks.Add([text, label]);
        }
        return new BlockView(schema.ToSchema(), blocks);
    }

    /// <summary>The files of the folder with their labels.</summary>
    /// <exception cref="MLPipelinesException">The folder is not of this form.</exception>
    internal static List<(string Label, string Path)> Files(string folder)
    {
        List<(string, string)> files = [];
        foreach (string labelFolder in Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal))
        {
            string label = Path.GetFileName(labelFolder);
            foreach (string path in Directory.EnumerateFiles(labelFolder).Order(StringComparer.Ordinal))
                if (!Path.GetFileName(path).StartsWith('.')) files.Add((label, path));
        }
        return files.Count > 0 ? files : throw new MLPipelinesException(
            $"{folder} is a folder without texts: expected one sub-folder per label, with one text file per row, such as {Path.Combine(folder, "complaint", "0001.txt")}. For a table, give the file.");
    }
}
