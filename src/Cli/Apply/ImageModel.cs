using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;

namespace MLPipelines.Cli.Apply;

/// <summary>Tells models of pictures from others, gives them pictures, and measures them.</summary>
internal static class ImageModel
{
    private static readonly string[] Tables = [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".csv.gz", ".tsv.gz", ".txt.gz"];

    /// <summary>Whether a model predicts from pictures.</summary>
    internal static bool Is(DataViewSchema schema) => ImageClassifier.ColumnIn(schema) is not null;

    /// <summary>Measures a model on labelled pictures.</summary>
    internal static Evaluation Evaluate(MLContext context, ITransformer model, DataViewSchema schema, string dataset, string? labelColumn, string? pathColumn, CommandHost host)
    {
        LabelledImages images = ImageFiles.Labelled(dataset, labelColumn, pathColumn, host.Error.WriteLine, host.Cancellation);
        var rows = new ImageRows(images, host.Cancellation);
        var scored = ScoredImages.Of(context, rows, new ImageClassifier(context, model, schema));
        if (ImageFiles.Unreadable(rows.Problems) is { } told) host.Error.WriteLine(told);
        return Evaluator.Classes(context, scored.Rows, ImageRows.LabelColumn);
    }

    /// <summary>The pictures that are to be predicted, each with its row.</summary>
    /// <param name="dataset">A picture; a folder, an archive or an IDX file of pictures; or a table with a column of their paths.</param>
    /// <param name="pathColumn">That column.</param>
    /// <param name="format">How the table is laid out.</param>
    /// <param name="host">Is cancelled.</param>
    /// <param name="context">Reads the table.</param>
    internal static (ImageRows Rows, DataFile? Table) Open(string dataset, string? pathColumn, InputFormat format, CommandHost host, MLContext context)
    {
        if (!Array.Exists(Tables, end => dataset.EndsWith(end, StringComparison.OrdinalIgnoreCase)) || Directory.Exists(dataset))
            return (new ImageRows(ImageInput.Unlabelled(dataset, host.Cancellation), host.Cancellation), null);
        DataFile file = DataFile.Open(dataset, format, host, pathColumn is null ? [] : [pathColumn]);
        int path = pathColumn is not null ? file.IndexOf(pathColumn, "--path-col") : PathColumn(file);
        IDataView rows = file.Load(context, file.RawColumn("row"), file.Column(path, DataKind.String, "path"));
        string[] paths = [.. rows.GetColumn<string>("path")], texts = [.. rows.GetColumn<string>("row")];
        if (paths.Length == 0) throw new MLPipelinesException($"{file.Name} has a header and no rows.");
        LabelledImages images = ImageInput.Unlabelled(Path.GetDirectoryName(Path.GetFullPath(dataset))!, paths);
        return (new ImageRows(images, host.Cancellation) { Texts = file.Columns.Count == 1 ? paths : texts }, file);
    }

    /// <summary>The column that is called so, or else the first one.</summary>
    private static int PathColumn(DataFile file)
    {
        string[] usual = ["path", "file", "filename", "image", "img"];
        for (int i = 0; i < file.Columns.Count; i++)
            if (usual.Contains(file.Columns[i].Split('_', ' ')[0], StringComparer.OrdinalIgnoreCase)) return i;
        return 0;
    }
}
