using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>Who did what with which item, and when: the rows of a table after reading, with numbers in place of names. It is immutable and in memory.</summary>
public sealed class EventLog
{
    private readonly EventRow[] _rows;
    private readonly DuplicatePolicy _duplicates;
    private readonly TimeSpan? _halfLife;

    internal EventLog(EventRow[] rows, IdTable users, IdTable items, FeedbackKind feedback, bool hasTimes, DuplicatePolicy duplicates, TimeSpan? halfLife)
    {
        (_rows, UserTable, ItemTable, Feedback, HasTimes) = (rows, users, items, feedback, hasTimes);
        (_duplicates, _halfLife) = (duplicates, halfLife);
    }

    /// <summary>The names of the users, in the order of their first rows.</summary>
    public IReadOnlyList<string> Users => UserTable.Names;

    /// <summary>The names of the items, in the order of their first rows.</summary>
    public IReadOnlyList<string> Items => ItemTable.Names;

    /// <summary>How many rows there are that count.</summary>
    public int Count => _rows.Length;

    /// <summary>Whether values are ratings or weights of what was done.</summary>
    public FeedbackKind Feedback { get; }

    /// <summary>Whether it is known when rows happened.</summary>
    public bool HasTimes { get; }

    /// <summary>What was understood of the columns, in words.</summary>
    public string Description { get; internal init; } = "";

    /// <summary>What is to be known of the rows, in sentences: those that were left out with the number of the first, duplicates, users with one event.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    internal IdTable UserTable { get; }

    internal IdTable ItemTable { get; }

    internal ReadOnlySpan<EventRow> Rows => _rows;

    /// <summary>Reads a table.</summary>
    /// <param name="data">The rows, in any order.</param>
    /// <param name="options">Which columns, and what they count.</param>
    /// <exception cref="MLPipelinesException">A row cannot be understood, or none is left; the message says where and what was expected.</exception>
    /// <exception cref="ArgumentException">A column is not there or of another type, or an option is out of its range.</exception>
    public static EventLog Read(IDataView data, EventOptions options) => Read(data, options, CancellationToken.None);

    internal static EventLog Read(IDataView data, EventOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var reader = new EventReader(data, options);
        reader.Read(cancellation);
        return reader.ToLog();
    }

    /// <summary>Some of the rows, with users and items of their own: those that occur in them.</summary>
    /// <param name="indices">Which rows, in the order that they shall have.</param>
    internal EventLog Select(IReadOnlyCollection<int> indices)
    {
        IdTable users = new(), items = new();
        var rows = new EventRow[indices.Count];
        int count = 0;
        foreach (int index in indices)
        {
            EventRow row = _rows[index];
            rows[count++] = row with { User = users.Add(Users[row.User]), Item = items.Add(Items[row.Item]) };
        }
        return new EventLog(rows, users, items, Feedback, HasTimes, _duplicates, _halfLife) { Description = Description };
    }

    /// <summary>One value for each pair of a user and an item: rows of one pair are merged, and events lose weight with age.</summary>
    public Interactions ToInteractions() => ToInteractions(UserTable, ItemTable);

    /// <summary>The same by the numbers of other tables. Users and items that they do not have are added.</summary>
    internal Interactions ToInteractions(IdTable users, IdTable items)
    {
        int[] order = [.. Enumerable.Range(0, _rows.Length)];
        if (HasTimes && _duplicates == DuplicatePolicy.Last) order = [.. order.OrderBy(i => _rows[i].Time)];
        int[] userOf = new int[order.Length], itemOf = new int[order.Length];
        float[] values = new float[order.Length];
        int[] userNumbers = Numbers(UserTable, users), itemNumbers = Numbers(ItemTable, items);
        long last = HasTimes && _rows.Length > 0 ? _rows.Max(row => row.Time) : 0;
        for (int i = 0; i < order.Length; i++)
        {
            EventRow row = _rows[order[i]];
            (userOf[i], itemOf[i]) = (userNumbers[row.User], itemNumbers[row.Item]);
            values[i] = _halfLife is { } half ? (float)(row.Value * Math.Pow(0.5, (last - row.Time) / (double)half.Ticks)) : row.Value;
        }
        int userCount = users.Names.Count, itemCount = items.Names.Count;
        Func<float, float, float> merge = _duplicates == DuplicatePolicy.Last ? (_, next) => next : (before, next) => before + next;
        var merged = Interactions.Of(userOf, itemOf, values, userCount, itemCount, merge);
        if (_duplicates != DuplicatePolicy.Mean || merged.Count == values.Length) return merged;
        Array.Fill(values, 1);
        return merged.Combine(Interactions.Of(userOf, itemOf, values, userCount, itemCount, merge), (sum, count) => sum / count);
    }

    private static int[] Numbers(IdTable from, IdTable to)
    {
        int[] numbers = new int[from.Names.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = ReferenceEquals(from, to) ? i : to.Add(from.Names[i]);
        return numbers;
    }
}
