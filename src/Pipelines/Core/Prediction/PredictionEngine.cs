using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// Applies a model to one object at a time. Safe to use from many threads at once; in steady state a prediction allocates
/// nothing but its result.
/// </summary>
public sealed class PredictionEngine<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TSrc,
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TDst> : IDisposable
    where TSrc : class
    where TDst : class
{
    private readonly RowBinder<TSrc> _source;
    private readonly RowReader<TDst> _reader;
    private readonly WorkspacePool<Workspace> _workspaces;

    internal PredictionEngine(ITransformer transformer, RowBinder<TSrc> source, RowBinder<TDst> prediction, bool ignoreMissingColumns)
    {
        if (!transformer.IsRowToRowMapper)
            throw new ArgumentException("A prediction engine needs a model whose output rows each depend on one input row.", nameof(transformer));
        _source = source;
        OutputSchema = transformer.GetOutputSchema(source.Schema);
        _reader = prediction.CreateReader(OutputSchema, ignoreMissingColumns);
        _workspaces = new WorkspacePool<Workspace>(() => new Workspace(transformer, source.Schema, _reader.Columns));
        // The first workspace is made here: what does not fit is found now, not at the first prediction.
        _workspaces.Return(_workspaces.Take());
    }

    /// <summary>All columns that the model gives for a row.</summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>The prediction for one object.</summary>
    public TDst Predict(TSrc example)
    {
        TDst prediction = null!;
        Predict(example, create: true, ref prediction);
        return prediction;
    }

    /// <summary>Writes the prediction for one object into an object that exists; its arrays are reused where they fit.</summary>
    public void Predict(TSrc example, ref TDst prediction) => Predict(example, create: false, ref prediction);

    private void Predict(TSrc example, bool create, ref TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        Workspace workspace = _workspaces.Take();
        workspace.Input.Clear();
        _source.Append(example, workspace.Input.Columns);
        Batch batch = workspace.Cursor.Next()!;
        if (create) prediction = _reader.Create(batch, 0);
        else _reader.Fill(batch, 0, ref prediction);
        // After an error the workspace is not given back: what it holds is in no known state.
        _workspaces.Return(workspace);
    }

    /// <summary>Nothing is held that needs freeing; kept so that code written for engines that do works as it is.</summary>
    public void Dispose() { }

    private sealed class Workspace
    {
        internal Workspace(ITransformer transformer, DataViewSchema source, IEnumerable<int> outputs)
        {
            Input = new OneRowView(source);
            BatchView output = BatchView.Of(transformer.Transform(Input));
            Cursor = output.OpenBatches(ColumnSet.Of(output.Schema, outputs));
        }

        internal OneRowView Input { get; }

        internal BatchCursor Cursor { get; }
    }
}
