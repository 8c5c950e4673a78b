namespace MLPipelines.Recommendation;

/// <summary>How rows are set aside to measure on.</summary>
public enum EventSplitKind
{
    /// <summary>The last rows in the order of time: what a recommender meets in use. Needs times.</summary>
    Time,

    /// <summary>The last item of each user that has at least two, by time where there are times, else by the order of rows.</summary>
    LeaveLastOut,

    /// <summary>A share of the items of each user, drawn by chance.</summary>
    Ratio,
}

/// <summary>Sets rows aside. All rows of one user and one item stay together, save by time.</summary>
internal static class EventSplit
{
    /// <summary>The rows to learn from, and those to measure on.</summary>
    /// <param name="log">All rows.</param>
    /// <param name="kind">How.</param>
    /// <param name="share">The share of rows to measure on, above 0 and below 1; not for <see cref="EventSplitKind.LeaveLastOut"/>.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    internal static (int[] Train, int[] Test) Of(EventLog log, EventSplitKind kind, double share, int seed) => kind switch
    {
        EventSplitKind.Time => ByTime(log, share),
        EventSplitKind.LeaveLastOut => ByUser(log, items => 1, rows => rows.Max(row => (log.HasTimes ? log.Rows[row].Time : 0, row))),
        _ => ByUser(log, items => (int)Math.Round(items * share), Drawn(seed)),
    };

    private static (int[], int[]) ByTime(EventLog log, double share)
    {
        if (!log.HasTimes) throw new MLPipelinesException("A split by time needs a column of times.");
        long[] times = [.. log.Rows.ToArray().Select(row => row.Time).Order()];
        // What happened at one time is on one side.
        long border = times[Math.Clamp((int)Math.Round(times.Length * (1 - share)), 0, times.Length - 1)];
        if (border == times[0]) throw new MLPipelinesException("A split by time needs rows before and after a moment; nearly all happened at one time. Leave the last of each user out instead.");
        ILookup<bool, int> parts = Enumerable.Range(0, log.Count).ToLookup(row => log.Rows[row].Time < border);
        return ([.. parts[true]], [.. parts[false]]);
    }

    private static (int[], int[]) ByUser(EventLog log, Func<int, int> count, Func<IEnumerable<int>, (long, int)> order)
    {
        bool[] isTest = new bool[log.Count];
        foreach (IGrouping<int, int> user in Enumerable.Range(0, log.Count).GroupBy(row => log.Rows[row].User))
        {
            var items = user.GroupBy(row => log.Rows[row].Item).Select(rows => (Rows: rows, Order: order(rows))).OrderBy(item => item.Order).ToList();
            int wanted = Math.Min(count(items.Count), items.Count - 1);
            foreach (var (rows, _) in items.Skip(items.Count - wanted))
                foreach (int row in rows) isTest[row] = true;
        }
        ILookup<bool, int> parts = Enumerable.Range(0, log.Count).ToLookup(row => isTest[row]);
        return ([.. parts[false]], [.. parts[true]]);
    }

    private static Func<IEnumerable<int>, (long, int)> Drawn(int seed)
    {
        var random = new Random(seed);
        return rows => (random.NextInt64(), rows.First());
    }
}
