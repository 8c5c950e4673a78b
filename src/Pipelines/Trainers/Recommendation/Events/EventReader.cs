using System.Globalization;
using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Recommendation;

/// <summary>Reads the rows of a table into an <see cref="EventLog"/>.</summary>
internal sealed class EventReader
{
    private readonly EventOptions _options;
    private readonly BatchView _view;
    private readonly IdReader _user, _item;
    private readonly IdReader? _event;
    private readonly EventWeights _weights;
    private readonly FeedbackKind _feedback;
    private readonly EventTimes? _times;
    private readonly IdTable _users = new(), _items = new();
    private readonly List<EventRow> _rows = [];
    private readonly LeftOutRows _leftOut;
    private readonly Dictionary<string, (float Weight, long Count)> _types = [];
    private readonly Dictionary<string, (float Weight, long Count)>.AlternateLookup<ReadOnlySpan<char>> _typeOf;
    private long _row;

    internal EventReader(IDataView data, EventOptions options)
    {
        (_view, _options, _leftOut, _typeOf) = (BatchView.Of(data), options, new LeftOutRows(options), _types.GetAlternateLookup<ReadOnlySpan<char>>());
        (_user, _item) = (IdReader.Of(_view.Schema, options.UserColumn), IdReader.Of(_view.Schema, options.ItemColumn));
        if (options.UserColumn == options.ItemColumn) throw new ArgumentException($"Recommendation: '{options.UserColumn}' is the column of users and of items; expected two columns.", nameof(options));
        _feedback = options.Feedback ?? (options.RatingColumn is null ? FeedbackKind.Implicit : FeedbackKind.Explicit);
        if (_feedback == FeedbackKind.Explicit && options.RatingColumn is null) throw new ArgumentException("Recommendation: explicit feedback needs a column of ratings.", nameof(options));
        // What was done says nothing where ratings do.
        if (_feedback == FeedbackKind.Implicit && options.EventColumn is { } type) _event = IdReader.Of(_view.Schema, type);
        _weights = new EventWeights(options.EventWeights);
        if (options.TimeColumn is { } time) _times = new EventTimes(_view.Schema, time, options.TimeFormat);
        if (options.RatingRange is { } range && !(range.Least < range.Most)) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Recommendation: ratings from {range.Least} to {range.Most}: expected the least rating before the highest."), nameof(options));
        if (options.HalfLife is not { } half) return;
        if (half <= TimeSpan.Zero) throw new ArgumentException("Recommendation: the half-life of events is a time above 0.", nameof(options));
        if (_feedback == FeedbackKind.Explicit) throw new ArgumentException("Recommendation: ratings do not lose weight with age; a half-life is for implicit feedback.", nameof(options));
        if (_times is null) throw new ArgumentException("Recommendation: a half-life needs a column of times.", nameof(options));
    }

