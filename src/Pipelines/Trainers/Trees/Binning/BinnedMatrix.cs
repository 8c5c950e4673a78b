using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// A training set with one byte per row and column. Columns lie in groups, the bytes of a row side by side: the histograms of a group fit into the first-level cache, and a row's
/// gradient is read once for all of its columns.
/// </summary>
internal sealed unsafe class BinnedMatrix
{
    private const int RowsPerBlock = 1024, CellsPerGroup = 2080, ColumnsPerGroup = 16;

    private readonly PinnedArray<byte>[] _data;

    /// <param name="features">NaN for what is missing.</param>
    /// <param name="options">How bins are chosen.</param>
    /// <param name="team">Who does the work.</param>
    /// <param name="sharers">How many threads build the histograms of a node together; there are about as many groups, or a multiple.</param>
    internal BinnedMatrix(FeatureMatrix features, BoostingOptions options, WorkTeam team, int sharers)
    {
        RowCount = features.RowCount;
        FeatureCount = features.ColumnCount;
        Columns = [.. new BinSample(features, options).Columns(team)];
        Groups = Cut(sharers);
        _data = [.. Groups.Select(group => new PinnedArray<byte>(checked(RowCount * group.Width)))];
        Places = new ColumnPlace[Columns.Length];
        foreach (ColumnGroup group in Groups)
            for (int i = 0; i < group.Width; i++) Places[group.First + i] = new ColumnPlace(_data[group.Index].Pointer + i, group.Width);
        int blocks = (RowCount + RowsPerBlock - 1) / RowsPerBlock;
        if (features.IsDense) team.Run(blocks, block => FillDense(features, block * RowsPerBlock, Math.Min(RowCount, (block + 1) * RowsPerBlock)));
        else FillSparse(features, team, blocks);
    }

    internal int RowCount { get; }

    internal int FeatureCount { get; }

    /// <summary>The columns that can be split, by feature.</summary>
    internal BinColumn[] Columns { get; }

    internal ColumnGroup[] Groups { get; }

    internal ColumnPlace[] Places { get; }

    /// <summary>Where the histogram of each column starts among the cells of all; one more for the end.</summary>
    internal int[] Cells { get; private set; } = [];

    internal int CellCount => Cells[^1];

    /// <summary>The bytes of a group, row after row.</summary>
    internal byte* DataOf(int group) => _data[group].Pointer;

    private ColumnGroup[] Cut(int sharers)
    {
        Cells = new int[Columns.Length + 1];
        for (int i = 0; i < Columns.Length; i++) Cells[i + 1] = Cells[i] + Columns[i].BinCount;
        int count = Math.Max((CellCount + CellsPerGroup - 1) / CellsPerGroup, (Columns.Length + ColumnsPerGroup - 1) / ColumnsPerGroup);
        count = Math.Max(count, (int)(((long)RowCount * Columns.Length + int.MaxValue / 2) / (int.MaxValue / 2)) );
        count = Math.Min(Columns.Length, (count + sharers - 1) / sharers * sharers);
        var groups = new ColumnGroup[count];
        for (int i = 0; i < count; i++)
        {
            int first = (int)((long)Columns.Length * i / count), end = (int)((long)Columns.Length * (i + 1) / count);
            groups[i] = new ColumnGroup(i, first, end - first);
        }
        return groups;
    }

    private void FillDense(FeatureMatrix features, int from, int to)
    {
        fixed (float* values = features.Values)
        {
            for (int c = 0; c < Columns.Length; c++)
            {
                BinColumn column = Columns[c];
                ColumnPlace place = Places[c];
                if (column.SlotCount > 0)
                {
                    var slots = new SlotGroup(column.Feature, column.SlotCount);
                    for (int row = from; row < to; row++) place.Set(row, column.BinOfCode(CategoryCode.Of(features[row], slots)));
                    continue;
                }
                float* value = values + (nint)from * FeatureCount + column.Feature;
                for (int row = from; row < to; row++, value += FeatureCount) place.Set(row, column.BinOf(*value));
            }
        }
    }

    private void FillSparse(FeatureMatrix features, WorkTeam team, int blocks)
    {
        // Per feature its column, and the first slot of that column.
        int[] columnOf = new int[FeatureCount];
        Array.Fill(columnOf, -1);
        for (int c = 0; c < Columns.Length; c++) columnOf.AsSpan(Columns[c].Feature, Math.Max(1, Columns[c].SlotCount)).Fill(c);
        int[] zeros = Array.ConvertAll(Columns, column => column.SlotCount > 0 ? column.MissingBin : column.BinOf(0));
        team.Run(blocks, block =>
        {
            for (int row = block * RowsPerBlock, end = Math.Min(RowCount, row + RowsPerBlock); row < end; row++)
            {
                for (int c = 0; c < Columns.Length; c++) Places[c].Set(row, zeros[c]);
                RowVector<float> vector = features[row];
                for (int i = 0; i < vector.Indices.Length; i++)
                {
                    int feature = vector.Indices[i], c = columnOf[feature];
                    if (c < 0) continue;
                    BinColumn column = Columns[c];
                    if (column.SlotCount == 0) Places[c].Set(row, column.BinOf(vector.Values[i]));
                    else if (vector.Values[i] != 0) Places[c].Set(row, column.BinOfCode(feature - column.Feature));
                }
            }
        });
    }
}

/// <summary>Columns whose bytes lie side by side.</summary>
/// <param name="Index">Its number.</param>
/// <param name="First">Its first column.</param>
/// <param name="Width">How many columns it has.</param>
internal readonly record struct ColumnGroup(int Index, int First, int Width);

/// <summary>Where the bins of a column are.</summary>
internal readonly unsafe struct ColumnPlace(byte* first, int stride)
{
    internal byte* First { get; } = first;

    /// <summary>How far a row is from the next.</summary>
    internal int Stride { get; } = stride;

    internal int this[int row] => First[(nint)row * Stride];

    internal void Set(int row, int bin) => First[(nint)row * Stride] = (byte)bin;
}
