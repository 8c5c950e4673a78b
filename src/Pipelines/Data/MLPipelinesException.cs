namespace MLPipelines;

/// <summary>Input that cannot be worked with. The message says where, what was found, what was expected and what to try.</summary>
public class MLPipelinesException : Exception
{
    public MLPipelinesException() { }

    public MLPipelinesException(string message) : base(message) { }

    public MLPipelinesException(string message, Exception innerException) : base(message, innerException) { }
}
