namespace MLPipelines.Recommendation;

/// <summary>Which rows of interactions are for testing: <see langword="true"/> for these. Each way answers another question.</summary>
public static class InteractionSplit
{
    /// <summary>A share of the rows of each user, drawn by chance: how well is a user known from part of what the user did? A user keeps at least one row for training.</summary>
    /// <param name="users">The user of each row.</param>
    /// <param name="testShare">The share of each user's rows for testing, rounded to the nearest number; above 0 and below 1.</param>
    /// <param name="seed">Makes the draw repeatable.</param>
    public static bool[] ByUserRatio<TUser>(IReadOnlyList<TUser> users, double testShare, int seed) where TUser : notnull
    {
        ArgumentNullException.ThrowIfNull(users);
        Check(testShare);
        var random = new Random(seed);
        bool[] isTest = new bool[users.Count];
        foreach (int[] rows in RowsOf(users))
        {
            random.Shuffle(rows);
            foreach (int row in rows.AsSpan(0, Math.Min(rows.Length - 1, (int)Math.Round(testShare * rows.Length, MidpointRounding.AwayFromZero)))) isTest[row] = true;
        }
        return isTest;
    }

    /// <summary>The last rows of each user who has more: what does a user take next?</summary>
    /// <param name="users">The user of each row.</param>
    /// <param name="times">When; of equal times the later row is last. <see langword="null"/> when rows are in order.</param>
    /// <param name="count">How many rows of each user; at least 1.</param>
    public static bool[] LastOut<TUser>(IReadOnlyList<TUser> users, IReadOnlyList<long>? times, int count = 1) where TUser : notnull
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        CheckLength(users.Count, times?.Count);
        bool[] isTest = new bool[users.Count];
        foreach (int[] rows in RowsOf(users))
        {
            if (rows.Length <= count) continue;
            foreach (int row in (times is null ? rows.AsEnumerable() : rows.OrderBy(row => times[row])).TakeLast(count)) isTest[row] = true;
        }
        return isTest;
    }

    /// <summary>The last rows of all, from one time on: what do users take from then on, with users and items that were not there before?</summary>
    /// <param name="times">When.</param>
    /// <param name="testShare">The share of rows for testing, more where rows share the time of the cut; above 0 and below 1.</param>
    public static bool[] ByTime(IReadOnlyList<long> times, double testShare)
    {
        ArgumentNullException.ThrowIfNull(times);
        Check(testShare);
        if (times.Count == 0) return [];
        long[] sorted = [.. times.Order()];
        long cut = sorted[Math.Min(sorted.Length - 1, (int)Math.Round((1 - testShare) * sorted.Length))];
        return [.. times.Select(time => time >= cut)];
    }

    private static IEnumerable<int[]> RowsOf<TUser>(IReadOnlyList<TUser> users) where TUser : notnull =>
        Enumerable.Range(0, users.Count).GroupBy(row => users[row]).Select(rows => rows.ToArray());

    private static void Check(double testShare)
    {
        if (!(testShare is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(testShare), testShare, "The share for testing is above 0 and below 1.");
    }

    private static void CheckLength(int users, int? times)
    {
        if (times is { } count && count != users) throw new ArgumentException($"There are {count} times for {users} rows.", nameof(times));
    }
}
