namespace MLPipelines.Data;

/// <summary>A string; <see langword="null"/> becomes empty text.</summary>
internal sealed class StringCell() : Cell<string?>(TextDataViewType.Instance, isVector: false)
{
    private readonly RecentStrings _recent = new();

    internal override bool ReusesValues => true;

    internal override void Append(string? value, BatchColumn column) => ((TextColumn)column).Append(value);

    internal override string Read(BatchColumn column, int row, string? old)
    {
        ReadOnlySpan<char> text = ((TextColumn)column)[row];
        return old is not null && text.SequenceEqual(old) ? old : _recent.Get(text);
    }
}

/// <summary>Text as memory.</summary>
internal sealed class TextCell() : Cell<ReadOnlyMemory<char>>(TextDataViewType.Instance, isVector: false)
{
    internal override void Append(ReadOnlyMemory<char> value, BatchColumn column) => ((TextColumn)column).Append(value.Span);

    internal override ReadOnlyMemory<char> Read(BatchColumn column, int row, ReadOnlyMemory<char> old) => ((TextColumn)column).Keep(row);
}

/// <summary>An array of strings.</summary>
internal sealed class StringArrayCell(string owner) : Cell<string?[]?>(TextDataViewType.Instance, isVector: true)
{
    private readonly RecentStrings _recent = new();

    internal override bool ReusesValues => true;

    internal override void Append(string?[]? value, BatchColumn column)
    {
        var texts = (TextVectorColumn)column;
        if (value is null)
        {
            texts.AppendMissing();
            return;
        }
        VectorLength.Check(value.Length, texts.Size, owner);
        foreach (string? text in value) texts.AppendItem(text);
        texts.EndRow();
    }

    internal override string?[] Read(BatchColumn column, int row, string?[]? old)
    {
        var texts = (TextVectorColumn)column;
        int length = texts.LengthOf(row);
        string?[] values = old is not null && old.Length == length ? old : length == 0 ? [] : new string[length];
        for (int i = 0; i < length; i++) values[i] = _recent.Get(texts[row, i]);
        return values;
    }
}

/// <summary>An array of texts as memory.</summary>
internal sealed class TextArrayCell(string owner) : Cell<ReadOnlyMemory<char>[]?>(TextDataViewType.Instance, isVector: true)
{
    internal override bool ReusesValues => true;

    internal override void Append(ReadOnlyMemory<char>[]? value, BatchColumn column)
    {
        if (value is null) column.AppendMissing();
        else TextBufferCell.Append(value, (TextVectorColumn)column, owner);
    }

    internal override ReadOnlyMemory<char>[] Read(BatchColumn column, int row, ReadOnlyMemory<char>[]? old)
    {
        var texts = (TextVectorColumn)column;
        int length = texts.LengthOf(row);
        var values = old is not null && old.Length == length ? old : length == 0 ? [] : new ReadOnlyMemory<char>[length];
        for (int i = 0; i < length; i++) values[i] = texts.Items.Keep(texts.Starts[row] + i);
        return values;
    }
}

/// <summary>A vector of texts.</summary>
internal sealed class TextBufferCell(string owner) : Cell<VBuffer<ReadOnlyMemory<char>>>(TextDataViewType.Instance, isVector: true)
{
    internal override bool ReusesValues => true;

    internal override void Append(VBuffer<ReadOnlyMemory<char>> value, BatchColumn column)
    {
        if (value.Length == 0) column.AppendMissing();
        else Append(value.IsDense ? value.GetValues() : value.ToDenseArray(), (TextVectorColumn)column, owner);
    }

    internal static void Append(ReadOnlySpan<ReadOnlyMemory<char>> values, TextVectorColumn texts, string owner)
    {
        VectorLength.Check(values.Length, texts.Size, owner);
        foreach (ReadOnlyMemory<char> text in values) texts.AppendItem(text.Span);
        texts.EndRow();
    }

    internal override VBuffer<ReadOnlyMemory<char>> Read(BatchColumn column, int row, VBuffer<ReadOnlyMemory<char>> old)
    {
        var texts = (TextVectorColumn)column;
        var editor = VBufferEditor.Create(ref old, texts.LengthOf(row));
        for (int i = 0; i < editor.Values.Length; i++) editor.Values[i] = texts.Items.Keep(texts.Starts[row] + i);
        return editor.Commit();
    }
}

/// <summary>
/// Short strings that were read lately. Predicted labels are few: a prediction then returns the same string again instead of a
/// new one. Safe to use from many threads: a lost entry only costs another string.
/// </summary>
internal sealed class RecentStrings
{
    private const int Count = 256, LongestKept = 64;

    private string?[]? _strings;

    internal string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return "";
        if (text.Length > LongestKept) return new string(text);
        string?[] strings = _strings ??= new string?[Count];
        ref string? kept = ref strings[string.GetHashCode(text, StringComparison.Ordinal) & (Count - 1)];
        string? found = kept;
        if (found is null || !text.SequenceEqual(found)) kept = found = new string(text);
        return found;
    }
}
