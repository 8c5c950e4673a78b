namespace MLPipelines.AutoML.Runs.Work;

/// <summary>A trial that was put into a run store for whoever has time.</summary>
/// <param name="Id">Names it among all.</param>
/// <param name="RunId">The run that wants it.</param>
/// <param name="Number">Its number within the run.</param>
/// <param name="Work">What is to be done; all that a worker needs to know.</param>
/// <param name="Attempt">How many workers have taken it, the present one included.</param>
internal sealed record TrialTask(string Id, string RunId, int Number, string Work, int Attempt);

/// <summary>What came of a trial.</summary>
/// <param name="Id">The task.</param>
/// <param name="Worker">Who did it.</param>
/// <param name="Attempt">How many workers had taken it.</param>
/// <param name="Result">What the worker says of it; <see langword="null"/> when no worker lived to its end.</param>
internal sealed record TrialOutcome(string Id, string? Worker, int Attempt, string? Result);
