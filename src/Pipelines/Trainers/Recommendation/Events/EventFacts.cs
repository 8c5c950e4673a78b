using System.Globalization;

namespace MLPipelines.Recommendation;

/// <summary>What is to be known of the rows that count.</summary>
internal static class EventFacts
{
    internal static IEnumerable<string> Notes(ReadOnlySpan<EventRow> rows, int userCount, DuplicatePolicy duplicates)
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
        string becomes = duplicates switch { DuplicatePolicy.Last => "the last counts", DuplicatePolicy.Mean => "their mean counts", _ => "they are added up" };
        if (repeated > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{repeated:N0} {(repeated == 1 ? "row repeats a pair" : "rows repeat pairs")} of user and item: {becomes}."));
        if (single > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{single:N0} {(single == 1 ? "user has" : "users have")} one event: what is left out to measure leaves them as new users."));
        return notes;
    }
}
