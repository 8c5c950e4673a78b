using System.Globalization;

namespace MLPipelines.Recommendation;

/// <summary>What is to be known of the rows that count.</summary>
internal static class EventFacts
{
    internal static IEnumerable<string> Notes(ReadOnlySpan<EventRow> rows, int userCount, EventOptions options)
    {
        var pairs = new HashSet<(int, int)>(rows.Length);
        int[] events = new int[userCount];
        foreach (EventRow row in rows)
        {
            pairs.Add((row.User, row.Item));
            events[row.User]++;
        }
        List<string> notes = [];
        int repeated = rows.Length - pairs.Count, single = events.Count(count => count == 1);
        string becomes = (options.Duplicates ?? Default(options)) switch { DuplicatePairs.Last => "the last counts", DuplicatePairs.Mean => "their mean counts", _ => "they are added up" };
        if (repeated > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{repeated:N0} {(repeated == 1 ? "row repeats a pair" : "rows repeat pairs")} of user and item: {becomes}."));
        if (single > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{single:N0} {(single == 1 ? "user has" : "users have")} one event: what is left out to measure leaves them as new users."));
        return notes;
    }

    /// <summary>What rows of one pair become unless it is said: a later rating corrects an earlier one, events add up.</summary>
    internal static DuplicatePairs Default(EventOptions options) => options.Feedback == FeedbackKind.Explicit ? DuplicatePairs.Last : DuplicatePairs.Sum;
}
