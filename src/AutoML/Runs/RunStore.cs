using System.Security.Cryptography;
using MLPipelines.AutoML.Runs.Database;
using MLPipelines.Persistence;

namespace MLPipelines.AutoML.Runs;

/// <summary>
/// Keeps what was trained: runs and their trials with parameters, metrics, data and causes of failure, in a file of SQLite or in a
/// database of PostgreSQL. Several processes may use one store at a time, and several threads one instance.
/// </summary>
public sealed class RunStore : IDisposable
{
    private RunStore(RunDatabase database) => Database = database;

    internal RunDatabase Database { get; }

    /// <summary>Where it is, without any password.</summary>
    public string Location => Database.Location.ToString();

    /// <summary>Opens a store, and makes it where there is none.</summary>
    /// <param name="location">
    /// A path, a connection string of PostgreSQL such as <c>Host=db;Database=runs</c>, or an address such as <c>postgres://user@db/runs</c>.
    /// Without it the environment variable <c>MLPIPELINES_RUNS</c> says where it is, and without that a file in the user's data folder is taken.
    /// </param>
    /// <exception cref="MLPipelinesException">It cannot be opened, or a newer version wrote it.</exception>
    public static RunStore Open(string? location = null) => new(RunDatabase.Open(RunStoreLocation.Parse(location)));

    /// <summary>Records that a run begins, and gives it an id.</summary>
    /// <param name="run">What is known of it.</param>
    /// <returns>The run as it is recorded.</returns>
    public RunRecord Start(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run = run with
        {
            Id = run.Id.Length > 0 ? run.Id : NewId(),
            StartedAt = Whole(run.StartedAt == default ? DateTime.UtcNow : run.StartedAt),
            EndedAt = run.EndedAt is { } ended ? Whole(ended) : null,
            LibraryVersion = run.LibraryVersion ?? ModelFile.LibraryVersion,
            Machine = run.Machine ?? Environment.MachineName,
        };
        Database.Execute(RunRows.Insert, RunRows.Values(run));
        return run;
    }

    /// <summary>Records a trial of a run, which has ended or goes on; what it says nothing of is as in the run.</summary>
    /// <returns>The trial as it is recorded.</returns>
    public RunRecord AddTrial(RunRecord run, RunRecord trial)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trial);
        return Start(trial with
        {
            ParentId = run.Id,
            Command = "trial",
            Experiment = trial.Experiment.Length > 0 ? trial.Experiment : run.Experiment,
            Scenario = trial.Scenario.Length > 0 ? trial.Scenario : run.Scenario,
            Seed = trial.Seed ?? run.Seed,
            DataFile = trial.DataFile ?? run.DataFile,
            DataSha256 = trial.DataSha256 ?? run.DataSha256,
        });
    }

    /// <summary>Records how a run or trial ended. One that says that it is running has finished.</summary>
    /// <returns>The run as it is recorded.</returns>
    public RunRecord Finish(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run = run with { Status = run.Status == RunStatus.Running ? RunStatus.Finished : run.Status, EndedAt = Whole(run.EndedAt ?? DateTime.UtcNow) };
        Database.Execute(RunRows.Update, RunRows.Values(run));
        return run;
    }

    /// <summary>Runs without their trials, the newest first.</summary>
    public IReadOnlyList<RunRecord> List(RunQuery? query = null)
    {
        query ??= new RunQuery();
        return Database.Read(RunRows.Select + """
            WHERE parent IS NULL AND (@experiment = '' OR experiment = @experiment) AND (@scenario = '' OR scenario = @scenario) AND (@status = '' OR status = @status)
            ORDER BY started DESC, id LIMIT @count
            """, RunRows.Read, ("@experiment", query.Experiment ?? ""), ("@scenario", query.Scenario ?? ""),
            ("@status", query.Status is { } status ? RunRows.StatusName(status) : ""), ("@count", (long)query.Count));
    }

    /// <summary>The run or trial of a name: the first digits of an id, those and the number of a trial as in <c>3f9a/7</c>, or <c>latest</c>.</summary>
    /// <exception cref="MLPipelinesException">There is none, or there are several.</exception>
    public RunRecord Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Trim().ToLowerInvariant().Split('/', 2);
        IReadOnlyList<RunRecord> found = parts[0] == "latest" ? List(new RunQuery(Count: 1))
            : parts[0].Length > 0 && parts[0].All(char.IsAsciiHexDigitLower) ? Database.Read(RunRows.Select + "WHERE id LIKE @start ORDER BY id LIMIT 3", RunRows.Read, ("@start", parts[0] + "%")) : [];
        if (found.Count == 0) throw new MLPipelinesException($"There is no run '{name}' in {Location}. 'mlp runs list' shows those that there are.");
        if (found.Count > 1) throw new MLPipelinesException($"Several runs begin with '{parts[0]}': {string.Join(", ", found.Take(2).Select(run => run.Id))}{(found.Count > 2 ? ", …" : "")}. Give more digits.");
        if (parts.Length == 1) return found[0];
        return Trials(found[0].Id).FirstOrDefault(trial => trial.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == parts[1])
            ?? throw new MLPipelinesException($"Run {found[0].Id} has no trial {parts[1]}. 'mlp runs show {parts[0]}' lists its trials.");
    }

    /// <summary>The trials of a run by number.</summary>
    public IReadOnlyList<RunRecord> Trials(string runId) => Database.Read(RunRows.Select + "WHERE parent = @run ORDER BY number, started", RunRows.Read, ("@run", runId));

    /// <summary>The run with the best value of a metric among those that finished.</summary>
    /// <param name="metric">The name of the metric; without it, the first one of the newest run.</param>
    /// <param name="query">Among which runs to look.</param>
    /// <returns><see langword="null"/> where no run has the metric.</returns>
    public RunRecord? Best(string? metric = null, RunQuery? query = null)
    {
        IReadOnlyList<RunRecord> runs = List((query ?? new RunQuery()) with { Status = RunStatus.Finished });
        metric ??= runs.SelectMany(run => run.Metrics.Keys).FirstOrDefault();
        return metric is null ? null : RunMetrics.Ranked(runs, metric).FirstOrDefault();
    }

    /// <summary>Forgets a run and its trials, or a trial. Model files stay.</summary>
    public void Delete(string id) => Database.Execute("DELETE FROM mlp_runs WHERE id = @id", ("@id", id));

    /// <inheritdoc/>
    public void Dispose() => Database.Dispose();

    internal static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    // As it is stored, so that what is given back is what is read later.
    private static DateTime Whole(DateTime time) => RunRows.Time(RunRows.Milliseconds(time));
}
