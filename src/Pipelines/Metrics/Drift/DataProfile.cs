using System.Collections.ObjectModel;
using MLPipelines.Data;

namespace MLPipelines.Drift;

/// <summary>Sketches of the columns that a model learned from and of what it predicted, kept with the model to compare later rows with.</summary>
public sealed record DataProfile
{
    private static readonly ReadOnlyCollection<ColumnSketch> None = ReadOnlyCollection<ColumnSketch>.Empty;

    /// <summary>The columns that the model predicts from.</summary>
    public IReadOnlyList<ColumnSketch> Inputs { get; init => field = value ?? None; } = None;

    /// <summary>What it predicted: labels, and scores. Of a score per label, the largest.</summary>
    public IReadOnlyList<ColumnSketch> Outputs { get; init => field = value ?? None; } = None;

    /// <summary>Which rows the outputs are of: <c>test</c>, or <c>training</c>, on which models are surer than on others.</summary>
    public string? OutputsOf { get; init; }

    /// <summary>
    /// Sketches columns in one pass over the rows, in memory that does not grow with them. The same rows in the same order make the same
    /// sketches.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns wanted. Vectors are left out, but for a score per label; so are images.</param>
    /// <param name="maximumRows">The number of rows to look at, the first ones.</param>
    public static IReadOnlyList<ColumnSketch> Sketch(IDataView data, IEnumerable<string> columns, long maximumRows = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(columns);
        BatchView view = BatchView.Of(data);
        List<(DataViewSchema.Column Column, ColumnFeed Feed, SketchBuilder Builder)> sketched = [];
        foreach (string name in columns)
        {
            DataViewSchema.Column column = view.Schema[name];
            if (ColumnFeed.Of(column) is { } feed) sketched.Add((column, feed, new SketchBuilder(name, feed.Kind)));
        }
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, sketched.Select(one => one.Column)));
        while (maximumRows > 0 && cursor.Next() is { } batch)
        {
            int rows = (int)Math.Min(maximumRows, batch.RowCount);
            foreach (var (column, feed, builder) in sketched) feed.Add(batch[column.Index], 0, rows, builder);
            maximumRows -= rows;
        }
        return [.. sketched.Select(one => one.Builder.ToSketch())];
    }
}
