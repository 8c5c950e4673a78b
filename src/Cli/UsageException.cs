namespace MLPipelines.Cli;

/// <summary>Arguments that cannot be worked with; the message says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
