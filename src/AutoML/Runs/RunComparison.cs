using System.Globalization;

namespace MLPipelines.AutoML.Runs;

/// <summary>Runs side by side: each thing that is known of one of them, with its value in every run.</summary>
public static class RunComparison
{
    /// <summary>Compares runs: first what they are, then their parameters, then their metrics.</summary>
    public static IReadOnlyList<ComparedValue> Of(IReadOnlyList<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        List<ComparedValue> rows = [];
        Add("run", "experiment", run => run.Experiment);
        Add("run", "scenario", run => run.Scenario);
        Add("run", "trainer", run => run.Trainer);
        Add("run", "status", run => run.Status.ToString().ToLowerInvariant());
        Add("run", "seconds", run => run.Duration?.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        Add("run", "seed", run => run.Seed?.ToString(CultureInfo.InvariantCulture));
        Add("run", "library", run => run.LibraryVersion);
        Add("run", "data", run => run.DataFile);
        Add("run", "data sha-256", run => run.DataSha256);
        foreach (string name in runs.SelectMany(run => run.Parameters.Keys).Distinct()) Add("parameter", name, run => run.Parameters.GetValueOrDefault(name));
        foreach (string name in runs.SelectMany(run => run.Metrics.Keys).Distinct())
            Add("metric", name, run => run.Metrics.TryGetValue(name, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : null);
        return rows;

        void Add(string kind, string name, Func<RunRecord, string?> value)
        {
            string?[] values = [.. runs.Select(value)];
            if (values.Any(one => one is { Length: > 0 })) rows.Add(new(kind, name, values));
        }
    }
}

/// <summary>One thing that is known of several runs.</summary>
/// <param name="Kind"><c>run</c>, <c>parameter</c> or <c>metric</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Values">Its value in each run; <see langword="null"/> where there is none.</param>
public sealed record ComparedValue(string Kind, string Name, IReadOnlyList<string?> Values)
{
    /// <summary>Whether it is not the same in all runs.</summary>
    public bool Differs => Values.Distinct().Count() > 1;
}
