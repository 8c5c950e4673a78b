namespace MLPipelines.Cli.Tests;

/// <summary>What a command line came to.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    /// <summary>The last line of standard output.</summary>
    internal string LastLine => Out.TrimEnd('\n').Split('\n')[^1];

    /// <summary>Runs a command line in this process.</summary>
    internal static CommandRun Of(params string[] args) => With(new MemoryStream(), default, args);

    /// <summary>Runs a command line in this process, with bytes on standard input.</summary>
    internal static CommandRun With(Stream input, CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new(), error = new();
        using var rows = new MemoryStream();
        int exitCode = Program.Run(args, new CommandHost(output, error, cancellation) { OpenInput = () => input, OpenOutput = () => rows });
        string written = System.Text.Encoding.UTF8.GetString(rows.ToArray());
        return new CommandRun(exitCode, (written + output).ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>The run, which must have succeeded.</summary>
    internal CommandRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>The message of a run that must have failed on its input: one line, no stack trace.</summary>
    internal string Refused()
    {
        Assert.Equal(2, ExitCode);
        string message = Assert.Single(Error.Split('\n'), line => line.StartsWith("mlp: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return message["mlp: ".Length..];
    }
}
