using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Events;

public sealed class EventLogTests
{
    private static readonly EventOptions Options = new() { UserColumn = nameof(Row.User), ItemColumn = nameof(Row.Item), RatingColumn = "", EventColumn = "", TimeColumn = "", Source = "events.csv" };

    private static readonly EventOptions Ratings = Options with { RatingColumn = nameof(Row.Rating) }, Events = Options with { EventColumn = nameof(Row.Event) }, Timed = Events with { TimeColumn = nameof(Row.Time) };

    private sealed class Row
    {
        public string User { get; set; } = "";

        public string Item { get; set; } = "";

        public string Event { get; set; } = "";

        public string Time { get; set; } = "";

        public string Rating { get; set; } = "";
    }

    /// <summary>Rows of user, item, event, time and rating, separated by blanks; a dash is an empty cell.</summary>
    private static IDataView Rows(params string[] rows) => new MLContext(1).Data.LoadFromEnumerable(rows.Select(row =>
    {
        string[] cells = [.. row.Split(' ').Select(cell => cell == "-" ? "" : cell), "", "", ""];
        return new Row { User = cells[0], Item = cells[1], Event = cells[2], Time = cells[3], Rating = cells[4] };
    }).ToArray());

    private static EventLog Read(EventOptions options, params string[] rows) => EventLog.Read(Rows(rows), options);

    private static string Refusal(EventOptions options, params string[] rows) => Assert.Throws<MLPipelinesException>(() => Read(options, rows)).Message;

    private static float[] ValuesOf(EventLog log, string user) => log.ToInteractions().Interactions.ValuesOf(log.Users.ToList().IndexOf(user)).ToArray();

    [Fact]
    public void Events_count_by_their_type_and_add_up()
    {
        EventLog log = Read(Events, "ann lamp view", "ann lamp Add_To_Cart", "ann lamp purchase", "ann desk view", "bob desk transaction");
        Assert.Equal(["ann", "bob"], log.Users);
        Assert.Equal(["lamp", "desk"], log.Items);
        Assert.Equal([9, 1], ValuesOf(log, "ann"));
        Assert.Equal([5], ValuesOf(log, "bob"));
        Assert.Equal(FeedbackKind.Implicit, log.Feedback);
        Assert.Equal("implicit feedback, weights of the events in column 'Event': view 1 (2), Add_To_Cart 3 (1), purchase 5 (1), transaction 5 (1)", log.Description);
        Assert.Equal(["2 rows repeat pairs of user and item: they are added up.", "1 user has one event: what is left out to measure leaves them as new users."], log.Notes);
    }

    [Fact]
    public void Weights_that_are_given_come_before_those_that_are_known()
    {
        EventLog log = Read(Events with { EventWeights = new Dictionary<string, float> { ["View"] = 2, ["wish"] = 4 } }, "ann lamp view", "ann desk wish");
        Assert.Equal([2, 4], ValuesOf(log, "ann"));
    }

    [Fact]
    public void An_event_without_a_weight_is_asked_for() => Assert.Equal(
        "events.csv row 2, column 'Event': found 'wish', expected an event with a weight: view 1, cart 3, purchase 5, or one whose weight is given, as in wish=1.", Refusal(Events, "ann lamp view", "ann desk wish"));

    [Fact]
    public void Events_of_weight_0_and_without_a_type_are_left_out_and_told()
    {
        EventLog log = Read(Events, "ann lamp view", "ann desk remove_from_cart", "ann bed -", "ann sofa -");
        Assert.Equal(1, log.Count);
        Assert.Equal(["1 row left out for an event without weight in 'Event': row 2.", "2 rows left out for an empty 'Event'; the first is row 3."], log.Notes.Take(2));
    }

    [Fact]
    public void Rows_with_empty_ids_are_left_out_named_and_counted()
    {
        EventLog log = Read(Options with { FirstRow = 2 }, "ann lamp", "- lamp", "ann -", "- desk");
        Assert.Equal(1, log.Count);
        Assert.Equal(["2 rows left out for an empty 'User'; the first is row 3.", "1 row left out for an empty 'Item': row 4."], log.Notes.Take(2));
        Assert.Equal("events.csv has no row that counts: there is nothing to recommend from. 1 row left out for an empty 'User': row 1.", Refusal(Options, "- lamp"));
        Assert.Equal("events.csv has no rows: there is nothing to recommend from.", Refusal(Options));
    }

