using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>Who did what with which item, and when: the rows of a table after reading, with numbers in place of names. It is immutable and in memory.</summary>
public sealed class EventLog
{
    private readonly EventRow[] _rows;
    private readonly DuplicatePairs _duplicates;
    private readonly TimeSpan? _halfLife;

    internal EventLog(EventRow[] rows, NameTable users, NameTable items, EventOptions options, bool hasTimes)
    {
        (_rows, UserNames, ItemNames, Options, HasTimes) = (rows, users, items, options, hasTimes);
        _duplicates = options.Duplicates ?? EventFacts.Default(options);
        _halfLife = options.HalfLife;
    }

    /// <summary>The names of the users, in the order of their first rows.</summary>
    public IReadOnlyList<string> Users => UserNames.Names;

    /// <summary>The names of the items, in the order of their first rows.</summary>
    public IReadOnlyList<string> Items => ItemNames.Names;

    /// <summary>How many rows there are that count.</summary>
    public int Count => _rows.Length;

    /// <summary>Whether values are ratings or weights of what was done.</summary>
    public FeedbackKind Feedback => Options.Feedback!.Value;

    /// <summary>Whether it is known when rows happened.</summary>
    public bool HasTimes { get; }

    /// <summary>How it was read, with the columns that were found.</summary>
    public EventOptions Options { get; }

    /// <summary>What was understood of the columns, in words.</summary>
    public string Description { get; internal init; } = "";

    /// <summary>What is to be known of the rows, in sentences: those that were left out with the number of the first, duplicates, users with one event.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    internal NameTable UserNames { get; }

    internal NameTable ItemNames { get; }

    internal IReadOnlyList<EventRow> Rows => _rows;

    /// <summary>Reads a text file, whose layout is seen from its first rows. Gzip is decompressed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which columns, and what they count; found by their names when left out.</param>
    /// <exception cref="MLPipelinesException">A row cannot be understood, or none is left; the message says where and what was expected.</exception>
    /// <exception cref="ArgumentException">A column is not there, or an option is out of its range.</exception>
    public static EventLog Load(string path, EventOptions? options = null)
    {
        InferredTextFile layout = TextFileInference.Infer(path);
        options = EventColumns.Complete(options ?? new EventOptions(), [.. layout.Columns.Select(column => column.Name)]);
        // As text nothing is lost of ids, and messages say what stands in the file.
        TextLoader.Options text = layout.ToOptions(layout.Columns.Where(column => options.Columns.Contains(column.Name)).Select(column => column with { Kind = DataKind.String }));
        IDataView rows = new TextLoader(new TrainingEnvironment(null), text).Load(new MultiFileSource(path));
        return Read(rows, options with { Source = path, FirstRow = layout.HasHeader ? 2 : 1, DecimalMark = layout.DecimalMark });
    }

    /// <summary>Reads a table.</summary>
    /// <param name="data">The rows, in any order.</param>
    /// <param name="options">Which columns, and what they count; found by their names when left out.</param>
    /// <exception cref="MLPipelinesException">A row cannot be understood, or none is left; the message says where and what was expected.</exception>
    /// <exception cref="ArgumentException">A column is not there or of another type, or an option is out of its range.</exception>
    public static EventLog Read(IDataView data, EventOptions? options = null) => Read(data, options ?? new EventOptions(), CancellationToken.None);

    internal static EventLog Read(IDataView data, EventOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        var reader = new EventReader(data, EventColumns.Complete(options, [.. data.Schema.Where(column => !column.IsHidden).Select(column => column.Name)]));
        reader.Read(cancellation);
        return reader.ToLog();
    }

    /// <summary>Some of the rows, with the users and items that occur in them.</summary>
    /// <param name="indices">Which rows, in the order that they shall have.</param>
    internal EventLog Select(IReadOnlyCollection<int> indices)
    {
        var rows = new EventRow[indices.Count];
        Dictionary<int, int> users = [], items = [];
        int count = 0;
        foreach (int index in indices)
        {
            EventRow row = _rows[index];
            rows[count++] = row with { User = NumberOf(users, row.User), Item = NumberOf(items, row.Item) };
        }
        return new EventLog(rows, new NameTable(users.Keys.Select(user => Users[user])), new NameTable(items.Keys.Select(item => Items[item])), Options, HasTimes) { Description = Description };

        static int NumberOf(Dictionary<int, int> numbers, int old)
        {
            if (!numbers.TryGetValue(old, out int number)) numbers[old] = number = numbers.Count;
            return number;
        }
    }

    /// <summary>One value for each pair of a user and an item: rows of one pair are merged, and events lose weight with age.</summary>
    public NamedInteractions ToInteractions() => new(UserNames, ItemNames, Merge(null, null), Options.UserFeatures, Options.ItemFeatures);

    /// <summary>The same by the numbers of other interactions; users and items that these do not have follow theirs.</summary>
    internal Interactions ToInteractions(NamedInteractions known) => Merge(known.Users, known.Items);

    private Interactions Merge(NameTable? users, NameTable? items)
    {
        int[] order = [.. Enumerable.Range(0, _rows.Length)];
        if (HasTimes && _duplicates == DuplicatePairs.Last) order = [.. order.OrderBy(row => _rows[row].Time)];
        var (userNumbers, userCount) = Numbers(UserNames, users);
        var (itemNumbers, itemCount) = Numbers(ItemNames, items);
        int[] userOf = new int[order.Length], itemOf = new int[order.Length];
        float[] values = new float[order.Length];
        long last = _halfLife is null ? 0 : _rows.Max(row => row.Time);
        for (int i = 0; i < order.Length; i++)
        {
            EventRow row = _rows[order[i]];
            (userOf[i], itemOf[i]) = (userNumbers[row.User], itemNumbers[row.Item]);
            values[i] = _halfLife is { } half ? (float)(row.Value * Math.Pow(0.5, (last - row.Time) / (double)half.Ticks)) : row.Value;
        }
        return NamedInteractions.Merge(userOf, itemOf, values, userCount, itemCount, _duplicates);
    }

    private static (int[] Numbers, int Count) Numbers(NameTable own, NameTable? known)
    {
        int[] numbers = new int[own.Count];
        int count = known?.Count ?? 0;
        for (int i = 0; i < numbers.Length; i++) numbers[i] = known?.Find(own[i]) is >= 0 and var number ? number : count++;
        return (numbers, count);
    }
}
