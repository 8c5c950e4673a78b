namespace MLPipelines.Recommendation;

/// <summary>Finds columns by what they are usually called.</summary>
public static class EventColumns
{
    private static readonly string[] Users = ["user", "userid", "userno", "customer", "customerid", "visitor", "visitorid", "client", "clientid", "member", "memberid", "account", "accountid", "person", "personid", "reviewerid", "uid"];
    private static readonly string[] Items = ["item", "itemid", "itemno", "product", "productid", "sku", "article", "articleid", "asin", "movie", "movieid", "film", "filmid", "book", "bookid", "isbn", "artist", "artistid", "song", "songid", "track", "trackid", "game", "gameid", "iid"];
    private static readonly string[] Ratings = ["rating", "ratings", "stars", "userrating", "score", "overall"];
    private static readonly string[] Events = ["event", "eventtype", "eventname", "action", "actiontype", "behavior", "behaviour", "behaviortype", "behaviourtype", "interaction", "interactiontype"];
    private static readonly string[] Times = ["time", "timestamp", "eventtime", "datetime", "date", "ts", "createdat", "created", "when", "ratedat", "unixreviewtime"];

    /// <summary>The column of users; <see langword="null"/> where none is called so.</summary>
    public static string? User(IReadOnlyList<string> columns) => Find(columns, Users);

    /// <summary>The column of items.</summary>
    public static string? Item(IReadOnlyList<string> columns) => Find(columns, Items);

    /// <summary>The column of ratings.</summary>
    public static string? Rating(IReadOnlyList<string> columns) => Find(columns, Ratings);

    /// <summary>The column of types of events.</summary>
    public static string? Event(IReadOnlyList<string> columns) => Find(columns, Events);

    /// <summary>The column of times.</summary>
    public static string? Time(IReadOnlyList<string> columns) => Find(columns, Times);

    /// <summary>The options with the columns that were left open filled in.</summary>
    /// <param name="options">What is known.</param>
    /// <param name="columns">The columns that there are.</param>
    /// <exception cref="ArgumentException">There is no column of users or of items, or no column of ratings for explicit feedback.</exception>
    public static EventOptions Complete(EventOptions options, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(columns);
        string? rating = options.RatingColumn, type = options.EventColumn;
        if (options.Feedback == FeedbackKind.Explicit || (options.Feedback is null && string.IsNullOrEmpty(type))) rating ??= Rating(columns);
        if (options.Feedback == FeedbackKind.Explicit && string.IsNullOrEmpty(rating)) throw Missing("ratings", "rating");
        FeedbackKind feedback = options.Feedback ?? (string.IsNullOrEmpty(rating) || !string.IsNullOrEmpty(type) ? FeedbackKind.Implicit : FeedbackKind.Explicit);
        if (feedback == FeedbackKind.Implicit) type ??= Event(columns);
        return options with
        {
            UserColumn = options.UserColumn ?? User(columns) ?? throw Missing("users", "user"),
            ItemColumn = options.ItemColumn ?? Item(columns) ?? throw Missing("items", "item"),
            RatingColumn = Named(rating),
            EventColumn = Named(type),
            TimeColumn = Named(options.TimeColumn ?? Time(columns)),
            Feedback = feedback,
        };

        static string? Named(string? column) => string.IsNullOrEmpty(column) ? null : column;

        ArgumentException Missing(string what, string name) =>
            new($"Recommendation: no column is called as {what} are, such as '{name}'; expected the name of the column. The columns are: {string.Join(", ", columns)}.", nameof(options));
    }

    private static string? Find(IReadOnlyList<string> columns, string[] names) => names
        .Select(name => columns.FirstOrDefault(column => string.Concat(column.Where(char.IsLetterOrDigit)).Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null);
}