    [Theory]
    [InlineData(DuplicatePairs.Last, 2f)]
    [InlineData(DuplicatePairs.Mean, 3f)]
    [InlineData(DuplicatePairs.Sum, 9f)]
    public void Rows_of_one_pair_are_merged_by_policy(DuplicatePairs policy, float value)
    {
        EventLog log = Read(Ratings with { Duplicates = policy }, "ann lamp - - 5", "bob lamp - - 1", "ann lamp - - 2", "ann desk - - 4", "ann lamp - - 2");
        Assert.Equal([value, 4], ValuesOf(log, "ann"));
        Assert.Equal([1], ValuesOf(log, "bob"));
        Assert.Equal(FeedbackKind.Explicit, log.Feedback);
        Assert.Equal("explicit ratings from 1 to 5 in column 'Rating'", log.Description);
    }

    [Fact]
    public void The_last_rating_is_the_last_in_time()
    {
        EventLog log = Read(Ratings with { TimeColumn = "Time" }, "ann lamp - 2024-03-02 5", "ann lamp - 2024-03-01 1");
        Assert.Equal([5], ValuesOf(log, "ann"));
    }

    [Theory]
    [InlineData("ann lamp - - 6", "events.csv row 1, column 'Rating': found '6', expected a rating from 1 to 5.")]
    [InlineData("ann lamp - - 0.5", "events.csv row 1, column 'Rating': found '0.5', expected a rating from 1 to 5.")]
    [InlineData("ann lamp - - good", "events.csv row 1, column 'Rating': found 'good', expected a number.")]
    [InlineData("ann lamp - - Infinity", "events.csv row 1, column 'Rating': found 'Infinity', expected a number.")]
    public void Ratings_that_cannot_be_are_refused(string row, string message) => Assert.Equal(message, Refusal(Ratings with { RatingRange = (1, 5) }, row));

    [Fact]
    public void Rows_without_a_rating_are_left_out() =>
        Assert.Equal("1 row left out for an empty 'Rating': row 2.", Read(Ratings, "ann lamp - - 5", "ann desk").Notes[0]);

    [Fact]
    public void Amounts_are_implicit_feedback_where_that_is_said()
    {
        EventOptions amounts = Ratings with { Feedback = FeedbackKind.Implicit };
        EventLog log = Read(amounts, "ann lamp - - 13883", "ann desk - - 0");
        Assert.Equal([MathF.Log2(13884)], ValuesOf(log, "ann"));
        Assert.Equal("implicit feedback, log2 of 1 + the amounts in column 'Rating'", log.Description);
        Assert.Equal([13883], ValuesOf(Read(amounts with { DampsAmounts = false }, "ann lamp - - 13883"), "ann"));
        Assert.Equal("1 row left out for the amount 0 in 'Rating': row 2.", log.Notes[0]);
        Assert.Equal("events.csv row 1, column 'Rating': found '-2', expected an amount of at least 0, as feedback is implicit.", Refusal(amounts, "ann lamp - - -2"));
    }

    [Fact]
    public void Events_lose_weight_with_age()
    {
        EventLog log = Read(Timed with { HalfLife = TimeSpan.FromDays(10) }, "ann lamp view 2024-01-01", "ann desk purchase 2024-01-11", "ann bed cart 2024-01-21");
        Assert.Equal([0.25f, 2.5f, 3], ValuesOf(log, "ann"));
    }

    [Theory]
    [InlineData(1_704_067_200L, 86_400L)]
    [InlineData(1_704_067_200_000L, 86_400_000L)]
    public void Unix_times_are_dates(long start, long day)
    {
        EventLog log = Read(Timed with { HalfLife = TimeSpan.FromDays(1) }, $"ann lamp view {start}", $"ann desk view {start + day}");
        Assert.Equal([0.5f, 1], ValuesOf(log, "ann"));
        Assert.Equal(new DateTime(2024, 1, 1).Ticks, log.Rows[0].Time);
    }

    [Fact]
    public void A_time_zone_that_is_named_is_read()
    {
        EventLog log = EventLog.Read(new MLContext(1).Data.LoadFromEnumerable([new Row { User = "ann", Item = "lamp", Time = "2019-10-01 00:00:02 UTC" }]), Options with { TimeColumn = "Time" });
        Assert.Equal(new DateTime(2019, 10, 1, 0, 0, 2).Ticks, log.Rows[0].Time);
    }

    [Fact]
    public void Counted_steps_have_no_half_life() => Assert.Contains("column 'Time' holds numbers that are no dates", Refusal(Timed with { HalfLife = TimeSpan.FromDays(1) }, "ann lamp view 7"), StringComparison.Ordinal);

