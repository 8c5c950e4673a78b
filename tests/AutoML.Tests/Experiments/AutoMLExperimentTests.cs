namespace MLPipelines.AutoML.Tests.Experiments;

public class AutoMLExperimentTests
{
    [Fact]
    public void The_trial_with_the_least_loss_is_the_result()
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((_, x, _) => x).SetMaxModelToExplore(20);
        TrialResult best = experiment.Run();
        Assert.Equal(20, experiment.Leaderboard.Count);
        Assert.Equal(experiment.Leaderboard.Min(row => row.Loss), best.Loss);
        Assert.Equal(Enumerable.Range(0, 20), experiment.Leaderboard.Select(row => row.Trial));
        Assert.True(experiment.Leaderboard[0].Parameters.ContainsKey("s.x"));
    }

    [Fact]
    public void A_failed_trial_is_recorded_with_its_cause_and_the_search_goes_on()
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((id, x, _) => id % 2 == 0 ? throw new InvalidOperationException("no luck") : x).SetMaxModelToExplore(10);
        TrialResult best = experiment.Run();
        Assert.Equal(5, experiment.Leaderboard.Count(row => row.Failure == "no luck"));
        Assert.Equal(1, best.TrialSettings.TrialId % 2);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_a_failure()
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((id, x, _) => id == 0 ? double.NaN : x).SetMaxModelToExplore(4);
        experiment.Run();
        Assert.Contains("NaN", experiment.Leaderboard[0].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void When_all_trials_fail_the_message_says_why_the_first_did()
    {
        var thrown = Assert.Throws<MLPipelinesException>(() => ScriptedRunner.Experiment((id, _, _) => throw new InvalidOperationException($"cause {id}")).SetMaxModelToExplore(100).Run());
        Assert.Contains("cause 0", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_returns_the_best_so_far()
    {
        using var stop = new CancellationTokenSource();
        AutoMLExperiment experiment = ScriptedRunner.Experiment((id, x, token) =>
        {
            if (id == 5) stop.Cancel();
            return ScriptedRunner.Slowly(x, id >= 5 ? 20_000 : 1, token);
        });
        TrialResult best = await experiment.RunAsync(stop.Token);
        Assert.Equal(experiment.Leaderboard.Where(row => row.Failure is null).Min(row => row.Loss), best.Loss);
    }

    [Fact]
    public async Task Cancelling_before_a_trial_has_ended_throws()
    {
        using var stop = new CancellationTokenSource();
        AutoMLExperiment experiment = ScriptedRunner.Experiment((_, x, token) =>
        {
            stop.Cancel();
            return ScriptedRunner.Slowly(x, 20_000, token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => experiment.RunAsync(stop.Token));
    }

    [Fact]
    public void The_leaderboard_does_not_depend_on_how_many_trials_run_side_by_side()
    {
        List<(string, double)>[] boards = [.. new[] { 1, 2, 4 }.Select(concurrent =>
        {
            var tuner = new TunerThatListens();
            AutoMLExperiment experiment = ScriptedRunner.Experiment((id, x, stop) => ScriptedRunner.Slowly(x, id * 7 % 5 * 4, stop), new() { ConcurrentTrials = concurrent })
                .SetTuner(tuner).SetMaxModelToExplore(24);
            experiment.Run();
            return experiment.Leaderboard.Select(row => (string.Join(' ', row.Parameters), row.Loss)).ToList();
        })];
        Assert.Equal(boards[0], boards[1]);
        Assert.Equal(boards[0], boards[2]);
    }

    [Fact]
    public void Trials_run_side_by_side()
    {
        int running = 0, most = 0;
        ScriptedRunner.Experiment((_, x, stop) =>
        {
            int now = Interlocked.Increment(ref running);
            if (now > Volatile.Read(ref most)) Volatile.Write(ref most, now);
            ScriptedRunner.Slowly(x, 40, stop);
            Interlocked.Decrement(ref running);
            return x;
        }, new() { ConcurrentTrials = 3 }).SetMaxModelToExplore(9).Run();
        Assert.Equal(3, most);
    }

    [Fact]
    public void A_trial_that_needs_too_much_memory_is_ended_and_says_so()
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((id, x, stop) => ScriptedRunner.Slowly(x, id == 0 ? 0 : 10_000, stop), new() { ConcurrentTrials = 1 })
            .SetPerformanceMonitor(services => new MemoryFrom(1, (AutoMLExperiment.AutoMLExperimentSettings)services.GetService(typeof(AutoMLExperiment.AutoMLExperimentSettings))!))
            .SetMaximumMemoryUsageInMegaByte(1).SetMaxModelToExplore(2);
        experiment.Run();
        Assert.Contains("memory", experiment.Leaderboard[1].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_goes_on_from_its_checkpoint()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            ScriptedRunner.Experiment((id, x, _) => id == 1 ? throw new InvalidOperationException("no luck") : x).SetMaxModelToExplore(3).SetCheckpoint(folder).Run();
            var tuner = new TunerThatListens();
            AutoMLExperiment second = ScriptedRunner.Experiment((_, x, _) => x).SetTuner(tuner).SetMaxModelToExplore(2).SetCheckpoint(folder);
            second.Run();
            Assert.Equal([3, 4], second.Leaderboard.Select(row => row.Trial));
            Assert.Equal([0, 1, 2], tuner.Heard.Take(3).Select(result => result.TrialSettings.TrialId));
            Assert.Equal([true, false, true], tuner.Heard.Take(3).Select(result => result.IsSucceed));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_monitor_hears_of_every_trial()
    {
        var monitor = new CountingMonitor();
        ScriptedRunner.Experiment((id, x, _) => id == 2 ? throw new InvalidOperationException("no luck") : x).SetMonitor(monitor).SetMaxModelToExplore(6).Run();
        Assert.Equal((6, 5, 1), (monitor.Running, monitor.Completed, monitor.Failed));
        Assert.True(monitor.Best >= 1);
    }

    /// <summary>Proposes what depends on all that it has heard, in the order that it has heard it.</summary>
    private sealed class TunerThatListens : ITuner
    {
        internal List<TrialResult> Heard { get; } = [];

        public SearchSpace.Parameter Propose(TrialSettings settings)
        {
            double x = 0.5;
            foreach (TrialResult result in Heard.Where(result => result.IsSucceed)) x = ((x * 3) + result.Loss + (result.TrialSettings.TrialId * 0.01)) % 1;
            return SearchSpace.Parameter.CreateNestedParameter(KeyValuePair.Create("s", SearchSpace.Parameter.CreateNestedParameter(KeyValuePair.Create("x", SearchSpace.Parameter.FromDouble(x)))));
        }

        public void Update(TrialResult result) => Heard.Add(result);
    }

    private sealed class MemoryFrom(int trial, AutoMLExperiment.AutoMLExperimentSettings settings) : DefaultPerformanceMonitor(settings, 20)
    {
        public override void OnPerformanceMetricsUpdatedHandler(TrialSettings trialSettings, TrialPerformanceMetrics metrics, CancellationTokenSource trialCancellationTokenSource)
        {
            if (trialSettings.TrialId >= trial) base.OnPerformanceMetricsUpdatedHandler(trialSettings, metrics, trialCancellationTokenSource);
        }
    }

    private sealed class CountingMonitor : IMonitor
    {
        internal int Running { get; private set; }

        internal int Completed { get; private set; }

        internal int Failed { get; private set; }

        internal int Best { get; private set; }

        public void ReportRunningTrial(TrialSettings settings) => Running++;

        public void ReportCompletedTrial(TrialResult result) => Completed++;

        public void ReportFailTrial(TrialSettings settings, Exception? exception = null) => Failed++;

        public void ReportBestTrial(TrialResult result) => Best++;
    }
}
