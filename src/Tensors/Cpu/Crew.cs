using System.Diagnostics;

namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// The threads that share the parts of one kernel. What the parts are follows from the work alone, never from the number of threads, so that
/// every sum is taken in the same order however many run.
/// </summary>
/// <remarks>
/// The threads start with the first work, look for more of it for <see cref="Patience"/> after each and then sleep. The caller does parts as well, all that
/// nobody has taken, so that a processor that is busy elsewhere delays nothing. While one caller has the crew, another one, and a part that
/// has parts itself, does its parts alone.
/// </remarks>
internal static unsafe class Crew
{
    /// <summary>How long a thread looks for work before it sleeps: longer than what lies between two kernels of a network.</summary>
    private static readonly long Patience = Stopwatch.Frequency / 5000;

    private static readonly Lock Growing = new();
    private static Member[] _members = [];
    private static volatile int _threads = Environment.ProcessorCount;

    private static delegate*<void*, int, void> _work;
    private static void* _context;

    // The upper half counts pieces of work, the lower one the parts that nobody has taken yet.
    private static long _ticket;
    private static int _unfinished;
    private static int _taken;

    /// <summary>How many threads share work, the calling one among them; at least 1.</summary>
    internal static int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
        }
    }

    /// <summary>Lets at most so many threads share work until the result is disposed; <see langword="null"/> changes nothing.</summary>
    internal static Limitation Limit(int? threads)
    {
        int before = Threads;
        if (threads is { } most) Threads = most;
        return new Limitation(before);
    }

    /// <summary>Calls <paramref name="work"/> for each part from 0, in any order, and returns when all are done. Allocates nothing.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="work">Does the part of the given number; it may not throw.</param>
    /// <param name="context">What every part needs, usually a struct on the caller's stack.</param>
    internal static void Run(int parts, delegate*<void*, int, void> work, void* context)
    {
        int threads = _threads;
        if (parts <= 1 || threads == 1 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++) work(context, part);
            return;
        }
        Member[] members = _members.Length >= threads - 1 ? _members : Grow(threads - 1);
        _work = work;
        _context = context;
        Volatile.Write(ref _unfinished, parts);
        Interlocked.Exchange(ref _ticket, (((_ticket >> 32) + 1) << 32) | (uint)parts);
        int wanted = Math.Min(parts, threads) - 1;
        for (int i = 0; i < wanted; i++) members[i].Wake();
        while (TakePart()) { }
        SpinWait wait = default;
        while (Volatile.Read(ref _unfinished) > 0) wait.SpinOnce(sleep1Threshold: -1);
        Volatile.Write(ref _taken, 0);
    }

    /// <summary>Ends what <see cref="Limit"/> began.</summary>
    internal readonly ref struct Limitation(int before)
    {
        public void Dispose() => Threads = before;
    }

    private static bool TakePart()
    {
        long ticket = Volatile.Read(ref _ticket);
        int left = (int)(ticket & int.MaxValue);
        if (left == 0) return false;
        if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket) return true;
        // Work and context stay those of this ticket until the part is done.
        int part = left - 1;
        _work(_context, part);
        Interlocked.Decrement(ref _unfinished);
        return true;
    }

    private static Member[] Grow(int count)
    {
        lock (Growing)
        {
            Member[] members = _members;
            if (members.Length >= count) return members;
            int before = members.Length;
            Array.Resize(ref members, count);
            for (int i = before; i < count; i++) members[i] = new Member(i);
            return _members = members;
        }
    }

    private sealed class Member
    {
        private readonly object _gate = new();
        private readonly int _number;
        private int _asleep;

        internal Member(int number)
        {
            _number = number;
            new Thread(Work) { IsBackground = true, Name = "tensors" }.Start();
        }

        internal void Wake()
        {
            if (Volatile.Read(ref _asleep) == 0) return;
            lock (_gate)
            {
                Volatile.Write(ref _asleep, 0);
                Monitor.Pulse(_gate);
            }
        }

        private bool IsWanted => _number < _threads - 1;

        private void Sleep()
        {
            lock (_gate)
            {
                while (Volatile.Read(ref _asleep) != 0) Monitor.Wait(_gate);
            }
        }

        private void Work()
        {
            long until = 0;
            while (true)
            {
                if (IsWanted && TakePart())
                {
                    until = 0;
                    continue;
                }
                for (int look = 0; look < 16 && (Volatile.Read(ref _ticket) & int.MaxValue) == 0; look++) Thread.SpinWait(4);
                long now = Stopwatch.GetTimestamp();
                if (until == 0) until = now + Patience;
                if (now < until)
                {
                    // The caller itself may be waiting for this processor.
                    if (until - now < Patience - Patience / 8) Thread.Yield();
                    continue;
                }
                until = 0;
                // Whoever gives out work after this sees that the thread is asleep; work given out before is seen here.
                Interlocked.Exchange(ref _asleep, 1);
                if (IsWanted && (Volatile.Read(ref _ticket) & int.MaxValue) != 0) Volatile.Write(ref _asleep, 0);
                else Sleep();
            }
        }
    }
}
