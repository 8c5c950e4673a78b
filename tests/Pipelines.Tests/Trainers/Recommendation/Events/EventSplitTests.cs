using System.Globalization;
using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Events;

public sealed class EventSplitTests
{
    private sealed class Row
    {
        public int User { get; set; }

        public int Item { get; set; }

        public DateTime Time { get; set; }
    }

    private static EventLog Log(bool times, params (int User, int Item, int Day)[] rows) => EventLog.Read(
        new MLContext(1).Data.LoadFromEnumerable(rows.Select(row => new Row { User = row.User, Item = row.Item, Time = new DateTime(2024, 1, row.Day) }).ToArray()),
        new EventOptions { UserColumn = "User", ItemColumn = "Item", TimeColumn = times ? "Time" : "" });

    private static string Pairs(EventLog log) => string.Join(' ', log.Rows.Select(row => $"{log.Users[row.User]}:{log.Items[row.Item]}"));

    [Fact]
    public void By_time_the_last_rows_are_set_aside_but_what_users_have_already()
    {
        EventLog log = Log(true, (1, 1, 5), (1, 2, 1), (2, 1, 4), (2, 2, 2), (2, 3, 5), (1, 2, 9));
        var (train, test) = EventSplit.Of(log, EventSplitKind.Time, 0.5, 1);
        Assert.Equal("1:2 2:1 2:2", Pairs(train));
        Assert.Equal("1:1 2:3", Pairs(test));
    }

    [Fact]
    public void Without_times_or_with_one_moment_there_is_no_split_by_time()
    {
        Assert.Contains("needs a column of times", Assert.Throws<MLPipelinesException>(() => EventSplit.Of(Log(false, (1, 1, 1), (1, 2, 2)), EventSplitKind.Time, 0.5, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("at one time", Assert.Throws<MLPipelinesException>(() => EventSplit.Of(Log(true, (1, 1, 1), (1, 2, 1)), EventSplitKind.Time, 0.5, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "1:2 1:2 3:1")]
    [InlineData(false, "1:2 1:2 3:2")]
    public void The_last_item_of_each_user_with_several_is_left_out_with_all_its_rows(bool times, string left) =>
        Assert.Equal(left, Pairs(EventSplit.Of(Log(times, (1, 1, 3), (1, 2, 9), (1, 2, 1), (2, 5, 1), (3, 1, 2), (3, 2, 1)), EventSplitKind.LeaveLastOut, 0, 1).Test));

    [Fact]
    public void Where_every_user_has_one_item_nothing_can_be_left_out() => Assert.Equal("Nothing is left to measure on: no user has two items.",
        Assert.Throws<MLPipelinesException>(() => EventSplit.Of(Log(false, (1, 1, 1), (2, 1, 1)), EventSplitKind.LeaveLastOut, 0, 1)).Message);

    [Fact]
    public void By_ratio_each_user_keeps_a_share_and_the_seed_decides_which()
    {
        EventLog log = Log(false, [.. Enumerable.Range(0, 200).Select(i => (i / 20, i % 20, 1))]);
        var (train, test) = EventSplit.Of(log, EventSplitKind.Ratio, 0.25, 1);
        Assert.Equal(150, train.Count);
        Assert.All(test.Rows.GroupBy(row => row.User), user => Assert.Equal(5, user.Count()));
        Assert.Equal(Pairs(test), Pairs(EventSplit.Of(log, EventSplitKind.Ratio, 0.25, 1).Test));
        Assert.NotEqual(Pairs(test), Pairs(EventSplit.Of(log, EventSplitKind.Ratio, 0.25, 2).Test));
    }

    [Fact]
    public void A_part_has_the_users_and_items_of_its_rows()
    {
        EventLog log = Log(false, (1, 1, 1), (2, 2, 1), (3, 1, 1)), part = log.Select([1, 2]);
        Assert.Equal(["2", "3"], part.Users);
        Assert.Equal(["2", "1"], part.Items);
        Assert.Equal(2, part.ToInteractions().Interactions.Count);
    }
}
