namespace MLPipelines.Recommendation;

/// <summary>
/// Who did what with which item, one row per user: the items of a user and how much each counts (a rating, or a weight of events). Users and items are
/// numbers from 0; names are kept elsewhere. It is immutable, in memory, and stored twice: by user, and by item.
/// </summary>
public sealed class Interactions
{
    private readonly int[] _starts;
    private readonly int[] _items;
    private readonly float[] _values;
    private Interactions? _byItem;

    /// <param name="starts">Where the row of each user starts; one more than users.</param>
    /// <param name="items">The items of all users, rising within a user, each once.</param>
    /// <param name="values">How much each counts; finite.</param>
    /// <param name="itemCount">How many items there are.</param>
    internal Interactions(int[] starts, int[] items, float[] values, int itemCount)
    {
        (_starts, _items, _values, ItemCount) = (starts, items, values, itemCount);
    }

    public int UserCount => _starts.Length - 1;

    public int ItemCount { get; }

    /// <summary>How many pairs of a user and an item there are.</summary>
    public int Count => _items.Length;

    /// <summary>What is known of users and items beside; <see langword="null"/> for nothing.</summary>
    internal SideFeatures? Features { get; private init; }

    /// <summary>The same with what is known of users and items beside.</summary>
    internal Interactions With(SideFeatures? features) => new(_starts, _items, _values, ItemCount) { Features = features, _byItem = _byItem };

    /// <summary>The items of a user, rising.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) => _items.AsSpan(_starts[user], _starts[user + 1] - _starts[user]);

    /// <summary>How much each item of a user counts, in the order of <see cref="ItemsOf"/>.</summary>
    public ReadOnlySpan<float> ValuesOf(int user) => _values.AsSpan(_starts[user], _starts[user + 1] - _starts[user]);

    /// <summary>The same by item: its users are the items of this.</summary>
    internal Interactions ByItem => _byItem ?? Interlocked.CompareExchange(ref _byItem, Transpose(), null) ?? _byItem!;

    /// <summary>Rows of users in any order to interactions.</summary>
    /// <param name="users">The user of each row.</param>
    /// <param name="items">The item of each row.</param>
    /// <param name="values">How much each row counts.</param>
    /// <param name="userCount">How many users there are.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="merge">What several rows of one pair become: from what came before and the next one, in the order of rows.</param>
    internal static Interactions Of(ReadOnlySpan<int> users, ReadOnlySpan<int> items, ReadOnlySpan<float> values, int userCount, int itemCount, Func<float, float, float> merge)
    {
        // Two counting passes sort by item, then by user, and keep the order of rows of one pair.
        int[] byItem = Order(items, itemCount, null), byUser = Order(users, userCount, byItem);
        int[] starts = new int[userCount + 1], kept = new int[users.Length];
        float[] sums = new float[users.Length];
        int count = 0;
        for (int i = 0; i < byUser.Length; i++)
        {
            int row = byUser[i];
            if (i > 0 && users[byUser[i - 1]] == users[row] && items[byUser[i - 1]] == items[row])
            {
                sums[count - 1] = merge(sums[count - 1], values[row]);
                continue;
            }
            (kept[count], sums[count]) = (items[row], values[row]);
            starts[users[row] + 1]++;
            count++;
        }
        for (int user = 0; user < userCount; user++) starts[user + 1] += starts[user];
        return new Interactions(starts, kept[..count], sums[..count], itemCount);
    }

    /// <summary>The rows of the same users and items, each counting 1.</summary>
    internal Interactions AsOnes()
    {
        float[] ones = new float[_items.Length];
        Array.Fill(ones, 1);
        return new Interactions(_starts, _items, ones, ItemCount);
    }

    /// <summary>The values divided by those of the same pairs.</summary>
    internal Interactions DividedBy(Interactions same)
    {
        float[] quotients = new float[_values.Length];
        System.Numerics.Tensors.TensorPrimitives.Divide(_values, same._values, quotients);
        return new Interactions(_starts, _items, quotients, ItemCount);
    }

    /// <summary>The same with room for more users and items, which have nothing.</summary>
    internal Interactions Widen(int userCount, int itemCount) =>
        new([.. _starts, .. Enumerable.Repeat(_starts[^1], userCount - UserCount)], _items, _values, itemCount);

    /// <summary>The interactions as rows: the user, item and value of each, by user.</summary>
    internal (int[] Users, int[] Items, float[] Values) ToRows()
    {
        int[] users = new int[Count];
        for (int user = 0; user < UserCount; user++) users.AsSpan(_starts[user], _starts[user + 1] - _starts[user]).Fill(user);
        return (users, _items, _values);
    }

    /// <summary>The same pairs with values made from the user, the item and the value of each.</summary>
    internal Interactions Select(Func<int, int, float, float> value)
    {
        float[] values = new float[Count];
        for (int user = 0; user < UserCount; user++)
        {
            for (int i = _starts[user]; i < _starts[user + 1]; i++) values[i] = value(user, _items[i], _values[i]);
        }
        return new Interactions(_starts, _items, values, ItemCount);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.WriteArray<int>("starts", _starts, _starts.Length);
        writer.WriteArray<int>("items", _items, _items.Length);
        writer.WriteArray<float>("values", _values, _values.Length);
    }

    internal static Interactions Load(ModelStepReader reader, int userCount, int itemCount)
    {
        int[] starts = reader.ReadArray<int>("starts", userCount + 1), items = reader.ReadArray<int>("items", -1);
        float[] values = reader.ReadArray<float>("values", items.Length);
        if (starts[0] != 0 || starts[^1] != items.Length) throw reader.Invalid("the rows of its users do not fill its items");
        for (int user = 0; user < userCount; user++)
        {
            if (starts[user] > starts[user + 1]) throw reader.Invalid("a row of a user ends before it starts");
            int least = 0;
            foreach (int item in items.AsSpan(starts[user], starts[user + 1] - starts[user]))
            {
                if (item < least || item >= itemCount) throw reader.Invalid($"it has an item {item} where one from {least} to {itemCount - 1} is expected");
                least = item + 1;
            }
        }
        if (!values.All(float.IsFinite)) throw reader.Invalid("a value of an interaction is not finite");
        return new Interactions(starts, items, values, itemCount);
    }

    private Interactions Transpose()
    {
        int[] starts = new int[ItemCount + 1], users = new int[Count];
        float[] values = new float[Count];
        foreach (int item in _items) starts[item + 1]++;
        for (int item = 0; item < ItemCount; item++) starts[item + 1] += starts[item];
        int[] next = starts[..^1];
        for (int user = 0; user < UserCount; user++)
        {
            for (int i = _starts[user]; i < _starts[user + 1]; i++)
            {
                int place = next[_items[i]]++;
                (users[place], values[place]) = (user, _values[i]);
            }
        }
        return new Interactions(starts, users, values, UserCount) { _byItem = this };
    }

    /// <summary>The rows in the order of their keys; rows of one key stay in the order given.</summary>
    private static int[] Order(ReadOnlySpan<int> keys, int keyCount, int[]? rows)
    {
        int[] next = new int[keyCount + 1], sorted = new int[keys.Length];
        foreach (int key in keys) next[key + 1]++;
        for (int key = 0; key < keyCount; key++) next[key + 1] += next[key];
        for (int i = 0; i < sorted.Length; i++)
        {
            int row = rows is null ? i : rows[i];
            sorted[next[keys[row]]++] = row;
        }
        return sorted;
    }
}
