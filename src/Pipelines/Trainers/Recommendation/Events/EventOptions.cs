namespace MLPipelines.Recommendation;

/// <summary>
/// Where in a table users, items and what they did are, and how much it counts. A column that is <see langword="null"/> is found by what it is called
/// (<see cref="EventColumns"/>); empty text says that there is none.
/// </summary>
public sealed record EventOptions
{
    /// <summary>The column of users: text, whole numbers or a key. The user 7 of a column of numbers is the user "7" of a column of text.</summary>
    public string? UserColumn { get; init; }

    /// <summary>The column of items, as <see cref="UserColumn"/>.</summary>
    public string? ItemColumn { get; init; }

    /// <summary>The column that says what was done, such as view, cart and purchase: text or a key.</summary>
    public string? EventColumn { get; init; }

    /// <summary>The column of times: dates, text with dates, or whole numbers such as Unix seconds.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>How text is a time, in .NET's way, such as <c>dd/MM/yyyy</c>; <see langword="null"/> to find out.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>The column of ratings; with <see cref="Feedback"/> implicit, of amounts such as how often something was played. Text, <see cref="float"/> or <see cref="double"/>.</summary>
    public string? RatingColumn { get; init; }

    /// <summary>Whether an amount counts by the binary logarithm of one more, so that 1, 3 and 7 count 1, 2 and 3: the thousandth time says less than the second.</summary>
    public bool DampsAmounts { get; init; } = true;

    /// <summary>Whether users said what they like, or did something; <see langword="null"/> to see it from the columns: ratings are explicit, all else is implicit. Events are looked for where there are no ratings.</summary>
    public FeedbackKind? Feedback { get; init; }

    /// <summary>How much an event counts, by its type; at least 0, and 0 leaves it out. It comes before those that are known: view 1, cart 3, purchase 5.</summary>
    public IReadOnlyDictionary<string, float> EventWeights { get; init; } = new Dictionary<string, float>();

    /// <summary>An event of this age counts half, of twice this age a quarter, seen from the last event; <see langword="null"/> when age does not matter. For implicit feedback with times.</summary>
    public TimeSpan? HalfLife { get; init; }

    /// <summary>What several rows of one user and one item become; <see langword="null"/> for the last of ratings, and the sum of events.</summary>
    public DuplicatePairs? Duplicates { get; init; }

    /// <summary>The least and the highest rating that there can be; <see langword="null"/> to take what there is.</summary>
    public (float Least, float Most)? RatingRange { get; init; }

    /// <summary>What is known of users beside; a user that is only there is known, too.</summary>
    public SideTable? UserFeatures { get; init; }

    /// <summary>What is known of items beside; an item that is only there can be recommended.</summary>
    public SideTable? ItemFeatures { get; init; }

    /// <summary>The decimal mark of ratings that are text.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>What messages call the table, such as its file.</summary>
    public string Source { get; init; } = "The data";

    /// <summary>The number of the first row in messages: 2 for files with a header.</summary>
    public int FirstRow { get; init; } = 1;

    /// <summary>The columns that are named.</summary>
    internal IReadOnlyList<string> Columns => [.. new[] { UserColumn, ItemColumn, RatingColumn, EventColumn, TimeColumn }.Where(column => !string.IsNullOrEmpty(column)).Select(column => column!).Distinct()];
}
