namespace MLPipelines.AutoML.Runs;

/// <summary>Which runs to list; what is <see langword="null"/> does not matter.</summary>
/// <param name="Experiment">Of this experiment.</param>
/// <param name="Scenario">That learned this, such as <c>regression</c>.</param>
/// <param name="Status">That have come so far.</param>
/// <param name="Count">How many at most, the newest first.</param>
public sealed record RunQuery(string? Experiment = null, string? Scenario = null, RunStatus? Status = null, int Count = int.MaxValue);
