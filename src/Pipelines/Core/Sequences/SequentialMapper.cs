using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Walks through rows in order and holds the state that they lead to. It serves one reader.</summary>
internal abstract class SequentialMapper(DataViewSchema input, IReadOnlyList<AddedColumn> added)
{
    /// <summary>The number of columns that rows come with; the added ones follow them.</summary>
    internal int InputCount => input.Count;

    /// <summary>The input columns, then the added ones.</summary>
    internal DataViewSchema OutputSchema { get; } = Append(input, added);

    /// <summary>The indices of the input columns that are read.</summary>
    internal abstract IReadOnlyList<int> Sources { get; }

    /// <summary>Takes in one row, and appends a row to each added column.</summary>
    /// <param name="rows">The input.</param>
    /// <param name="row">Which row of it.</param>
    /// <param name="outputs">The added columns, in order. It allocates nothing.</param>
    internal abstract void Map(Batch rows, int row, BatchColumn[] outputs);

    /// <summary>What <see cref="Map"/> does, when rows come one at a time from an engine.</summary>
    internal virtual void Follow(Batch rows, int row, BatchColumn[] outputs, ForecastRequest request) => Map(rows, row, outputs);

    /// <summary>Appends what follows the rows so far, without a row; missing values where nothing can be said without one.</summary>
    internal virtual void Forecast(BatchColumn[] outputs, ForecastRequest request)
    {
        foreach (BatchColumn output in outputs) output.AppendMissing();
    }

    /// <summary>The transformer at the state that the rows so far have led to.</summary>
    internal abstract SequentialTransformer ToTransformer();

    private static DataViewSchema Append(DataViewSchema input, IReadOnlyList<AddedColumn> added)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        foreach (AddedColumn column in added) builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}

/// <summary>A column that a mapper adds.</summary>
internal readonly record struct AddedColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations = null);
