using MLPipelines.AutoML.Runs;

namespace MLPipelines.AutoML.Tests.Runs;

public sealed class RunMetricsTests
{
    [Theory]
    [InlineData("accuracy", true)]
    [InlineData("ndcg@10", true)]
    [InlineData("r2", true)]
    [InlineData("logLoss", false)]
    [InlineData("LogLoss", false)]
    [InlineData("rmse", false)]
    [InlineData("MeanAbsoluteError", false)]
    public void Errors_and_losses_are_better_when_less(string metric, bool higher) => Assert.Equal(higher, RunMetrics.IsHigherBetter(metric));

    [Fact]
    public void Runs_side_by_side_show_what_differs()
    {
        RunRecord first = TemporaryStore.Sample with { Metrics = new Dictionary<string, double> { ["auc"] = 0.5 } };
        RunRecord second = first with { Trainer = "Gam", Parameters = new Dictionary<string, string> { ["leaves"] = "31", ["bins"] = "8" } };
        IReadOnlyList<ComparedValue> rows = RunComparison.Of([first, second]);
        Assert.Equal(["trainer", "learning rate", "müsli", "bins"], rows.Where(row => row.Differs).Select(row => row.Name));
        ComparedValue leaves = rows.Single(row => row.Name == "leaves");
        Assert.Equal(("parameter", false), (leaves.Kind, leaves.Differs));
        Assert.Equal([null, "8"], rows.Single(row => row.Name == "bins").Values);
        Assert.Equal(["0.5", "0.5"], rows.Single(row => row.Kind == "metric").Values);
        Assert.DoesNotContain(rows, row => row.Name == "seconds");
    }
}
