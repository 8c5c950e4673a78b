using MLPipelines.Data;

namespace MLPipelines;

/// <summary>The columns of a view and the ones that a transformer adds to them.</summary>
internal sealed class MappedView(BatchView source, DataViewSchema schema, IReadOnlyList<OutputColumn> added) : BatchView
{
    public override DataViewSchema Schema => schema;

    public override long? GetRowCount() => source.GetRowCount();

    internal override int RowsAtOnce => Math.Min(source.RowsAtOnce, added.Select(column => column.RowsAtOnce).DefaultIfEmpty(int.MaxValue).Min());

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        int inputCount = source.Schema.Count;
        bool[] needed = new bool[schema.Count];
        var kernels = new List<(int, ColumnKernel)>();
        foreach (int index in columns.Indices()) Need(index);
        var inputs = ColumnSet.Of(source.Schema, Enumerable.Range(0, inputCount).Where(i => needed[i]));
        int rows = kernels.Select(kernel => added[kernel.Item1 - inputCount].RowsAtOnce).DefaultIfEmpty(int.MaxValue).Min();
        return new Cursor(ShortRuns.Of(source.OpenBatches(inputs), inputs, rows), schema.Count, [.. kernels]);

        void Need(int index)
        {
            if (needed[index]) return;
            needed[index] = true;
            if (index < inputCount) return;
            OutputColumn column = added[index - inputCount];
            foreach (int from in column.Sources) Need(from);
            kernels.Add((index, column.CreateKernel()));
        }
    }

    private sealed class Cursor(BatchCursor source, int columnCount, (int Index, ColumnKernel Compute)[] kernels) : BatchCursor
    {
        private readonly Batch _output = new(columnCount);

        public override Batch? Next()
        {
            if (source.Next() is not { } input) return null;
            _output.Share(input);
            foreach (var (index, compute) in kernels) _output[index] = compute(_output);
            return _output;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
