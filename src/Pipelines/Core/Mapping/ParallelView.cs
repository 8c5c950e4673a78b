using MLPipelines.Data;

namespace MLPipelines;

/// <summary>What a transformer makes of a view, computed by several threads. The rows and their order are those of one thread.</summary>
internal sealed class ParallelView(BatchView source, ITransformer transformer, int threads, CancellationToken cancellation) : BatchView
{
    public override DataViewSchema Schema { get; } = transformer.GetOutputSchema(source.Schema);

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns) =>
        new Cursor(new ParallelBatches<Batch>(source, transformer, [.. columns.Indices()], threads, () => batch => batch, cancellation));

    private sealed class Cursor(ParallelBatches<Batch> batches) : BatchCursor
    {
        public override Batch? Next() => batches.TryNext(out Batch batch) ? batch : null;

        protected override void Dispose(bool disposing) => batches.Dispose();
    }
}
