using MLPipelines.AutoML.Runs.Database;

namespace MLPipelines.AutoML.Runs.Work;

/// <summary>
/// Trials in a run store that several processes share. A worker takes one by changing its row, which no two can do at once, and keeps it
/// for as long as it renews its lease; when it dies, the lease ends and another worker takes the trial again. Who wants the trials renews that
/// too: trials of a run whose process died are taken no more. Times are those of the database, since the clocks of machines differ.
/// </summary>
internal sealed class TrialQueue(RunStore store, TrialQueueTimes? times = null)
{
    private readonly RunDatabase _database = store.Database;
    private readonly TrialQueueTimes _times = times ?? new();

    private string Now => _database.Dialect.Now;

    /// <summary>Puts a trial into the store.</summary>
    /// <param name="runId">The run that wants it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="named">Told the id before anybody can take it.</param>
    internal TrialTask Offer(string runId, int number, string work, Action<string>? named = null)
    {
        var task = new TrialTask($"{runId}-{Guid.NewGuid():n}"[..32], runId, number, work, 0);
        named?.Invoke(task.Id);
        _database.Execute($"INSERT INTO mlp_tasks (id, run, number, work, status, attempt, wanted) VALUES (@id, @run, @number, @work, 'waiting', 0, {Now} + @wanted)",
            ("@id", task.Id), ("@run", runId), ("@number", (long)number), ("@work", work), ("@wanted", Milliseconds(_times.Wanted)));
        return task;
    }

    /// <summary>Takes the trial that has waited longest, or one whose worker has not been heard of.</summary>
    /// <param name="worker">Who takes it.</param>
    /// <param name="runId">A run whose trials are taken; <see langword="null"/> for those of any run.</param>
    /// <param name="refused">Runs whose trials are not taken.</param>
    internal TrialTask? Take(string worker, string? runId = null, IReadOnlyCollection<string>? refused = null) => _database.Read($"""
        UPDATE mlp_tasks SET status = 'taken', worker = @worker, attempt = attempt + 1, lease = {Now} + @lease
        WHERE id = (SELECT id FROM mlp_tasks
            WHERE wanted > {Now} AND (status = 'waiting' OR (status = 'taken' AND lease < {Now} AND attempt < @attempts)) AND (@run = '' OR run = @run) AND @refused NOT LIKE '%' || run || '%'
            ORDER BY wanted, number LIMIT 1{_database.Dialect.SkipLocked})
        RETURNING id, run, number, work, attempt
        """, row => new TrialTask(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.GetString(3), (int)row.GetInt64(4)),
        ("@worker", worker), ("@lease", Milliseconds(_times.Lease)), ("@attempts", (long)_times.Attempts), ("@run", runId ?? ""), ("@refused", string.Join(' ', refused ?? []))).FirstOrDefault();

    /// <summary>Says that a trial is still being worked on.</summary>
    /// <returns>Whether it is still this worker's, and still wanted.</returns>
    internal bool Renew(TrialTask task, string worker) => _database.Execute(
        $"UPDATE mlp_tasks SET lease = {Now} + @lease WHERE id = @id AND status = 'taken' AND worker = @worker AND attempt = @attempt AND wanted > {Now}",
        ("@lease", Milliseconds(_times.Lease)), ("@id", task.Id), ("@worker", worker), ("@attempt", (long)task.Attempt)) == 1;

    /// <summary>Hands in what came of a trial.</summary>
    /// <returns>Whether it was still this worker's to hand in.</returns>
    internal bool Complete(TrialTask task, string worker, string result) => _database.Execute(
        "UPDATE mlp_tasks SET status = 'done', result = @result WHERE id = @id AND status = 'taken' AND worker = @worker AND attempt = @attempt",
        ("@result", result), ("@id", task.Id), ("@worker", worker), ("@attempt", (long)task.Attempt)) == 1;

    /// <summary>Gives a trial back without a result, so that another worker takes it.</summary>
    internal void Release(TrialTask task, string worker) => _database.Execute(
        "UPDATE mlp_tasks SET status = 'waiting', attempt = attempt - 1 WHERE id = @id AND status = 'taken' AND worker = @worker AND attempt = @attempt",
        ("@id", task.Id), ("@worker", worker), ("@attempt", (long)task.Attempt));

    /// <summary>Fetches what was handed in for a run, and takes it out of the store; a trial that one worker after another died of is fetched without a result.</summary>
    internal IReadOnlyList<TrialOutcome> Collect(string runId)
    {
        _database.Execute($"UPDATE mlp_tasks SET wanted = {Now} + @wanted WHERE run = @run AND wanted < {Now} + @soon",
            ("@wanted", Milliseconds(_times.Wanted)), ("@run", runId), ("@soon", Milliseconds(_times.Wanted) / 2));
        return _database.Read(
            $"DELETE FROM mlp_tasks WHERE run = @run AND (status = 'done' OR (status = 'taken' AND lease < {Now} AND attempt >= @attempts)) RETURNING id, worker, attempt, result",
            row => new TrialOutcome(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), (int)row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3)),
            ("@run", runId), ("@attempts", (long)_times.Attempts));
    }

    /// <summary>Takes a trial out of the store; whoever works on it learns that it is no longer wanted.</summary>
    internal void Withdraw(TrialTask task) => _database.Execute("DELETE FROM mlp_tasks WHERE id = @id", ("@id", task.Id));

    /// <summary>Takes all trials of a run out of the store.</summary>
    internal void WithdrawAll(string runId) => _database.Execute("DELETE FROM mlp_tasks WHERE run = @run", ("@run", runId));

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}

/// <summary>How long one waits for word from another process.</summary>
internal sealed record TrialQueueTimes
{
    /// <summary>A worker that says nothing for so long has lost its trial. It says something three times as often. Default 15 seconds.</summary>
    internal TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Trials of a run whose process says nothing for so long are taken no more. Default one minute.</summary>
    internal TimeSpan Wanted { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>So many workers may die of a trial before it has failed. Default 3.</summary>
    internal int Attempts { get; init; } = 3;
}
