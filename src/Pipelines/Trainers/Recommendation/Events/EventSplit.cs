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

/// <summary>
/// Sets rows aside. What a user has already is no recommendation: rows of one user and one item stay together, and by time those that repeat an
/// earlier pair are measured on by nobody.
/// </summary>
internal static class EventSplit
{
    /// <summary>The rows to learn from, and those to measure on.</summary>
    /// <param name="log">All rows.</param>
    /// <param name="kind">How.</param>
    /// <param name="share">The share of rows to measure on, above 0 and below 1; not for <see cref="EventSplitKind.LeaveLastOut"/>.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <exception cref="MLPipelinesException">A part would have no rows.</exception>
    internal static (EventLog Train, EventLog Test) Of(EventLog log, EventSplitKind kind, double share, int seed)
    {
        if (kind == EventSplitKind.Time && !log.HasTimes) throw new MLPipelinesException("A split by time needs a column of times.");
        var pairs = new Dictionary<(int, int), int>();
        int[] pairOf = [.. log.Rows.Select(row => pairs.TryGetValue((row.User, row.Item), out int pair) ? pair : pairs[(row.User, row.Item)] = pairs.Count)];
        bool[] isLater = kind == EventSplitKind.Time ? InteractionSplit.ByTime([.. log.Rows.Select(row => row.Time)], share)
            : ByPair(log, kind, share, seed, [.. pairs.Keys.Select(pair => pair.Item1)], pairOf);
        int[] rows = [.. Enumerable.Range(0, log.Count)];
        HashSet<int> known = [.. rows.Where(row => !isLater[row]).Select(row => pairOf[row])];
        EventLog train = log.Select([.. rows.Where(row => !isLater[row])]), test = log.Select([.. rows.Where(row => isLater[row] && !known.Contains(pairOf[row]))]);
        if (train.Count > 0 && test.Count > 0) return (train, test);
        throw new MLPipelinesException(kind == EventSplitKind.Time
            ? "A split by time finds nothing to measure on: nearly all happened at one time, or users only repeat themselves. Leave the last item of each user out instead."
            : "Nothing is left to measure on: no user has two items.");
    }

    private static bool[] ByPair(EventLog log, EventSplitKind kind, double share, int seed, int[] users, int[] pairOf)
    {
        long[] last = new long[users.Length];
        for (int row = 0; row < pairOf.Length; row++) last[pairOf[row]] = Math.Max(last[pairOf[row]], log.HasTimes ? log.Rows[row].Time : row);
        bool[] isTest = kind == EventSplitKind.LeaveLastOut ? InteractionSplit.LastOut(users, last) : InteractionSplit.ByUserRatio(users, share, seed);
        return [.. pairOf.Select(pair => isTest[pair])];
    }
}
