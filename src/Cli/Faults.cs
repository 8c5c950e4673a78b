using System.Diagnostics;

namespace MLPipelines.Cli;

/// <summary>Tells of what went wrong in one paragraph, and says which exit code it means.</summary>
internal static class Faults
{
    internal const int Success = 0, Defect = 1, BadInput = 2, Cancelled = 130;

    internal static int Tell(Exception exception, CommandHost host)
    {
        exception = Innermost(exception);
        if (exception is OperationCanceledException)
        {
            host.Error.WriteLine("mlp: cancelled; nothing was written.");
            return Cancelled;
        }
        // Whoever reads the output has enough: head, a pager that was left.
        if (exception is IOException && exception.Message.Contains("Broken pipe", StringComparison.Ordinal)) return Success;
        if (IsInput(exception))
        {
            host.Error.WriteLine($"mlp: {OneParagraph(exception)}");
            return BadInput;
        }
        host.Error.WriteLine($"mlp: this is a defect, not your mistake: {exception.GetType().FullName}: {exception.Message}");
        host.Error.WriteLine(exception.StackTrace);
        host.Error.WriteLine("Please report it with the command, these lines and, if you can, a few rows of the data.");
        return Defect;
    }

    internal static Exception Innermost(Exception exception)
    {
        while (exception is AggregateException or System.Reflection.TargetInvocationException or TypeInitializationException && exception.InnerException is { } inner)
            exception = inner;
        return exception;
    }

    private static bool IsInput(Exception exception) => exception switch
    {
        UsageException or MLPipelinesException or IOException or UnauthorizedAccessException => true,
        ArgumentNullException => false,
        ArgumentException or NotSupportedException => IsOurs(exception),
        _ => false,
    };

    /// <summary>Whether one of our checks found it, rather than a framework call that was made wrongly.</summary>
    private static bool IsOurs(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method || method.Name.StartsWith("Throw", StringComparison.Ordinal)) continue;
            return method.DeclaringAssemblyName is { } name && (name.StartsWith("mlp", StringComparison.Ordinal) || name.StartsWith("MLPipelines", StringComparison.Ordinal));
        }
        return false;
    }

    internal static string OneParagraph(Exception exception)
    {
        string message = exception.Message;
        // What the framework adds for programmers says nothing to a user.
        if (exception is ArgumentException { ParamName: { } name }) message = message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
        if (exception is ArgumentOutOfRangeException) message = message.Split("\nActual value was", 2)[0].TrimEnd();
        return string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
