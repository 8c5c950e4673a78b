using System.Globalization;

namespace MLPipelines.Data;

/// <summary>Writes the values of one column as fields: one, or one per item of a vector.</summary>
internal abstract class FieldWriter(DataViewSchema.Column column)
{
    /// <summary>The column's values in the current run of rows.</summary>
    internal BatchColumn Column { get; set; } = BatchColumn.Create(column.Type);

    /// <summary>Whether items that are the default can be left out.</summary>
    internal virtual bool CanBeSparse => true;

    /// <summary>Whether the fields have names to be put in a header.</summary>
    internal bool HasNames => column.Type is not VectorDataViewType || SlotNames is not null;

    private string[]? SlotNames { get; } = column.Type is VectorDataViewType { IsKnownSize: true } ? column.SlotNamesOrNull() : null;

    internal void WriteNames(DelimitedWriter writer)
    {
        if (column.Type is not VectorDataViewType vector) writer.WriteField(column.Name);
        else
            for (int i = 0; i < vector.Size; i++) writer.WriteField(SlotNames?[i] ?? "");
    }

    /// <summary>How many fields a row has.</summary>
    internal abstract int LengthOf(int row);

    /// <summary>How many of them differ from the default.</summary>
    internal abstract int StoredOf(int row);

    internal abstract void WriteDense(int row, DelimitedWriter writer);

    /// <summary>Writes the items that differ from the default as index and value.</summary>
    internal abstract void WriteSparse(int row, int offset, DelimitedWriter writer);

    /// <summary>Writes the default as index and value.</summary>
    internal abstract void WriteDefault(int index, DelimitedWriter writer);

    /// <exception cref="NotSupportedException">Text cannot hold values of the column's type.</exception>
    internal static FieldWriter Create(DataViewSchema.Column column) => RawTypes.Dispatch(RawTypes.ItemTypeOf(column.Type), new Factory(column));

    private sealed class Factory(DataViewSchema.Column column) : RawTypes.IVisitor<FieldWriter>
    {
        public FieldWriter Visit<T>()
        {
            if (typeof(T) == typeof(ReadOnlyMemory<char>)) return new TextFieldWriter(column);
            if (typeof(T) == typeof(DataViewRowId))
                throw new NotSupportedException($"Column '{column.Name}' is {column.Type}, which text files cannot hold. Leave it out with DropColumns, or use SaveAsBinary.");
            return new ValueFieldWriter<T>(column);
        }
    }
}

/// <summary>Writes text.</summary>
internal sealed class TextFieldWriter(DataViewSchema.Column column) : FieldWriter(column)
{
    // Quotes would not be understood behind an index.
    internal override bool CanBeSparse => false;

    internal override int LengthOf(int row) => Column is TextVectorColumn texts ? texts.LengthOf(row) : 1;

    internal override int StoredOf(int row) => LengthOf(row);

    internal override void WriteDense(int row, DelimitedWriter writer)
    {
        if (Column is TextColumn one) writer.WriteField(one[row]);
        else if (Column is TextVectorColumn texts)
            for (int i = 0; i < texts.LengthOf(row); i++) writer.WriteField(texts[row, i]);
    }

    internal override void WriteSparse(int row, int offset, DelimitedWriter writer) => throw new NotSupportedException("Text is written dense.");

    internal override void WriteDefault(int index, DelimitedWriter writer) => throw new NotSupportedException("Text is written dense.");
}

/// <summary>Writes numbers, keys, truth values and times, in as many digits as read back as the same value.</summary>
internal sealed class ValueFieldWriter<T>(DataViewSchema.Column column) : FieldWriter(column)
{
    private const int LongestValue = 64, LongestIndex = 12;

    private readonly bool _isKey = RawTypes.ItemTypeOf(column.Type) is KeyDataViewType;

    internal override int LengthOf(int row) => Column is VectorColumn<T> vectors ? vectors[row].Length : 1;

    internal override int StoredOf(int row)
    {
        int count = 0;
        foreach (T value in ItemsOf(row).Values)
            if (!IsDefault(value)) count++;
        return count;
    }

    internal override void WriteDense(int row, DelimitedWriter writer)
    {
        RowVector<T> items = ItemsOf(row);
        int at = 0;
        for (int i = 0; i < items.Length; i++)
        {
            if (items.IsDense) WriteItem(items.Values[i], writer);
            else WriteItem(at < items.Indices.Length && items.Indices[at] == i ? items.Values[at++] : default!, writer);
        }
    }

    internal override void WriteSparse(int row, int offset, DelimitedWriter writer)
    {
        RowVector<T> items = ItemsOf(row);
        for (int i = 0; i < items.Values.Length; i++)
            if (!IsDefault(items.Values[i])) WriteItem(offset + (items.IsDense ? i : items.Indices[i]), items.Values[i], writer);
    }

    internal override void WriteDefault(int index, DelimitedWriter writer) => WriteItem(index, default!, writer);

    private RowVector<T> ItemsOf(int row) =>
        Column is VectorColumn<T> vectors ? vectors[row] : RowVector<T>.Dense(((ValueColumn<T>)Column).Values.Slice(row, 1));

    private static bool IsDefault(T value) => EqualityComparer<T>.Default.Equals(value, default);

    private void WriteItem(T value, DelimitedWriter writer)
    {
        Span<char> text = stackalloc char[LongestValue];
        writer.WriteField(text[..Format(value, text)]);
    }

    private void WriteItem(int index, T value, DelimitedWriter writer)
    {
        Span<char> text = stackalloc char[LongestIndex + LongestValue];
        index.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        text[length++] = ':';
        writer.WriteRawFields(text[..(length + Format(value, text[length..]))]);
    }

    private int Format(T value, Span<char> text)
    {
        if (_isKey) return FormatKey(value, text);
        // Which of these it is, is settled when the method is compiled for a type: nothing is boxed.
        int length = 0;
        switch (value)
        {
            case float number when float.IsNaN(number):
            case double real when double.IsNaN(real):
                text[length++] = '?';
                break;
            case bool truth: text[length++] = truth ? '1' : '0'; break;
            // The offset of a local time would move it to another time when it is read.
            case DateTime time: DateTime.SpecifyKind(time, DateTimeKind.Unspecified).TryFormat(text, out length, "O", CultureInfo.InvariantCulture); break;
            case DateTimeOffset time: time.TryFormat(text, out length, "O", CultureInfo.InvariantCulture); break;
            case ISpanFormattable number: number.TryFormat(text, out length, default, CultureInfo.InvariantCulture); break;
        }
        return length;
    }

    /// <summary>Key k is written as k − 1; a missing key is empty.</summary>
    private static int FormatKey(T value, Span<char> text)
    {
        ulong key = value switch { byte k => k, ushort k => k, uint k => k, ulong k => k, _ => 0 };
        int length = 0;
        if (key > 0) (key - 1).TryFormat(text, out length, default, CultureInfo.InvariantCulture);
        return length;
    }
}
