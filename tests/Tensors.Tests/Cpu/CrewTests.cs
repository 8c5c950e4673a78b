using System.Diagnostics;
using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu;

public unsafe class CrewTests
{
    private struct Counting
    {
        internal int* Done;
        internal int Inner;
    }

    private static void Count(void* context, int part) => Interlocked.Increment(ref ((Counting*)context)->Done[part]);

    private static void Nested(void* context, int part)
    {
        Counting* outer = (Counting*)context;
        Counting inner = new() { Done = outer->Done + (part * outer->Inner) };
        Crew.Run(outer->Inner, &Count, &inner);
    }

    private static int[] Done(int parts, int inner = 0)
    {
        int[] done = new int[parts * Math.Max(1, inner)];
        fixed (int* first = done)
        {
            Counting work = new() { Done = first, Inner = inner };
            if (inner == 0) Crew.Run(parts, &Count, &work);
            else Crew.Run(parts, &Nested, &work);
        }
        return done;
    }

    [Fact]
    public void Every_part_is_done_once()
    {
        for (int piece = 0; piece < 3000; piece++) Assert.All(Done(piece % 17), times => Assert.Equal(1, times));
    }

    [Fact]
    public void A_part_may_have_parts()
    {
        for (int piece = 0; piece < 200; piece++) Assert.All(Done(7, 5), times => Assert.Equal(1, times));
    }

    [Fact]
    public void Work_after_a_pause_is_done_as_well()
    {
        for (int piece = 0; piece < 20; piece++)
        {
            Thread.Sleep(2);
            Assert.All(Done(6), times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void Callers_at_once_all_get_their_work_done()
    {
        int wrong = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int piece = 0; piece < 2000; piece++)
            {
                if (Array.Exists(Done(piece % 9), times => times != 1)) Interlocked.Increment(ref wrong);
            }
        }))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) caller.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        int* done = stackalloc int[8];
        Counting work = new() { Done = done };
        Crew.Run(8, &Count, &work);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int piece = 0; piece < 1000; piece++) Crew.Run(8, &Count, &work);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Work_that_follows_at_once_starts_within_microseconds()
    {
        int* done = stackalloc int[2];
        Counting work = new() { Done = done };
        long least = long.MaxValue;
        for (int trial = 0; trial < 50; trial++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int piece = 0; piece < 100; piece++) Crew.Run(2, &Count, &work);
            least = Math.Min(least, Stopwatch.GetTimestamp() - start);
        }
        Assert.True(least < Stopwatch.Frequency / 1000, $"100 pieces of work took {least * 1e6 / Stopwatch.Frequency:f0} µs.");
    }
}
