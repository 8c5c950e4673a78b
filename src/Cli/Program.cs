using System.CommandLine;
using MLPipelines.Cli.Commands;

namespace MLPipelines.Cli;

/// <summary>The command <c>mlp</c>. Exit codes: 0 success, 2 bad arguments or input, 1 a defect, 130 cancelled.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var interruption = new Interruption();
        return Run(args, CommandHost.OfProcess(interruption.Token));
    }

    /// <summary>Runs a command line within a process: what tests call.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error) => Run(args, new CommandHost(output, error));

    internal static int Run(string[] args, CommandHost host)
    {
        try
        {
            ParseResult parsed = CommandLine.Create(host, args).Parse(args, CommandLine.Parsing);
            if (parsed.Errors.Count > 0) throw new UsageException(ParseProblems.Describe(parsed));
            return parsed.Invoke(new InvocationConfiguration { Output = host.Out, Error = host.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
#pragma warning disable CA1031 // The last place that an exception can be told of in words.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Faults.Tell(e, host);
        }
        finally
        {
            host.Out.Flush();
            host.Error.Flush();
        }
    }
}
