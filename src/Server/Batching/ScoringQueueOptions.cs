namespace MLPipelines.Server;

/// <summary>How requests for a model share the processor.</summary>
/// <param name="Scorers">How many score at the same time.</param>
/// <param name="MostRows">How many rows go through the model together at most.</param>
/// <param name="MostWaiting">How many requests wait at most.</param>
/// <param name="Observers">Are told.</param>
internal sealed record ScoringQueueOptions(int Scorers, int MostRows, int MostWaiting, ServingObservers Observers);
