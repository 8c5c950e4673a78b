using System.Collections.Concurrent;
using MLPipelines.AutoML.Runs;
using MLPipelines.AutoML.Runs.Work;
using MLPipelines.Testing;

namespace MLPipelines.AutoML.Tests.Runs;

public sealed class TrialQueueTests
{
    private static readonly TrialQueueTimes Short = new() { Lease = TimeSpan.FromMilliseconds(300), Wanted = TimeSpan.FromSeconds(20) };

    [Fact]
    public void Trials_in_a_file_are_done_once_each()
    {
        using var temporary = new TemporaryStore();
        DoAll(temporary.Store, () => RunStore.Open(temporary.File));
    }

    [PostgresFact]
    public void Trials_in_PostgreSQL_are_done_once_each()
    {
        string database = PostgresServer.Shared.CreateDatabase();
        using RunStore store = RunStore.Open(database);
        DoAll(store, () => RunStore.Open(database));
    }

    private static void DoAll(RunStore store, Func<RunStore> open)
    {
        const int Count = 40, Workers = 6;
        RunRecord run = store.Start(TemporaryStore.Sample);
        var queue = new TrialQueue(store);
        string[] offered = [.. Enumerable.Range(0, Count).Select(i => queue.Offer(run.Id, i, $"work {i}").Id)];
        var done = new ConcurrentBag<int>();
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, worker =>
        {
            using RunStore own = open();
            var mine = new TrialQueue(own);
            while (mine.Take($"worker {worker}") is { } task)
            {
                Assert.Equal((run.Id, $"work {task.Number}", 1), (task.RunId, task.Work, task.Attempt));
                Assert.True(mine.Renew(task, $"worker {worker}"));
                Assert.True(mine.Complete(task, $"worker {worker}", $"result {task.Number}"));
                done.Add(task.Number);
            }
        });
        Assert.Equal(Enumerable.Range(0, Count), done.Order());
        IReadOnlyList<TrialOutcome> outcomes = queue.Collect(run.Id);
        Assert.Equal(offered.Order(StringComparer.Ordinal), outcomes.Select(outcome => outcome.Id).Order(StringComparer.Ordinal));
        Assert.All(outcomes, outcome => Assert.StartsWith("result ", outcome.Result, StringComparison.Ordinal));
        Assert.Empty(queue.Collect(run.Id));
    }

    [Fact]
    public void A_trial_of_a_silent_worker_is_taken_again_and_only_the_new_worker_may_hand_it_in()
    {
        using var temporary = new TemporaryStore();
        CheckLease(temporary.Store);
    }

    [PostgresFact]
    public void Leases_end_in_PostgreSQL_too()
    {
        using RunStore store = RunStore.Open(PostgresServer.Shared.CreateDatabase());
        CheckLease(store);
    }

    private static void CheckLease(RunStore store)
    {
        RunRecord run = store.Start(TemporaryStore.Sample);
        var queue = new TrialQueue(store, Short);
        queue.Offer(run.Id, 1, "work");
        TrialTask lost = queue.Take("dead")!;
        Assert.Null(queue.Take("alive"));
        Thread.Sleep(200);
        Assert.True(queue.Renew(lost, "dead"));
        Thread.Sleep(200);
        Assert.Null(queue.Take("alive"));
        Thread.Sleep(200);
        TrialTask again = queue.Take("alive")!;
        Assert.Equal((lost.Id, 2), (again.Id, again.Attempt));
        Assert.False(queue.Renew(lost, "dead"));
        Assert.False(queue.Complete(lost, "dead", "late"));
        Assert.True(queue.Complete(again, "alive", "in time"));
        Assert.Equal(new TrialOutcome(lost.Id, "alive", 2, "in time"), Assert.Single(queue.Collect(run.Id)));
    }

    [Fact]
    public void A_trial_that_workers_die_of_has_failed_in_the_end()
    {
        using var temporary = new TemporaryStore();
        RunRecord run = temporary.Store.Start(TemporaryStore.Sample);
        var queue = new TrialQueue(temporary.Store, Short with { Lease = TimeSpan.FromMilliseconds(-1), Attempts = 2 });
        queue.Offer(run.Id, 1, "work");
        Assert.NotNull(queue.Take("first"));
        Assert.Empty(queue.Collect(run.Id));
        Assert.NotNull(queue.Take("second"));
        Assert.Null(queue.Take("third"));
        TrialOutcome outcome = Assert.Single(queue.Collect(run.Id));
        Assert.Equal(("second", 2, null), (outcome.Worker, outcome.Attempt, outcome.Result));
    }

    [Fact]
    public void Trials_that_nobody_wants_are_not_taken()
    {
        using var temporary = new TemporaryStore();
        RunRecord run = temporary.Store.Start(TemporaryStore.Sample), other = temporary.Store.Start(TemporaryStore.Sample);
        var queue = new TrialQueue(temporary.Store);
        new TrialQueue(temporary.Store, Short with { Wanted = TimeSpan.FromMilliseconds(-1) }).Offer(run.Id, 1, "of a process that died");
        Assert.Null(queue.Take("worker"));
        TrialTask withdrawn = queue.Offer(run.Id, 2, "withdrawn");
        queue.Offer(other.Id, 3, "of another run");
        Assert.Equal(3, queue.Take("worker", other.Id)!.Number);
        TrialTask taken = queue.Take("worker", run.Id)!;
        queue.Withdraw(withdrawn);
        Assert.False(queue.Renew(taken, "worker"));
        TrialTask released = queue.Offer(run.Id, 4, "released");
        queue.Release(queue.Take("worker")!, "worker");
        TrialTask again = queue.Take("worker")!;
        Assert.Equal((released.Id, 1), (again.Id, again.Attempt));
        queue.WithdrawAll(run.Id);
        Assert.False(queue.Complete(again, "worker", "too late"));
    }
}
