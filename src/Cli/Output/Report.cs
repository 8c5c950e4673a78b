using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Output;

/// <summary>
/// Where a command tells people its results: standard output, or standard error when standard output is for a program.
/// Tables are drawn on a terminal, and plain elsewhere.
/// </summary>
internal sealed class Report(TextWriter writer, bool isTerminal)
{
    internal static Report For(CommandHost host, bool json) => json ? new(host.Error, host.ErrorIsTerminal) : new(host.Out, host.OutIsTerminal);

    internal void Line(string text = "") => writer.WriteLine(text);

    internal void Table(TextTable table)
    {
        if (isTerminal) DrawnTables.Write(table, writer);
        else PlainTables.Write(table, writer);
    }
}
