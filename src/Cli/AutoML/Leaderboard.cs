using System.Globalization;
using System.Text.Json;
using MLPipelines.AutoML;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Charts;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.AutoML;

/// <summary>Shows the trials of a search to people and programs.</summary>
internal static class Leaderboard
{
    private const int LongestParameters = 70, ShortestParameters = 12;

    /// <summary>The best trials, the best first, and then those that failed.</summary>
    /// <param name="rows">The trials.</param>
    /// <param name="metric">What is optimized.</param>
    /// <param name="most">How many are shown.</param>
    /// <param name="longest">How much room there is for parameters; where it is little, they are left out.</param>
    internal static TextTable Table(IReadOnlyList<LeaderboardRow> rows, string metric, int most, int longest = LongestParameters)
    {
        bool shows = longest >= ShortestParameters;
        LeaderboardRow[] ranked = [.. rows.OrderBy(row => row.Failure is not null).ThenBy(row => row.Loss).ThenBy(row => row.Trial)];
        int failed = rows.Count(row => row.Failure is not null);
        string title = string.Create(CultureInfo.InvariantCulture, $"{(ranked.Length > most ? $"The {most} best of {ranked.Length} trials" : "Trials, the best first")}{(failed > 0 ? $", {failed} of them failed" : "")}");
        var table = new TextTable(title, ["#trial", "trainer", $"#{metric}", "#rows", "#seconds", .. shows ? ["parameters"] : Array.Empty<string>()]);
        foreach (LeaderboardRow row in ranked.Take(most))
        {
            string[] parameters = shows ? [Short(row.Failure?.ReplaceLineEndings(" ") ?? Parameters(row), longest)] : [];
            table.Add([Number(row), row.Trainer, Metric(row.Metric), row.Rows > 0 ? Figures.Count(row.Rows) : "", row.Duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture), .. parameters]);
        }
        return table;
    }

    /// <summary>The best metric so far over the seconds of the search, and each trial.</summary>
    internal static LineChart OverTime(TabularExperimentResult result)
    {
        LeaderboardRow[] ended = [.. result.Leaderboard.Where(row => double.IsFinite(row.Loss)).OrderBy(End)];
        DateTime start = result.Leaderboard.Count > 0 ? result.Leaderboard.Min(row => row.StartedAtUtc) : default;
        List<double> x = [], best = [];
        double least = double.PositiveInfinity;
        foreach (LeaderboardRow row in ended)
        {
            double seconds = Seconds(row);
            // A step: the best stays what it was until a trial ends.
            if (best.Count > 0 && row.Loss < least) (x, best) = ([.. x, seconds], [.. best, best[^1]]);
            if (row.Loss < least) (x, best, least) = ([.. x, seconds], [.. best, row.Metric], row.Loss);
        }
        if (ended.Length > 0) (x, best) = ([.. x, Seconds(ended[^1])], [.. best, best[^1]]);
        return new LineChart
        {
            Title = $"The search over time: {result.MetricName} on validation rows",
            Description = "The line is the best so far; each circle is a trial that ended.",
            Unit = $"{result.MetricName} over seconds, {(result.IsMaximized ? "higher" : "lower")} is better",
            HasDates = false,
            Lines = [new ChartLine("best so far", x, best)],
            Marks = [new ChartMarks("trials", [.. ended.Select(Seconds)], [.. ended.Select(row => row.Metric)])],
        };

        double Seconds(LeaderboardRow row) => (End(row) - start).TotalSeconds;
        static DateTime End(LeaderboardRow row) => row.StartedAtUtc + row.Duration;
    }

    /// <summary>A trial as the run store keeps it; trials are counted from 1 there.</summary>
    /// <param name="row">The trial.</param>
    /// <param name="metric">What is optimized.</param>
    /// <param name="worker">Who ran it, where it was not this process alone.</param>
    /// <param name="attempts">How many had begun it.</param>
    internal static RunRecord Recorded(LeaderboardRow row, string metric, string? worker = null, int attempts = 0) => new()
    {
        Machine = worker,
        Number = row.Trial + 1,
        Trainer = row.Trainer,
        Status = row.Failure is null ? RunStatus.Finished : RunStatus.Failed,
        Cause = row.Failure,
        StartedAt = row.StartedAtUtc,
        EndedAt = row.StartedAtUtc + row.Duration,
        Parameters = Facts(row, attempts),
        Metrics = double.IsFinite(row.Metric) ? new Dictionary<string, double> { [metric] = row.Metric } : [],
    };

    private static Dictionary<string, string> Facts(LeaderboardRow row, int attempts)
    {
        var facts = row.Parameters.ToDictionary();
        if (row.Rows > 0) facts["rows"] = row.Rows.ToString(CultureInfo.InvariantCulture);
        if (attempts > 1) facts["attempts"] = attempts.ToString(CultureInfo.InvariantCulture);
        return facts;
    }

    internal static void WriteJson(Utf8JsonWriter json, TabularExperimentResult result)
    {
        json.WriteString("metric", result.MetricName);
        json.WriteNumber("winner", result.Winner.Trial + 1);
        json.WriteNumbers("validation", result.ValidationMetrics);
        json.WriteStartArray("leaderboard");
        foreach (LeaderboardRow row in result.Leaderboard)
        {
            json.WriteStartObject();
            json.WriteNumber("trial", row.Trial + 1);
            json.WriteString("trainer", row.Trainer);
            if (double.IsFinite(row.Metric)) json.WriteNumber(result.MetricName, row.Metric);
            json.WriteNumber("seconds", Math.Round(row.Duration.TotalSeconds, 3));
            json.WriteNumber("rows", row.Rows);
            json.WriteStartObject("parameters");
            foreach (var (name, value) in row.Parameters) json.WriteString(name, value);
            json.WriteEndObject();
            if (row.Failure is { } failure) json.WriteString("cause", failure);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    internal static string Number(LeaderboardRow row) => (row.Trial + 1).ToString(CultureInfo.InvariantCulture);

    internal static string Metric(double value) => double.IsFinite(value) ? Figures.Metric(value) : "-";

    internal static string Parameters(LeaderboardRow row) => string.Join(", ", row.Parameters.Select(pair => $"{pair.Key} {pair.Value}"));

    private static string Short(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
