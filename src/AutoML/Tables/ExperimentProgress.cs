namespace MLPipelines.AutoML;

/// <summary>How far an experiment has come; reported when a trial begins or ends and when the winner is made.</summary>
/// <param name="Stage">What is being done: <c>searching</c>, <c>blending</c>, <c>learning from all rows</c> or <c>done</c>.</param>
/// <param name="Leaderboard">The trials that have ended, in their order.</param>
/// <param name="Best">The best one so far.</param>
/// <param name="Running">How many trials are under way.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Remaining">The time left; <see langword="null"/> where only the number of trials is limited.</param>
public sealed record ExperimentProgress(string Stage, IReadOnlyList<LeaderboardRow> Leaderboard, LeaderboardRow? Best, int Running, TimeSpan Elapsed, TimeSpan? Remaining);
