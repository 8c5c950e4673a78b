using System.Globalization;

namespace MLPipelines.Data;

/// <summary>
/// Rows dealt out to parts: the seed and the rows decide, nothing else. The parts are found when first asked for, by one reading
/// of the column that decides (of no column where none does), and take 4 bytes per row.
/// </summary>
internal sealed class RowPartition
{
    private readonly BatchView _source;
    private readonly Lazy<int[]> _parts;

    private RowPartition(BatchView source, Func<int[]> deal) => (_source, _parts) = (source, new Lazy<int[]>(deal));

    /// <summary>Part 0 has about the given fraction of the rows, at least one and not all; part 1 the others.</summary>
    internal static RowPartition ByFraction(BatchView source, double fraction, SplitColumn split, int seed) => new(source, () =>
    {
        int[]? groups = split.Column is { } column ? RowGroups.Read(source, column) : null;
        int rows = groups?.Length ?? CountRows(source);
        int wanted = rows < 2 ? 0 : (int)Math.Clamp(Math.Round(rows * fraction), 1, rows - 1);
        if (groups is not null && split.KeepsTogether) return WholeGroups(groups, [wanted, rows - wanted], seed);
        int[] order = Shuffled(rows, seed), parts = new int[rows];
        Array.Fill(parts, 1);
        if (groups is null)
        {
            foreach (int row in order.AsSpan(0, wanted)) parts[row] = 0;
            return parts;
        }
        // Every (rows / wanted)-th row of the rows sorted by class: each class gets its share. A class of one row stays whole in part 1.
        int[] sizes = SizesOf(groups);
        order = [.. order.Where(row => sizes[groups[row]] > 1).OrderBy(row => groups[row])];
        long quota = Math.Min(wanted, order.Length);
        for (int i = 0; i < order.Length; i++)
            if (((2 * (i + 1) * quota) + order.Length) / (2 * order.Length) > ((2 * i * quota) + order.Length) / (2 * order.Length)) parts[order[i]] = 0;
        return parts;
    });

    /// <summary>Parts of the same size, give or take a row.</summary>
    internal static RowPartition ByFolds(BatchView source, int count, SplitColumn split, int seed) => new(source, () =>
    {
        int[]? groups = split.Column is { } column ? RowGroups.Read(source, column) : null;
        int rows = groups?.Length ?? CountRows(source);
        int dealt = split.KeepsTogether && groups is not null ? SizesOf(groups).Length : rows;
        if (dealt < count)
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"{count} folds need at least {count} {(dealt == rows ? "rows" : $"values in column '{split.Column!.Value.Name}'")}; the data has {dealt}."));
        if (groups is not null && split.KeepsTogether) return WholeGroups(groups, [.. Enumerable.Repeat((double)rows / count, count)], seed);
        int[] order = Shuffled(rows, seed), parts = new int[rows];
        if (groups is not null) order = [.. order.OrderBy(row => groups[row])];
        for (int i = 0; i < rows; i++) parts[order[i]] = i % count;
        return parts;
    });

    /// <summary>The rows of one part, or all others, in their order.</summary>
    internal IDataView Select(int part, bool others = false)
    {
        return new RowSelectionView(_source, CreateSelector, rowCount: () =>
            _parts.IsValueCreated || _source.GetRowCount() is not null ? _parts.Value.LongCount(p => p == part != others) : null);

        RowSelector CreateSelector()
        {
            int next = 0;
            return (batch, selected) =>
            {
                int[] parts = _parts.Value;
                if (next + batch.RowCount > parts.Length) throw new InvalidOperationException("The data has more rows than when it was split.");
                for (int row = 0; row < batch.RowCount; row++)
                    if (parts[next + row] == part != others) selected.Add(row);
                next += batch.RowCount;
                return true;
            };
        }
    }

    /// <summary>Deals whole groups, in random order, each to the part that lacks most rows.</summary>
    private static int[] WholeGroups(int[] groups, double[] wanted, int seed)
    {
        int[] sizes = SizesOf(groups), partOf = new int[sizes.Length];
        foreach (int group in Shuffled(sizes.Length, seed))
        {
            int part = Array.IndexOf(wanted, wanted.Max());
            partOf[group] = part;
            wanted[part] -= sizes[group];
        }
        return Array.ConvertAll(groups, group => partOf[group]);
    }

    private static int[] SizesOf(int[] groups)
    {
        int[] sizes = new int[groups.Length == 0 ? 0 : groups.Max() + 1];
        foreach (int group in groups) sizes[group]++;
        return sizes;
    }

    private static int[] Shuffled(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return order;
    }

    private static int CountRows(BatchView view)
    {
        if (view.GetRowCount() is { } known) return checked((int)known);
        int count = 0;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.None(view.Schema));
        while (cursor.Next() is { } batch) count = checked(count + batch.RowCount);
        return count;
    }
}

/// <summary>The column that a split looks at, if any, and whether rows of one value stay together or are shared out evenly.</summary>
internal readonly record struct SplitColumn(DataViewSchema.Column? Column, bool KeepsTogether)
{
    internal static SplitColumn Of(DataViewSchema schema, string? samplingKeyColumnName, string? stratificationColumnName)
    {
        if (samplingKeyColumnName is not null && stratificationColumnName is not null)
            throw new ArgumentException("A split keeps the rows of one key together or the shares of the classes alike, not both; give one of the two columns.", nameof(stratificationColumnName));
        if (samplingKeyColumnName is not null) return new(RowGroups.Require(schema, samplingKeyColumnName, nameof(samplingKeyColumnName)), KeepsTogether: true);
        return stratificationColumnName is null ? default
            : new(RowGroups.Require(schema, stratificationColumnName, nameof(stratificationColumnName)), KeepsTogether: false);
    }
}
