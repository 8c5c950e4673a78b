using MLPipelines.Scenarios.Reports;
using Spectre.Console;

namespace MLPipelines.Cli.Output;

/// <summary>Draws tables for a terminal. Nothing else touches this type, so that Spectre.Console is loaded only where it is needed.</summary>
internal static class DrawnTables
{
    internal static void Write(TextTable table, TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard });
        try
        {
            console.Profile.Width = Math.Max(Console.WindowWidth, 60);
        }
        catch (IOException)
        {
            console.Profile.Width = 100;
        }
        // A title of the table's own would be wrapped at the width of the columns.
        if (table.Title.Length > 0) console.Write(new Text(table.Title + Environment.NewLine, new Style(decoration: Decoration.Bold)));
        console.Write(Drawn(table));
    }

    internal static Table Drawn(TextTable table)
    {
        var drawn = new Table { Border = TableBorder.Rounded };
        for (int i = 0; i < table.Heads.Count; i++)
        {
            var column = new TableColumn(new Text(table.Heads[i]));
            drawn.AddColumn(table.AreNumbers[i] ? column.RightAligned() : column);
        }
        drawn.ShowHeaders = table.Heads.Any(head => head.Length > 0);
        foreach (string[] row in table.Rows) drawn.AddRow(row.Select(cell => new Text(cell)));
        return drawn;
    }
}
