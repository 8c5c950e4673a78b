using System.Diagnostics;
using MLPipelines.AutoML.Tests.Tables;

namespace MLPipelines.AutoML.Tests.Experiments;

/// <summary>What clocks decide is tested while no other test runs.</summary>
[Collection(nameof(ExperimentTimeTests))]
public class ExperimentTimeTests
{
    [Fact]
    public void Trials_under_way_are_cancelled_when_the_time_is_up()
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((id, x, stop) => ScriptedRunner.Slowly(x, id == 0 ? 10 : 20_000, stop)).SetTrainingTimeInSeconds(1);
        long start = Stopwatch.GetTimestamp();
        TrialResult best = experiment.Run();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.9, 1.5);
        Assert.Equal(0, best.TrialSettings.TrialId);
        Assert.All(experiment.Leaderboard.Skip(1), row => Assert.Contains("time was up", row.Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_trial_ends_even_when_it_takes_longer_than_the_time()
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((_, x, stop) => ScriptedRunner.Slowly(x, 1500, stop)).SetTrainingTimeInSeconds(1);
        Assert.Equal(0, experiment.Run().TrialSettings.TrialId);
        Assert.Single(experiment.Leaderboard);
    }

    [Fact]
    public void A_trial_that_would_not_end_in_time_is_not_begun()
    {
        // Trials of 400 ms: two fit into a second, side by side or not.
        AutoMLExperiment experiment = ScriptedRunner.Experiment((_, x, stop) => ScriptedRunner.Slowly(x, 400, stop), new() { ConcurrentTrials = 1 }).SetTrainingTimeInSeconds(1);
        experiment.Run();
        Assert.Equal(2, experiment.Leaderboard.Count);
        Assert.All(experiment.Leaderboard, row => Assert.Null(row.Failure));
    }

    [Fact]
    public void A_trial_that_does_not_stop_is_left_behind()
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((id, x, _) => ScriptedRunner.Slowly(x, id == 0 ? 10 : 5000, default)).SetTrainingTimeInSeconds(1);
        long start = Stopwatch.GetTimestamp();
        experiment.Run();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.9, 3.5);
    }

    [Fact]
    public void A_second_is_enough_for_a_model()
    {
        long start = Stopwatch.GetTimestamp();
        TabularExperimentResult result = new TabularExperiment(new MLContext(5), new() { Task = AutoMLTask.Classification, LabelColumn = "Answer", TimeLimit = TimeSpan.FromSeconds(1) }).Run(SomeTables.TwoClasses(4000));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.2, 3);
        Assert.True(result.ValidationMetrics["accuracy"] > 0.8);
    }
}

[CollectionDefinition(nameof(ExperimentTimeTests), DisableParallelization = true)]
public sealed class ExperimentTimeCollection;
