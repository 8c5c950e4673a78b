using System.Text;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Output;

/// <summary>Writes tables as plain aligned text.</summary>
internal static class PlainTables
{
    internal static void Write(TextTable table, TextWriter writer)
    {
        int[] widths = new int[table.Heads.Count];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = WidthOf(table.Heads[i]);
            foreach (string[] row in table.Rows) widths[i] = Math.Max(widths[i], WidthOf(row[i]));
        }
        if (table.Title.Length > 0) writer.WriteLine(table.Title);
        if (table.Heads.Any(head => head.Length > 0)) WriteRow(writer, table, table.Heads, widths);
        foreach (string[] row in table.Rows) WriteRow(writer, table, row, widths);
    }

    private static void WriteRow(TextWriter writer, TextTable table, IReadOnlyList<string> cells, int[] widths)
    {
        var line = new StringBuilder();
        for (int i = 0; i < widths.Length; i++)
        {
            int blanks = widths[i] - WidthOf(cells[i]);
            line.Append("  ");
            if (table.AreNumbers[i]) line.Append(' ', blanks).Append(cells[i]);
            else line.Append(cells[i]).Append(' ', blanks);
        }
        writer.WriteLine(line.ToString().TrimEnd());
    }

    /// <summary>How many places a text takes on a screen: two for each ideograph, syllable block and emoji, none for a mark that sits on a letter.</summary>
    internal static int WidthOf(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format) continue;
            width += rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
                or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
        }
        return width;
    }
}
