using MLPipelines.Data;

namespace MLPipelines.Scenarios.Tables;

/// <summary>Which columns of a file a model is applied to.</summary>
internal sealed class ModelColumns
{
    private readonly DataViewSchema _schema;
    private readonly HashSet<string> _needed;

    /// <param name="model">The model.</param>
    /// <param name="schema">The columns that it was made for.</param>
    /// <param name="outputs">The columns of its output that are wanted.</param>
    internal ModelColumns(ITransformer model, DataViewSchema schema, IEnumerable<string> outputs)
    {
        _schema = schema;
        // Opening what the model makes of a view shows which columns are read for it.
        var probe = new FilledView(schema);
        BatchView output = BatchView.Of(model.Transform(probe));
        output.OpenBatches(ColumnSet.Of(output.Schema, outputs.Select(name => output.Schema[name].Index))).Dispose();
        _needed = [.. probe.Needed.Select(index => schema[index].Name)];
    }

    /// <summary>The names that a file must have.</summary>
    internal IReadOnlyCollection<string> Needed => _needed;

    /// <summary>How the columns are read from a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="modelPath">What messages call the model.</param>
    /// <param name="option">What the file was given by.</param>
    /// <exception cref="MLPipelinesException">The file lacks one of them; the message lists all that are missing.</exception>
    internal IEnumerable<TextLoader.Column> In(DataFile file, string modelPath, string option = "--dataset")
    {
        string[] missing = [.. _needed.Where(name => _schema[name].Type is not VectorDataViewType && file.Find(name) is null)];
        if (missing.Length > 0)
        {
            string names = string.Join(", ", missing.Select(name => $"'{name}'"));
            throw new MLPipelinesException($"{file.Name} has no column {names}, which {modelPath} predicts from.{NearNames.Hint(missing[0], file.Columns)} {file.Listing()}");
        }
        foreach (DataViewSchema.Column column in _schema)
        {
            if (column.IsHidden) continue;
            if (column.Type is VectorDataViewType vector)
            {
                yield return Vector(file, column, vector, modelPath, option);
                continue;
            }
            if (DataKinds.OfMember(column.Type.RawType) is not { } kind || column.Type is KeyDataViewType)
                throw new MLPipelinesException($"{modelPath} predicts from column '{column.Name}' of type {column.Type}, which a text file cannot hold. Apply it from a program.");
            // A column that no output depends on, such as the label, is never read: any field stands for it.
            yield return new TextLoader.Column(column.Name, kind, file.Find(column.Name) ?? 0);
        }
    }

    private TextLoader.Column Vector(DataFile file, DataViewSchema.Column column, VectorDataViewType vector, string modelPath, string option)
    {
        string[]? slots = column.SlotNamesOrNull();
        if (!_needed.Contains(column.Name)) slots = [.. Enumerable.Repeat(file.Columns[0], Math.Max(vector.Size, 1))];
        if (slots is null || DataKinds.OfMember(vector.ItemType.RawType) is not { } kind)
            throw new MLPipelinesException($"{modelPath} predicts from column '{column.Name}' of type {column.Type}, whose items have no names to find in a file. Apply it from a program.");
        return new TextLoader.Column(column.Name, kind, [.. slots.Select(slot => new TextLoader.Range(file.IndexOf(slot, option)))]) { IsVector = true };
    }
}
