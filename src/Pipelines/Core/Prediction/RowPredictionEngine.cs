using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// Applies a model to rows given as names and values, so that a program needs no class per model. Safe to use from many threads.
/// </summary>
public sealed class RowPredictionEngine
{
    private static readonly string[] Usual = [ScoreColumns.PredictedLabel, ScoreColumns.Score, ScoreColumns.Probability];

    private readonly WorkspacePool<Workspace> _workspaces;
    private readonly string[] _outputs;

    internal RowPredictionEngine(ITransformer transformer, DataViewSchema inputSchema, IReadOnlyList<string>? outputColumns)
    {
        if (!transformer.IsRowToRowMapper)
            throw new ArgumentException("A prediction engine needs a model whose output rows each depend on one input row.", nameof(transformer));
        InputSchema = inputSchema;
        OutputSchema = transformer.GetOutputSchema(inputSchema);
        _outputs = outputColumns is not null ? [.. outputColumns]
            : Usual.Any(name => OutputSchema.GetColumnOrNull(name) is not null) ? [.. Usual.Where(name => OutputSchema.GetColumnOrNull(name) is not null)]
            : [.. OutputSchema.Where(c => !c.IsHidden && c.Index >= inputSchema.Count).Select(c => c.Name)];
        int[] indices = Array.ConvertAll(_outputs, name => OutputSchema[name].Index);
        _workspaces = new WorkspacePool<Workspace>(() => new Workspace(transformer, inputSchema, indices));
        Workspace first = _workspaces.Take();
        RequiredColumns = [.. inputSchema.Where(c => first.Input.Columns[c.Index] is not null).Select(c => c.Name)];
        _workspaces.Return(first);
    }

    /// <summary>The columns that the model was made for.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>All columns that the model gives for a row.</summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>The columns that a row must have for the outputs to be computed.</summary>
    public IReadOnlyList<string> RequiredColumns { get; }

    /// <summary>The prediction for one row.</summary>
    /// <param name="row">
    /// Values by column name: numbers, text, truth values, times, arrays of these, or <see cref="System.Text.Json.JsonElement"/>s;
    /// <see langword="null"/> for a missing value. Names that the model does not need are ignored.
    /// </param>
    /// <returns>The values of the output columns by name: numbers, strings, or arrays of these.</returns>
    /// <exception cref="MLPipelinesException">A column is absent, or its value is of a wrong type.</exception>
    public IReadOnlyDictionary<string, object?> Predict(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Workspace workspace = _workspaces.Take();
        workspace.Input.Clear();
        foreach (DataViewSchema.Column column in InputSchema)
        {
            if (workspace.Input.Columns[column.Index] is not { } target) continue;
            if (!row.TryGetValue(column.Name, out object? value))
                throw new MLPipelinesException($"The row has no value for column '{column.Name}'. The model needs: {string.Join(", ", RequiredColumns)}; found: {string.Join(", ", row.Keys)}.");
            ObjectAppender.Append(target, column, value);
        }
        Batch batch = workspace.Cursor.Next()!;
        var prediction = new Dictionary<string, object?>(_outputs.Length, StringComparer.Ordinal);
        for (int i = 0; i < _outputs.Length; i++) prediction.Add(_outputs[i], batch[workspace.Outputs[i]].GetObject(0));
        // After an error the workspace is not given back: what it holds is in no known state.
        _workspaces.Return(workspace);
        return prediction;
    }

    private sealed class Workspace
    {
        internal Workspace(ITransformer transformer, DataViewSchema source, int[] outputs)
        {
            Input = new OneRowView(source);
            Outputs = outputs;
            BatchView output = BatchView.Of(transformer.Transform(Input));
            Cursor = output.OpenBatches(ColumnSet.Of(output.Schema, outputs));
        }

        internal OneRowView Input { get; }

        internal int[] Outputs { get; }

        internal BatchCursor Cursor { get; }
    }
}
