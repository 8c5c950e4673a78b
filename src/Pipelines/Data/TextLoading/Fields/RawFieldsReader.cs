namespace MLPipelines.Data;

/// <summary>Reads the first fields of a row as they stand in the file; what the row lacks is filled up with empty fields.</summary>
internal sealed class RawFieldsReader(int count, char separator) : FieldReader
{
    private readonly TextColumn _column = new();

    internal override BatchColumn Column => _column;

    internal override void Bind(FieldRange[] ranges) { }

    internal override int Read(TextRow row)
    {
        ReadOnlySpan<char> raw = row.Raw(count, out int found);
        raw.CopyTo(_column.Extend(raw.Length));
        _column.Extend(count - found).Fill(separator);
        _column.EndRow();
        return Done;
    }
}
