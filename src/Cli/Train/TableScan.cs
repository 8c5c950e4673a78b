using MLPipelines.Cli.Input;
using MLPipelines.Data;
using MLPipelines.Scenarios.TabularPrediction;

namespace MLPipelines.Cli.Train;

/// <summary>Reads a whole table once to see what each column holds: a number in the first rows may be a word in the last.</summary>
internal static class TableScan
{
    internal static IReadOnlyList<ColumnProfile> Read(MLContext context, DataFile file, IReadOnlyList<int> columns)
    {
        ColumnProfile[] profiles = [.. columns.Select(i => new ColumnProfile(file.Columns[i], file.DecimalMark))];
        BatchView view = BatchView.Of(file.Load(context, [.. columns.Select(i => file.Column(i, DataKind.String))]));
        using BatchCursor cursor = view.OpenBatches(ColumnSet.All(view.Schema));
        while (cursor.Next() is { } batch)
        {
            for (int i = 0; i < profiles.Length; i++)
            {
                var column = (TextColumn)batch[i];
                for (int row = 0; row < column.RowCount; row++) profiles[i].Add(column[row]);
            }
        }
        return profiles;
    }
}
