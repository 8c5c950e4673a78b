using ExcelDataReader;

namespace MLPipelines.Data;

/// <summary>
/// A sheet as comma-separated text, made as it is read: a line per row of the sheet, so that row numbers in messages are those
/// that Excel shows. Numbers, dates (ISO 8601) and truth values are written the same in every culture; errors such as #N/A are
/// empty; of formulas the values are read that the workbook was saved with.
/// </summary>
internal sealed class SheetText(IExcelDataReader sheet, string path) : ForwardStream
{
    private const int BlockSize = 1 << 15;

    private readonly MemoryStream _block = new();
    private DelimitedWriter? _writer;
    private int _width;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (_block.Position == _block.Length) Fill();
        return _block.Read(buffer);
    }

    private void Fill()
    {
        _writer ??= new DelimitedWriter(_block, Workbook.Separator, leaveOpen: true);
        _block.SetLength(0);
        try
        {
            while (!_ended && _block.Length < BlockSize)
            {
                _ended = !sheet.Read();
                if (!_ended) WriteRow();
            }
        }
        catch (Exception e) when (Workbook.IsDamage(e))
        {
            throw Workbook.Damaged(path, e);
        }
        _writer.Flush();
        _block.Position = 0;
    }

    /// <summary>Rows have as many cells as the first one with any, the header; more only where more hold something.</summary>
    private void WriteRow()
    {
        int count = sheet.FieldCount;
        while (count > 0 && IsEmpty(count - 1)) count--;
        if (_width == 0) _width = count;
        if (count == 0)
        {
            _writer!.EndBlankRow();
            return;
        }
        for (int i = 0; i < Math.Max(count, _width); i++) WriteCell(i < count ? sheet.GetValue(i) : null);
        _writer!.EndRow();
    }

    private bool IsEmpty(int cell) => sheet.GetValue(cell) is null or "" or DBNull;

    private void WriteCell(object? value)
    {
        if (value is double number) _writer!.WriteField(number);
        else _writer!.WriteField(value is null ? "" : TextConversion.Of(value));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) sheet.Dispose();
        base.Dispose(disposing);
    }
}
