using System.Globalization;
using System.Text.Json;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Runs;

/// <summary><c>mlp runs</c>: looks at what was recorded, and tidies it up.</summary>
internal sealed class RunsCommand(CommandHost host, string? location, bool json)
{
    private readonly Report _report = Report.For(host, json);

    internal int List(RunQuery query)
    {
        using RunStore store = Open();
        IReadOnlyList<RunRecord> runs = store.List(query);
        if (runs.Count > 0) _report.Table(RunTables.Of(runs, $"Runs in {store.Location}, the newest first"));
        else _report.Line($"There are no such runs in {store.Location}.");
        return Json("list", writer => WriteAll(writer, "runs", runs), store);
    }

    internal int Show(string name)
    {
        using RunStore store = Open();
        RunRecord run = store.Find(name);
        IReadOnlyList<RunRecord> trials = run.ParentId is null ? store.Trials(run.Id) : [];
        foreach (TextTable table in RunTables.Details(run))
        {
            _report.Table(table);
            _report.Line();
        }
        if (trials.Count > 0) _report.Table(RunTables.Trials(trials));
        return Json("show", writer =>
        {
            writer.WritePropertyName("run");
            RunJson.Write(writer, run, trials);
        }, store);
    }

    internal int Compare(IReadOnlyList<string> names, bool all)
    {
        if (names.Count < 2) throw new UsageException("Give at least two runs to compare, such as: mlp runs compare 3f9a 77b0");
        using RunStore store = Open();
        RunRecord[] runs = [.. names.Select(store.Find)];
        IReadOnlyList<ComparedValue> rows = RunComparison.Of(runs);
        ComparedValue[] shown = [.. rows.Where(row => all || row.Differs || row.Kind == "metric")];
        _report.Table(RunTables.Comparison(runs, shown));
        if (!all && shown.Length < rows.Count) _report.Line($"{Figures.Count(rows.Count - shown.Length)} more are the same in all; --all shows them.");
        if (runs.Select(run => run.DataSha256).Distinct().Count() > 1) _report.Line("They learned from different data: their metrics may not be comparable.");
        return Json("compare", writer =>
        {
            WriteAll(writer, "runs", runs);
            writer.WriteStartArray("differences");
            foreach (ComparedValue row in rows.Where(row => row.Differs)) writer.WriteStringValue(row.Name);
            writer.WriteEndArray();
        }, store);
    }

    internal int Best(RunQuery query, string? metric)
    {
        using RunStore store = Open();
        RunRecord[] best =
        [
            .. store.List(query with { Status = RunStatus.Finished }).GroupBy(run => (run.Experiment, run.Scenario))
                .Select(group => RunMetrics.Ranked(group, metric ?? group.SelectMany(run => run.Metrics.Keys).FirstOrDefault("")).FirstOrDefault()).OfType<RunRecord>(),
        ];
        if (metric is not null) best = [.. best.Select(run => run with { Metrics = new Dictionary<string, double> { [metric] = run.Metrics[metric] }.Concat(run.Metrics.Where(other => other.Key != metric)).ToDictionary() })];
        if (best.Length == 0) throw new UsageException($"No run in {store.Location} has finished{(metric is null ? "" : $" with the metric '{metric}'")}{(query.Experiment is { } name ? $" in the experiment '{name}'" : "")}.");
        _report.Table(RunTables.Of(best, "The best run of each experiment"));
        return Json("best", writer => WriteAll(writer, "runs", best), store);
    }

    internal int Delete(IReadOnlyList<string> names)
    {
        using RunStore store = Open();
        RunRecord[] runs = [.. names.Select(store.Find).DistinctBy(run => run.Id)];
        foreach (RunRecord run in runs)
        {
            int trials = run.ParentId is null ? store.Trials(run.Id).Count : 0;
            store.Delete(run.Id);
            _report.Line($"Deleted {(run.ParentId is null ? "run" : "trial")} {run.Id}{(trials > 0 ? $" and its {Figures.Count(trials, "trial")}" : "")}.{(File.Exists(run.ModelPath) ? $" Its model {run.ModelPath} stays." : "")}");
        }
        return Json("delete", writer =>
        {
            writer.WriteStartArray("deleted");
            foreach (RunRecord run in runs) writer.WriteStringValue(run.Id);
            writer.WriteEndArray();
        }, store);
    }

    internal int Export(IReadOnlyList<string> names, RunQuery query, string folder)
    {
        using RunStore store = Open();
        IReadOnlyList<RunRecord> runs = names.Count > 0 ? [.. names.Select(store.Find)] : store.List(query);
        if (runs.FirstOrDefault(run => run.ParentId is not null) is { } trial) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{trial.Id} is a trial; it is exported with its run {trial.ParentId}."));
        if (runs.Count == 0) throw new UsageException($"There are no such runs in {store.Location}.");
        int count = MlflowExport.Write(store, runs, folder);
        _report.Line($"Wrote {Figures.Count(runs.Count, "run")} with {Figures.Count(count - runs.Count, "trial")} to {folder}.");
        _report.Line($"Look at them: mlflow ui --backend-store-uri {folder}");
        return Json("export", writer =>
        {
            writer.WriteString("folder", folder);
            writer.WriteNumber("runs", runs.Count);
            writer.WriteNumber("trials", count - runs.Count);
        }, store);
    }

    private RunStore Open() => RunStoreLocation.IsNone(location)
        ? throw new UsageException($"No runs are recorded: --store or {RunStoreLocation.Variable} says {RunStoreLocation.None}.") : RunStore.Open(location);

    private static void WriteAll(Utf8JsonWriter writer, string name, IEnumerable<RunRecord> runs)
    {
        writer.WriteStartArray(name);
        foreach (RunRecord run in runs) RunJson.Write(writer, run);
        writer.WriteEndArray();
    }

    private int Json(string command, Action<Utf8JsonWriter> write, RunStore store)
    {
        if (!json) return Faults.Success;
        JsonLine.Write(host.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("command", $"runs {command}");
            writer.WriteString("store", store.Location);
            write(writer);
            writer.WriteEndObject();
        });
        return Faults.Success;
    }
}