    [Fact]
    public void A_time_that_is_unlike_the_others_is_refused() => Assert.Equal(
        "events.csv row 2, column 'Time': found 'soon', expected a time as 2024-01-31 as in the rows before.", Refusal(Timed, "ann lamp view 2024-01-01", "ann lamp view soon"));

    [Fact]
    public void Ids_are_text_numbers_or_both()
    {
        var context = new MLContext(1);
        EventLog text = Read(Options, "7 A-1", "x 12", "007 12");
        Assert.Equal(["7", "x", "007"], text.Users);
        EventLog numbers = EventLog.Read(context.Data.LoadFromEnumerable([new NumberRow { User = 7, Item = 12 }, new NumberRow { User = 16777217, Item = float.NaN }]), Options);
        Assert.Equal(["7"], numbers.Users);
        Assert.Equal(["12"], numbers.Items);
        IDataView rows = Rows("ann lamp", "bob desk");
        IDataView keys = context.Transforms.Conversion.MapValueToKey("User").Append(context.Transforms.Conversion.MapValueToKey("Item")).Fit(rows).Transform(rows);
        Assert.Equal(["ann", "bob"], EventLog.Read(keys, Options).Users);
    }

    private sealed class NumberRow
    {
        public int User { get; set; }

        public float Item { get; set; }
    }

    public static TheoryData<string, EventOptions> WrongOptions => new()
    {
        { "there is no column 'who'", Options with { UserColumn = "who" } },
        { "expected two columns", Options with { UserColumn = "Item" } },
        { "expected a number of at least 0", Events with { EventWeights = new Dictionary<string, float> { ["view"] = -1 } } },
        { "expected the least rating before the highest", Ratings with { RatingRange = (5, 1) } },
        { "a time above 0", Timed with { HalfLife = TimeSpan.Zero } },
        { "needs a column of times", Events with { HalfLife = TimeSpan.FromDays(1) } },
        { "ratings do not lose weight with age", Ratings with { TimeColumn = "Time", HalfLife = TimeSpan.FromDays(1) } },
        { "is no format of times", Timed with { TimeFormat = "q" } },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Options_that_cannot_be_kept_are_refused(string part, EventOptions options) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(() => Read(options, "ann lamp view 2024-01-01 5")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "rating", "", FeedbackKind.Explicit)]
    [InlineData(FeedbackKind.Implicit, "", "event", FeedbackKind.Implicit)]
    [InlineData(FeedbackKind.Explicit, "rating", "", FeedbackKind.Explicit)]
    public void Ratings_come_before_events_unless_feedback_is_implicit(FeedbackKind? asked, string rating, string type, FeedbackKind feedback)
    {
        EventOptions found = EventColumns.Complete(new EventOptions { Feedback = asked }, ["user", "movie", "rating", "event", "timestamp"]);
        Assert.Equal((rating, type, "timestamp", feedback), (found.RatingColumn ?? "", found.EventColumn ?? "", found.TimeColumn, found.Feedback));
    }

    [Fact]
    public void A_column_that_is_called_otherwise_is_asked_for()
    {
        Assert.Contains("no column is called as items are, such as 'item'", Assert.Throws<ArgumentException>(() => EventColumns.Complete(new EventOptions(), ["user", "thing"])).Message, StringComparison.Ordinal);
        Assert.Contains("no column is called as ratings are", Assert.Throws<ArgumentException>(() => EventColumns.Complete(new EventOptions { Feedback = FeedbackKind.Explicit }, ["user", "item"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_by_its_header_and_decimal_mark()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.csv");
        File.WriteAllText(path, "userId;movieId;rating;timestamp\n1;10;4,5;964982703\n2;10;3,0;964981247\n2;11;1,5;964981248\n");
        EventLog log = EventLog.Load(path);
        Assert.Equal("explicit ratings from 1.5 to 4.5 in column 'rating'", log.Description);
        Assert.Equal([3, 1.5f], ValuesOf(log, "2"));
        File.WriteAllText(path, "userId;movieId;rating\n1;10;4\n2;11;2\n2;10;x\n");
        Assert.Equal($"{path} row 4, column 'rating': found 'x', expected a number.", Assert.Throws<MLPipelinesException>(() => EventLog.Load(path)).Message);
        File.Delete(path);
    }

    [Fact]
    public void Columns_are_found_by_their_names()
    {
        string[] columns = ["event_time", "event_type", "product_id", "price", "User Id"];
        Assert.Equal("User Id product_id event_type event_time", string.Join(' ', EventColumns.User(columns), EventColumns.Item(columns), EventColumns.Event(columns), EventColumns.Time(columns)));
        Assert.Null(EventColumns.Rating(columns));
    }
}