    internal void Read(CancellationToken cancellation)
    {
        DataViewSchema schema = _view.Schema;
        string?[] names = [_options.UserColumn, _options.ItemColumn, _event is null ? null : _options.EventColumn, _options.TimeColumn, _options.RatingColumn];
        int[] columns = [.. names.Select(name => name is null ? -1 : schema[name].Index)];
        if (columns[4] >= 0 && !RatingCells.AreRatings(schema[columns[4]].Type))
            throw new ArgumentOutOfRangeException(nameof(_options), $"Recommendation: column '{_options.RatingColumn}' is {schema[columns[4]].Type}, expected ratings: numbers, or text with numbers.");
        using BatchCursor cursor = _view.OpenBatches(ColumnSet.Of(schema, [.. columns.Where(index => index >= 0).Distinct()]));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            BatchColumn? Column(int i) => columns[i] < 0 ? null : batch[columns[i]];
            BatchColumn users = Column(0)!, items = Column(1)!;
            for (int row = 0; row < batch.RowCount; row++, _row++) Add(row, users, items, Column(2), Column(3), Column(4));
        }
    }

    private void Add(int row, BatchColumn users, BatchColumn items, BatchColumn? events, BatchColumn? times, BatchColumn? ratings)
    {
        ReadOnlySpan<char> user = _user.Read(users, row), item = _item.Read(items, row);
        if (user.IsEmpty || item.IsEmpty)
        {
            _leftOut.Add(user.IsEmpty ? $"an empty '{_options.UserColumn}'" : $"an empty '{_options.ItemColumn}'", _row);
            return;
        }
        if (Value(row, events, ratings) is not { } value) return;
        long time = 0;
        if (times is not null && !_times!.TryRead(times, row, out time)) throw Problem(_options.TimeColumn!, _times.Found(times, row), _times.Expected);
        _rows.Add(new EventRow(_users.Add(user), _items.Add(item), value, time));
    }

    /// <summary>How much a row counts; nothing where it does not count.</summary>
    private float? Value(int row, BatchColumn? events, BatchColumn? ratings)
    {
        float value = 1;
        if (events is not null)
        {
            if (Weight(_event!.Read(events, row)) is not { } weight) return null;
            value = weight;
        }
        if (ratings is null) return value;
        if (!RatingCells.TryRead(ratings, row, out float rating)) throw Problem(_options.RatingColumn!, RatingCells.Found(ratings, row), "a number");
        if (float.IsNaN(rating))
        {
            _leftOut.Add($"an empty '{_options.RatingColumn}'", _row);
            return null;
        }
        if (_options.RatingRange is { } range && (rating < range.Least || rating > range.Most))
            throw Problem(_options.RatingColumn!, RatingCells.Found(ratings, row), string.Create(CultureInfo.InvariantCulture, $"a rating from {range.Least} to {range.Most}"));
        if (_feedback == FeedbackKind.Explicit) return rating;
        if (rating < 0) throw Problem(_options.RatingColumn!, RatingCells.Found(ratings, row), "an amount of at least 0, as feedback is implicit");
        if (rating > 0) return value * rating;
        _leftOut.Add($"the amount 0 in '{_options.RatingColumn}'", _row);
        return null;
    }

    private float? Weight(ReadOnlySpan<char> type)
    {
        if (type.IsEmpty)
        {
            _leftOut.Add($"an empty '{_options.EventColumn}'", _row);
            return null;
        }
        if (!_typeOf.TryGetValue(type, out var known))
        {
            string name = type.ToString();
            known = (_weights.Find(name) ?? throw Problem(_options.EventColumn!, name, $"an event with a weight: {EventWeights.Default}, or one whose weight is given, as in {name}=1"), 0);
        }
        _typeOf[type] = (known.Weight, known.Count + 1);
        if (known.Weight > 0) return known.Weight;
        _leftOut.Add($"an event without weight in '{_options.EventColumn}'", _row);
        return null;
    }

    internal EventLog ToLog()
    {
        if (_rows.Count == 0)
            throw new MLPipelinesException($"{_options.Source} has {(_row == 0 ? "no rows" : "no row that counts")}: there is nothing to recommend from.{(_row == 0 ? "" : $" {string.Join(" ", _leftOut.Notes())}")}");
        EventRow[] rows = [.. _rows];
        bool areDates = _times?.ToTicks(rows) ?? false;
        if (_options.HalfLife is not null && !areDates)
            throw new MLPipelinesException($"{_options.Source}, column '{_options.TimeColumn}' holds numbers that are no dates (seconds or milliseconds since 1970); a half-life needs dates.");
        DuplicatePolicy duplicates = _options.Duplicates ?? (_feedback == FeedbackKind.Explicit ? DuplicatePolicy.Last : DuplicatePolicy.Sum);
        return new EventLog(rows, _users, _items, _feedback, _times is not null, duplicates, _options.HalfLife)
        {
            Description = Description(rows),
            Notes = [.. _leftOut.Notes(), .. EventFacts.Notes(rows, _users.Names.Count, duplicates)],
        };
    }

    private string Description(EventRow[] rows)
    {
        if (_feedback == FeedbackKind.Explicit) return string.Create(CultureInfo.InvariantCulture, $"explicit ratings from {rows.Min(row => row.Value)} to {rows.Max(row => row.Value)} in column '{_options.RatingColumn}'");
        string amounts = _options.RatingColumn is { } column ? $", times the amounts in column '{column}'" : "";
        if (_event is null) return $"implicit feedback, {(amounts.Length > 0 ? amounts[", times ".Length..] : "1 per row")}";
        var types = _types.OrderByDescending(type => type.Value.Weight).Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Key} {type.Value.Weight} ({type.Value.Count:N0} rows)"));
        return $"implicit feedback, weights of the events in column '{_options.EventColumn}': {string.Join(", ", types)}{amounts}";
    }

    private MLPipelinesException Problem(string column, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_options.Source} row {_row + _options.FirstRow}, column '{column}': found '{found}', expected {expected}."));
}
