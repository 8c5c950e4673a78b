using MLPipelines.Data;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>
/// How much a model relies on each column of a table: by how much a metric gets worse when the values of the column are dealt out to
/// other rows (permutation importance; Breiman 2001, Fisher et al. 2019). The model is the whole chain, so that the columns are those of the table and not
/// the features made of them.
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Decline">The mean decline of the metric; below 0 where it got better.</param>
public sealed record ColumnImportance(string Column, double Decline)
{
    /// <summary>Measures each column, the most important one first.</summary>
    /// <param name="context">Its seed fixes how values are dealt out.</param>
    /// <param name="rows">Rows that the model did not learn from.</param>
    /// <param name="columns">The columns to measure.</param>
    /// <param name="measure">Applies the model to rows, and gives the metric.</param>
    /// <param name="isHigherBetter">Whether more of the metric is better.</param>
    /// <param name="mostRows">How many rows are taken, at random.</param>
    /// <param name="permutations">How many times each column is dealt out.</param>
    public static IReadOnlyList<ColumnImportance> Measure(MLContext context, IDataView rows, IReadOnlyList<string> columns,
        Func<IDataView, double> measure, bool isHigherBetter, int mostRows = 2000, int permutations = 3)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(measure);
        int seed = context.Environment.SeedFor(nameof(ColumnImportance));
        BatchView view = BatchView.Of(context.Data.TakeRows(context.Data.ShuffleRows(rows, seed), mostRows));
        BatchColumn[] values = view.ReadColumns([.. view.Schema.Select(column => column.Index)]);
        double before = measure(new BlockView(view.Schema, [values]));
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, values.Length == 0 ? 0 : values[0].RowCount)];
        List<ColumnImportance> found = [];
        foreach (string column in columns)
        {
            int index = view.Schema[column].Index;
            double decline = 0;
            for (int i = 0; i < permutations; i++)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                random.Shuffle(order);
                BatchColumn dealt = values[index].CreateEmpty();
                dealt.Append(values[index], order);
                BatchColumn[] changed = [.. values];
                changed[index] = dealt;
                double after = measure(new BlockView(view.Schema, [changed]));
                decline += (isHigherBetter ? before - after : after - before) / permutations;
            }
            found.Add(new(column, decline));
        }
        return [.. found.OrderByDescending(one => one.Decline)];
    }
}
