using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace MLPipelines.Data;

/// <summary>Opens sheets of Excel workbooks: .xlsx, .xlsm, .xlsb and .xls.</summary>
internal static class Workbook
{
    private static readonly string[] Extensions = [".xlsx", ".xlsm", ".xlsb", ".xls"];

    // Workbooks from before Unicode name a code page.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>What separates the cells of a sheet that is read as text.</summary>
    internal static char Separator => ',';

    internal static bool Is(string path) => Array.Exists(Extensions, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Opens a sheet as delimited text.</summary>
    /// <param name="stream">The workbook; it is closed with the text, or when it cannot be opened.</param>
    /// <param name="path">For messages.</param>
    /// <param name="sheetName">A sheet; the first one that is not hidden when left out.</param>
    /// <exception cref="MLPipelinesException">It is no workbook, it is locked by a password, or there is no such sheet.</exception>
    internal static Stream OpenText(Stream stream, string path, string? sheetName)
    {
        IExcelDataReader? reader = null;
        try
        {
            reader = ExcelReaderFactory.CreateReader(stream);
            MoveToSheet(reader, path, sheetName);
            return new SheetText(reader, path);
        }
        catch (Exception e)
        {
            reader?.Dispose();
            stream.Dispose();
            if (IsDamage(e)) throw Damaged(path, e);
            throw;
        }
    }

    /// <summary>Whether an error says that a file is not what it should be.</summary>
    internal static bool IsDamage(Exception e) =>
        e is ExcelReaderException or InvalidDataException or XmlException or EndOfStreamException or FormatException or ArgumentException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException;

    internal static MLPipelinesException Damaged(string path, Exception e) => new(e is InvalidPasswordException
        ? $"{path} cannot be read: the workbook is locked by a password. Save it without one."
        : $"{path} cannot be read as an Excel workbook: {e.Message} If it is delimited text, give it a name such as {Path.GetFileNameWithoutExtension(path)}.csv; if Excel opens it, save it again there as .xlsx.", e);

    private static void MoveToSheet(IExcelDataReader reader, string path, string? sheetName)
    {
        List<string> names = [];
        do
        {
            if (sheetName is null ? reader.VisibleState == "visible" : reader.Name.Equals(sheetName, StringComparison.OrdinalIgnoreCase)) return;
            names.Add(reader.Name);
        }
        while (reader.NextResult());
        throw new MLPipelinesException(sheetName is null ? $"{path} has no sheet that is not hidden. Its sheets are: {string.Join(", ", names)}."
            : $"{path} has no sheet '{sheetName}'. Its sheets are: {string.Join(", ", names)}.");
    }
}
