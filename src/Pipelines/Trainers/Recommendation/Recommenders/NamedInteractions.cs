using System.Globalization;

namespace MLPipelines.Recommendation;

/// <summary>Who did what with which item, by name. It is immutable.</summary>
public sealed class NamedInteractions
{
    internal NamedInteractions(NameTable users, NameTable items, Interactions interactions, SideTable? userFeatures = null, SideTable? itemFeatures = null)
    {
        (UserFeatures, ItemFeatures) = (userFeatures, itemFeatures);
        // Of whom something is known can be recommended to, and what something is known of can be recommended.
        (Users, Items) = (userFeatures?.Extend(users) ?? users, itemFeatures?.Extend(items) ?? items);
        if (Users != users || Items != items) interactions = interactions.Widen(Users.Count, Items.Count);
        Interactions = userFeatures is null && itemFeatures is null ? interactions : interactions.With(new SideFeatures(userFeatures?.For(Users), itemFeatures?.For(Items)));
    }

    /// <summary>The names of users, in the order in which they came.</summary>
    public IReadOnlyList<string> UserNames => Users.Names;

    /// <summary>The names of items, in the order in which they came.</summary>
    public IReadOnlyList<string> ItemNames => Items.Names;

    /// <summary>Rows of users, by number.</summary>
    public Interactions Interactions { get; }

    /// <summary>What is known of users beside; <see langword="null"/> for nothing.</summary>
    public SideTable? UserFeatures { get; }

    /// <summary>What is known of items beside; <see langword="null"/> for nothing.</summary>
    public SideTable? ItemFeatures { get; }

    internal NameTable Users { get; }

    internal NameTable Items { get; }

    /// <summary>Rows in any order.</summary>
    /// <param name="rows">Who did what.</param>
    /// <param name="duplicates">What several rows of one pair become.</param>
    /// <param name="userFeatures">What is known of users beside.</param>
    /// <param name="itemFeatures">What is known of items beside.</param>
    /// <exception cref="MLPipelinesException">A name is empty, or a value is not finite.</exception>
    public static NamedInteractions Of(IEnumerable<Interaction> rows, DuplicatePairs duplicates = DuplicatePairs.Sum, SideTable? userFeatures = null, SideTable? itemFeatures = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Append(null, rows, duplicates, userFeatures, itemFeatures);
    }

    /// <summary>These and more; users and items that are new follow those that are known.</summary>
    internal NamedInteractions With(IEnumerable<Interaction> rows, DuplicatePairs duplicates) => Append(this, rows, duplicates, UserFeatures, ItemFeatures);

    private static NamedInteractions Append(NamedInteractions? before, IEnumerable<Interaction> rows, DuplicatePairs duplicates, SideTable? userFeatures, SideTable? itemFeatures)
    {
        Dictionary<string, int> userNumbers = Copy(before?.Users), itemNumbers = Copy(before?.Items);
        List<int> users = [], items = [];
        List<float> values = [];
        if (before is not null)
        {
            var (oldUsers, oldItems, oldValues) = before.Interactions.ToRows();
            users.AddRange(oldUsers);
            items.AddRange(oldItems);
            values.AddRange(oldValues);
        }
        long row = 0;
        foreach (Interaction interaction in rows)
        {
            if (string.IsNullOrEmpty(interaction.User) || string.IsNullOrEmpty(interaction.Item))
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"Row {row} of interactions: the {(string.IsNullOrEmpty(interaction.User) ? "user" : "item")} is empty, expected a name."));
            if (!float.IsFinite(interaction.Value))
                throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"Row {row} of interactions, user '{interaction.User}', item '{interaction.Item}': found {interaction.Value}, expected a finite value."));
            users.Add(NumberOf(userNumbers, interaction.User));
            items.Add(NumberOf(itemNumbers, interaction.Item));
            values.Add(interaction.Value);
            row++;
        }
        var merged = Merge([.. users], [.. items], [.. values], userNumbers.Count, itemNumbers.Count, duplicates);
        return new NamedInteractions(new NameTable(userNumbers.Keys), new NameTable(itemNumbers.Keys), merged, userFeatures, itemFeatures);
    }

    /// <summary>Rows of numbers to interactions.</summary>
    internal static Interactions Merge(int[] users, int[] items, float[] values, int userCount, int itemCount, DuplicatePairs duplicates)
    {
        if (duplicates == DuplicatePairs.Last) return Interactions.Of(users, items, values, userCount, itemCount, (_, next) => next);
        var sums = Interactions.Of(users, items, values, userCount, itemCount, (sum, next) => sum + next);
        if (duplicates == DuplicatePairs.Sum || sums.Count == users.Length) return sums;
        float[] ones = new float[values.Length];
        Array.Fill(ones, 1);
        return sums.DividedBy(Interactions.Of(users, items, ones, userCount, itemCount, (sum, next) => sum + next));
    }

    private static Dictionary<string, int> Copy(NameTable? names) => names is null ? new(StringComparer.Ordinal) : new(names.Numbers, StringComparer.Ordinal);

    private static int NumberOf(Dictionary<string, int> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out int number)) numbers[name] = number = numbers.Count;
        return number;
    }
}
