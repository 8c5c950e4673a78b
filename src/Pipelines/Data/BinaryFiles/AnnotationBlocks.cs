namespace MLPipelines.Data;

/// <summary>Annotations as columns of one row, which is how binary files hold them.</summary>
internal static class AnnotationBlocks
{
    internal static BatchColumn ToColumn(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        BatchColumn column = BatchColumn.Create(annotation.Type);
        using var row = new AnnotationRow(annotations);
        RowAppender.Create(row, annotation, column)();
        return column;
    }

    internal static void Add(DataViewSchema.Annotations.Builder builder, string name, DataViewType type, BatchColumn column) =>
        RawTypes.Dispatch(RawTypes.ItemTypeOf(type), new Adder(builder, name, type, column));

    private sealed class Adder(DataViewSchema.Annotations.Builder builder, string name, DataViewType type, BatchColumn column) : RawTypes.IVisitor<bool>
    {
        public bool Visit<T>()
        {
            var batch = new Batch(1) { RowCount = 1, [0] = column };
            Delegate getter = column.CreateGetter(new RowPlace { Batch = batch }, 0);
            if (type is VectorDataViewType) builder.Add(name, type, (ValueGetter<VBuffer<T>>)getter);
            else builder.Add(name, type, (ValueGetter<T>)getter);
            return true;
        }
    }

    /// <summary>Annotations as a row.</summary>
    private sealed class AnnotationRow(DataViewSchema.Annotations annotations) : DataViewRow
    {
        public override DataViewSchema Schema => annotations.Schema;

        public override long Position => 0;

        public override long Batch => 0;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => annotations.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;
    }
}
