using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MLPipelines.Testing;

/// <summary>Writes small Excel workbooks.</summary>
public static class WorkbookFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Writes an .xlsx file (ECMA-376).</summary>
    /// <param name="path">The file.</param>
    /// <param name="sheets">
    /// Names with rows of cells: text, numbers, truth values, dates, <see langword="null"/>; a text that starts with # is an error
    /// such as #N/A. A name in brackets is a hidden sheet.
    /// </param>
    public static void Write(string path, params (string Name, object?[][] Rows)[] sheets)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        string all = string.Concat(sheets.Select((sheet, i) => Invariant($"<sheet name=\"{sheet.Name.Trim('[', ']')}\" sheetId=\"{i + 1}\" r:id=\"r{i + 1}\"{(sheet.Name[0] == '[' ? " state=\"hidden\"" : "")}/>")));
        Add("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>");
        Add("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Add("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{all}</sheets></workbook>");
        Add("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + string.Concat(sheets.Select((_, i) => Invariant($"<Relationship Id=\"r{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>")))
            + $"<Relationship Id=\"s\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        // Style 1 is a date, 2 a date with the time of the day.
        Add("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>");
        for (int s = 0; s < sheets.Length; s++)
        {
            var rows = sheets[s].Rows.Select((cells, r) => Invariant($"<row r=\"{r + 1}\">{string.Concat(cells.Select((cell, c) => Cell(cell, r, c)))}</row>"));
            Add(Invariant($"xl/worksheets/sheet{s + 1}.xml"), $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows)}</sheetData></worksheet>");
        }

        void Add(string name, string content)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content);
        }
    }

    /// <summary>Writes an .xls file as Excel 2.0 made them (BIFF2), the oldest that is read: one sheet of text and numbers.</summary>
    public static void WriteOld(string path, object?[][] rows)
    {
        using var writer = new BinaryWriter(File.Create(path), Encoding.Latin1);
        Record(0x0009, [2, 0, 0x10, 0]);
        Record(0x0000, [0, 0, .. Bytes(rows.Length), 0, 0, .. Bytes(rows.Max(row => row.Length))]);
        for (int r = 0; r < rows.Length; r++)
        {
            for (int c = 0; c < rows[r].Length; c++)
            {
                byte[] place = [.. Bytes(r), .. Bytes(c), 0, 0, 0];
                if (rows[r][c] is string text) Record(0x0004, [.. place, (byte)text.Length, .. Encoding.Latin1.GetBytes(text)]);
                else if (rows[r][c] is { } number) Record(0x0003, [.. place, .. BitConverter.GetBytes(Convert.ToDouble(number, CultureInfo.InvariantCulture))]);
            }
        }
        Record(0x000A, []);

        void Record(ushort type, byte[] content)
        {
            writer.Write(type);
            writer.Write((ushort)content.Length);
            writer.Write(content);
        }

        static byte[] Bytes(int number) => BitConverter.GetBytes((ushort)number);
    }

    private static string Cell(object? value, int row, int column)
    {
        string place = Invariant($"r=\"{(char)('A' + column)}{row + 1}\"");
        return value switch
        {
            null => "",
            string text when text.StartsWith('#') => $"<c {place} t=\"e\"><v>{text}</v></c>",
            string text => $"<c {place} t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(text)}</t></is></c>",
            bool truth => $"<c {place} t=\"b\"><v>{(truth ? 1 : 0)}</v></c>",
            DateTime date => Invariant($"<c {place} s=\"{(date.TimeOfDay == TimeSpan.Zero ? 1 : 2)}\"><v>{date.ToOADate()}</v></c>"),
            _ => Invariant($"<c {place}><v>{value}</v></c>"),
        };
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
