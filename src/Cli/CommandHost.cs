using System.Text;

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
            OpenOutput = Console.OpenStandardOutput,
        };
    }

    // UTF-8 whatever the locale says: labels and texts are in any language, and programs read the output.
    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 4096) { AutoFlush = true };
}
