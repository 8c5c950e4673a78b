namespace MLPipelines.Server;

/// <summary>So many requests wait for a model that another one would not be answered in time.</summary>
public sealed class QueueFullException(string message) : Exception(message);
