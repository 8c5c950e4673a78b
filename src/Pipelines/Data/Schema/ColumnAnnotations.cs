using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Reads the usual annotations of a column.</summary>
public static class ColumnAnnotations
{
    public static bool HasSlotNames(this DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.SlotNames) is not null;

    public static void GetSlotNames(this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames) =>
        column.Annotations.GetValue(AnnotationKinds.SlotNames, ref slotNames);

    public static bool HasKeyValues(this DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not null;

    public static void GetKeyValues<TValue>(this DataViewSchema.Column column, ref VBuffer<TValue> keyValues) =>
        column.Annotations.GetValue(AnnotationKinds.KeyValues, ref keyValues);

    public static bool IsNormalized(this DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.IsNormalized) is null) return false;
        bool value = false;
        column.Annotations.GetValue(AnnotationKinds.IsNormalized, ref value);
        return value;
    }

    /// <summary>The slot names as strings, or <see langword="null"/> when the column has none.</summary>
    internal static string[]? SlotNamesOrNull(this DataViewSchema.Column column)
    {
        if (!column.HasSlotNames()) return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    internal static DataViewSchema.Annotations WithSlotNames(IReadOnlyList<string> names, DataViewSchema.Annotations? others = null)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (others is not null) builder.Add(others, kind => kind != AnnotationKinds.SlotNames);
        builder.AddSlotNames(names.Count, TextValues(names));
        return builder.ToAnnotations();
    }

    internal static ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextValues(IReadOnlyList<string> texts)
    {
        ReadOnlyMemory<char>[] values = [.. texts.Select(text => text.AsMemory())];
        return (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(values.Length, values).CopyTo(ref value);
    }
}
