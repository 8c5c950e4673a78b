using MLPipelines.AutoML;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.AutoML;
using MLPipelines.Cli.Output;

namespace MLPipelines.Cli.Tests.AutoML;

public sealed class LeaderboardTests
{
    private static readonly LeaderboardRow[] Rows =
    [
        Row(0, "FastTree", 0.5) with { IsBestSoFar = true },
        Row(1, "Sdca", double.NaN) with { Failure = "no\nmemory" },
        Row(2, "LightGbm", 0.25) with { IsBestSoFar = true },
    ];

    private static LeaderboardRow Row(int trial, string trainer, double metric) => new(trial, trainer, new Dictionary<string, string> { ["Leaves"] = "31" }, metric,
        double.IsNaN(metric) ? double.PositiveInfinity : metric, TimeSpan.FromSeconds(trial + 1)) { StartedAtUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), Rows = 100 };

    [Fact]
    public void The_best_come_first_and_those_that_failed_last()
    {
        var table = Leaderboard.Table(Rows, "rmse", most: 10);
        Assert.Equal("Trials, the best first, 1 of them failed", table.Title);
        Assert.Equal([["3", "LightGbm", "0.2500", "100", "3.00", "Leaves 31"], ["1", "FastTree", "0.5000", "100", "1.00", "Leaves 31"], ["2", "Sdca", "-", "100", "2.00", "no memory"]], table.Rows);
        Assert.Equal(5, Leaderboard.Table(Rows, "rmse", most: 10, longest: 3).Heads.Count);
    }

    [Fact]
    public void A_trial_is_kept_with_its_cause_and_who_ran_it()
    {
        RunRecord failed = Leaderboard.Recorded(Rows[1], "rmse"), shared = Leaderboard.Recorded(Rows[2], "rmse", "host/1/a", 2);
        Assert.Equal((2, RunStatus.Failed, "no\nmemory", 0), (failed.Number, failed.Status, failed.Cause, failed.Metrics.Count));
        Assert.Equal(("host/1/a", "2", 0.25, 3.0), (shared.Machine, shared.Parameters["attempts"], shared.Metrics["rmse"], shared.Duration!.Value.TotalSeconds));
    }

    [Fact]
    public void Where_there_is_no_terminal_a_line_tells_of_each_new_best_trial_and_each_failure()
    {
        using var error = new StringWriter();
        using (ProgressDisplay display = SearchProgress.For(new CommandHost(TextWriter.Null, error), "rmse"))
        {
            // Trials end in another order than they were begun.
            SearchProgress.Show(display, new ExperimentProgress("searching", [Rows[2]], Rows[2], 2, TimeSpan.FromSeconds(1), null));
            SearchProgress.Show(display, new ExperimentProgress("searching", Rows, Rows[2], 0, TimeSpan.FromSeconds(2), null));
        }
        Assert.Equal(["   1.0 s  trial 3  LightGbm  rmse 0.2500  the best so far", "   2.0 s  trial 1  FastTree  rmse 0.5000  the best so far", "   2.0 s  trial 2  Sdca  failed: no memory"],
            error.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
    }
}
