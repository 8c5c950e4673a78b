using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MLPipelines.Cli;

/// <summary>What a command reads from, writes to, and is cancelled by.</summary>
/// <param name="output">Standard output: results.</param>
/// <param name="error">Standard error: progress and problems.</param>
/// <param name="cancellation">Ends the command.</param>
internal sealed class CommandHost(TextWriter output, TextWriter error, CancellationToken cancellation = default)
{
    internal TextWriter Out { get; } = output;

    internal TextWriter Error { get; } = error;

    internal CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Whether a person looks at standard output.</summary>
    internal bool OutIsTerminal { get; init; }

    /// <summary>Whether a person looks at standard error.</summary>
    internal bool ErrorIsTerminal { get; init; }

    /// <summary>Standard input as bytes.</summary>
    internal Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Standard output as bytes.</summary>
    internal Func<Stream> OpenOutput { get; init; } = () => throw new InvalidOperationException("There is no standard output.");

    internal static CommandHost OfProcess(CancellationToken cancellation)
    {
        bool plain = Environment.GetEnvironmentVariable("TERM") is "dumb";
        return new CommandHost(Writer(Console.OpenStandardOutput()), Writer(Console.OpenStandardError()), cancellation)
        {
            OutIsTerminal = !Console.IsOutputRedirected && !plain,
            ErrorIsTerminal = !Console.IsErrorRedirected && !plain,
            OpenInput = Console.OpenStandardInput,
            OpenOutput = OpenRows,
        };
    }

    private static Stream OpenRows()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        // On a pipe the console's own stream says nothing when whoever reads it has gone, and rows would go nowhere to the last.
        // On a file it is needed: a file stream keeps its place to itself, and whoever writes next would write over the rows.
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    // UTF-8 whatever the locale says: labels and texts are in any language, and programs read the output.
    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 4096) { AutoFlush = true };
}
