using System.Globalization;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Runs;

/// <summary>Shows runs to people.</summary>
internal static class RunTables
{
    private const int MostTrials = 20, Longest = 60;

    internal static TextTable Of(IEnumerable<RunRecord> runs, string title)
    {
        var table = new TextTable(title, "run", "started (UTC)", "command", "experiment", "scenario", "trainer", "status", "metric", "#value", "#seconds");
        foreach (RunRecord run in runs)
        {
            var (metric, value) = First(run);
            table.Add(run.Id, Time(run.StartedAt), run.Command, Short(run.Experiment), run.Scenario, Short(run.Trainer), StatusName(run), metric, value, Seconds(run));
        }
        return table;
    }

    /// <summary>What is known of one run, without its trials.</summary>
    internal static IEnumerable<TextTable> Details(RunRecord run)
    {
        var facts = new TextTable(run.ParentId is { } parent ? string.Create(CultureInfo.InvariantCulture, $"Trial {run.Number} of run {parent}") : $"Run {run.Id}", "", "");
        Add("experiment", run.Experiment);
        Add("command", run.Command);
        Add("scenario", run.Scenario);
        Add("trainer", run.Trainer);
        Add("status", StatusName(run));
        Add("cause", run.Cause?.ReplaceLineEndings(" "));
        Add("started", $"{Time(run.StartedAt)} UTC");
        Add("seconds", Seconds(run));
        Add("seed", run.Seed?.ToString(CultureInfo.InvariantCulture));
        Add("library", run.LibraryVersion);
        Add("machine", run.Machine);
        Add("data", run.DataFile);
        Add("data sha-256", run.DataSha256);
        Add("model", run.ModelPath);
        yield return facts;
        if (run.Parameters.Count > 0)
        {
            var parameters = new TextTable("Parameters", "", "");
            foreach (var (name, value) in run.Parameters) parameters.Add(name, value.ReplaceLineEndings(" "));
            yield return parameters;
        }
        if (run.Metrics.Count > 0)
        {
            var metrics = new TextTable("Metrics", "metric", "#value");
            foreach (var (name, value) in run.Metrics) metrics.Add(name, Figures.Metric(value));
            yield return metrics;
        }

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) facts.Add(name, value);
        }
    }

    /// <summary>Trials, the best first and those without a metric last.</summary>
    internal static TextTable Trials(IReadOnlyList<RunRecord> trials)
    {
        string metric = trials.SelectMany(trial => trial.Metrics.Keys).FirstOrDefault("");
        RunRecord[] ranked = [.. RunMetrics.Ranked(trials, metric), .. trials.Where(trial => !trial.Metrics.ContainsKey(metric))];
        string title = ranked.Length <= MostTrials ? "Trials, the best first" : string.Create(CultureInfo.InvariantCulture, $"The {MostTrials} best of {ranked.Length} trials");
        var table = new TextTable(title, "#trial", "trainer", $"#{(metric.Length > 0 ? metric : "value")}", "#seconds", "status", "parameters");
        foreach (RunRecord trial in ranked.Take(MostTrials))
        {
            string what = trial.Cause?.ReplaceLineEndings(" ") ?? string.Join(", ", trial.Parameters.Select(pair => $"{pair.Key} {pair.Value}"));
            table.Add(trial.Number.ToString(CultureInfo.InvariantCulture), Short(trial.Trainer), trial.Metrics.TryGetValue(metric, out double value) ? Figures.Metric(value) : "-", Seconds(trial), StatusName(trial), Short(what));
        }
        return table;
    }

    internal static TextTable Comparison(IReadOnlyList<RunRecord> runs, IEnumerable<ComparedValue> values)
    {
        var table = new TextTable("", ["", "", .. runs.Select(run => run.ParentId is null ? run.Id : string.Create(CultureInfo.InvariantCulture, $"{run.ParentId}/{run.Number}"))]);
        string kind = "";
        foreach (ComparedValue row in values)
        {
            table.Add([row.Kind == kind ? "" : row.Kind, row.Name, .. row.Values.Select(value => row.Kind == "metric" && value is not null ? Figures.Metric(double.Parse(value, CultureInfo.InvariantCulture)) : Short(value))]);
            kind = row.Kind;
        }
        return table;
    }

    internal static string StatusName(RunRecord run) => run.Status.ToString().ToLowerInvariant();

    private static (string Name, string Value) First(RunRecord run) => run.Metrics.Count == 0 ? ("", "") : (run.Metrics.First().Key, Figures.Metric(run.Metrics.First().Value));

    private static string Seconds(RunRecord run) => run.Duration?.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Short(string? text) => text is null ? "" : text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
}
