using System.Globalization;

namespace MLPipelines.Recommendation;

/// <summary>Counts rows that were left out, by why.</summary>
internal sealed class LeftOutRows(EventOptions options)
{
    private readonly Dictionary<string, (long Count, long First)> _reasons = [];

    internal void Add(string reason, long row)
    {
        var (count, first) = _reasons.GetValueOrDefault(reason, (0, row));
        _reasons[reason] = (count + 1, first);
    }

    internal IEnumerable<string> Notes() => _reasons.Select(reason => reason.Value.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"1 row left out for {reason.Key}: row {reason.Value.First + options.FirstRow}.")
        : string.Create(CultureInfo.InvariantCulture, $"{reason.Value.Count:N0} rows left out for {reason.Key}; the first is row {reason.Value.First + options.FirstRow}."));
}
