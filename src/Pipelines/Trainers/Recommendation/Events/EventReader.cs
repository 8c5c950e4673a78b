using System.Globalization;
using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Recommendation;

/// <summary>Reads the rows of a table into an <see cref="EventLog"/>.</summary>
internal sealed class EventReader
{
    private readonly EventOptions _options;
    private readonly BatchView _view;
    private readonly Dictionary<string, int> _userNumbers = new(StringComparer.Ordinal), _itemNumbers = new(StringComparer.Ordinal), _typeNumbers = new(StringComparer.Ordinal);
    private readonly RowNames _users, _items;
    private readonly RowNames? _types;
    private readonly List<(float Weight, long Count)> _typeWeights = [];
    private readonly EventWeights _weights;
    private readonly EventTimes? _times;
    private readonly List<EventRow> _rows = [];
    private readonly LeftOutRows _leftOut;
    private long _row;

    /// <param name="data">The rows.</param>
    /// <param name="options">With all columns filled in.</param>
    internal EventReader(IDataView data, EventOptions options)
    {
        (_view, _options, _leftOut, _weights) = (BatchView.Of(data), options, new LeftOutRows(options), new EventWeights(options.EventWeights));
        if (options.UserColumn == options.ItemColumn) throw new ArgumentException($"Recommendation: '{options.UserColumn}' is the column of users and of items; expected two columns.", nameof(options));
        (_users, _items) = (Names(options.UserColumn!, _userNumbers), Names(options.ItemColumn!, _itemNumbers));
        // What was done says nothing where ratings do.
        if (options.Feedback == FeedbackKind.Implicit && options.EventColumn is { } type) _types = Names(type, _typeNumbers);
        if (options.RatingColumn is { } rating && !RatingCells.AreRatings(Column(rating).Type))
            throw new ArgumentOutOfRangeException(nameof(options), $"Recommendation: column '{rating}' is {Column(rating).Type}, expected ratings: numbers, or text with numbers.");
        if (options.TimeColumn is { } time) _times = new EventTimes(Column(time), options.TimeFormat);
        if (options.RatingRange is { } range && !(range.Least < range.Most)) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Recommendation: ratings from {range.Least} to {range.Most}: expected the least rating before the highest."), nameof(options));
        if (options.HalfLife is not { } half) return;
        if (half <= TimeSpan.Zero) throw new ArgumentException("Recommendation: the half-life of events is a time above 0.", nameof(options));
        if (options.Feedback == FeedbackKind.Explicit) throw new ArgumentException("Recommendation: ratings do not lose weight with age; a half-life is for implicit feedback.", nameof(options));
        if (_times is null) throw new ArgumentException("Recommendation: a half-life needs a column of times.", nameof(options));
    }

    private DataViewSchema.Column Column(string name) => _view.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"Recommendation: there is no column '{name}'. The columns are: {string.Join(", ", _view.Schema.Select(column => column.Name))}.");

    private RowNames Names(string name, Dictionary<string, int> numbers) => RowNames.IsNameOrNumber(Column(name).Type) ? new RowNames(Column(name), numbers)
        : throw new ArgumentOutOfRangeException(nameof(name), $"Recommendation: column '{name}' is {Column(name).Type}, expected names: text, numbers or a key.");

    internal void Read(CancellationToken cancellation)
    {
        string?[] names = [_options.UserColumn, _options.ItemColumn, _types is null ? null : _options.EventColumn, _options.TimeColumn, _options.RatingColumn];
        int[] columns = [.. names.Select(name => name is null ? -1 : Column(name).Index)];
        using BatchCursor cursor = _view.OpenBatches(ColumnSet.Of(_view.Schema, [.. columns.Where(index => index >= 0).Distinct()]));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            BatchColumn? At(int i) => columns[i] < 0 ? null : batch[columns[i]];
            BatchColumn users = At(0)!, items = At(1)!;
            for (int row = 0; row < batch.RowCount; row++, _row++) Add(row, users, items, At(2), At(3), At(4));
        }
    }

    private void Add(int row, BatchColumn users, BatchColumn items, BatchColumn? events, BatchColumn? times, BatchColumn? ratings)
    {
        int user = _users.Find(users, row), item = _items.Find(items, row);
        string userName = user < 0 ? _users.NameOf(users, row) : "known", itemName = item < 0 ? _items.NameOf(items, row) : "known";
        if (string.IsNullOrWhiteSpace(userName) || string.IsNullOrWhiteSpace(itemName))
        {
            _leftOut.Add($"an empty '{(string.IsNullOrWhiteSpace(userName) ? _options.UserColumn : _options.ItemColumn)}'", _row);
            return;
        }
        if (Value(row, events, ratings) is not { } value) return;
        long time = 0;
        if (times is not null && !_times!.TryRead(times, row, out time)) throw Problem(_options.TimeColumn!, EventTimes.Found(times, row), _times.Expected);
        // Only what counts makes a user or an item known.
        if (user < 0)
        {
            user = _userNumbers.Count;
            _users.Add(users, row);
        }
        if (item < 0)
        {
            item = _itemNumbers.Count;
            _items.Add(items, row);
        }
        _rows.Add(new EventRow(user, item, value, time));
    }

    /// <summary>How much a row counts; nothing where it does not count.</summary>
    private float? Value(int row, BatchColumn? events, BatchColumn? ratings)
    {
        float value = 1;
        if (events is not null)
        {
            if (Weight(events, row) is not { } weight) return null;
            value = weight;
        }
        if (ratings is null) return value;
        if (!RatingCells.TryRead(ratings, row, _options.DecimalMark, out float rating)) throw Problem(_options.RatingColumn!, RatingCells.Found(ratings, row), "a number");
        if (float.IsNaN(rating))
        {
            _leftOut.Add($"an empty '{_options.RatingColumn}'", _row);
            return null;
        }
        if (_options.RatingRange is { } range && (rating < range.Least || rating > range.Most))
            throw Problem(_options.RatingColumn!, RatingCells.Found(ratings, row), string.Create(CultureInfo.InvariantCulture, $"a rating from {range.Least} to {range.Most}"));
        if (_options.Feedback == FeedbackKind.Explicit) return rating;
        if (rating < 0) throw Problem(_options.RatingColumn!, RatingCells.Found(ratings, row), "an amount of at least 0, as feedback is implicit");
        if (rating > 0) return value * (_options.DampsAmounts ? MathF.Log2(1 + rating) : rating);
        _leftOut.Add($"the amount 0 in '{_options.RatingColumn}'", _row);
        return null;
    }

    private float? Weight(BatchColumn events, int row)
    {
        int type = _types!.Find(events, row);
        if (type < 0)
        {
            string name = _types.NameOf(events, row);
            if (string.IsNullOrWhiteSpace(name))
            {
                _leftOut.Add($"an empty '{_options.EventColumn}'", _row);
                return null;
            }
            float found = _weights.Find(name) ?? throw Problem(_options.EventColumn!, name, $"an event with a weight: {EventWeights.Default}, or one whose weight is given, as in {name}=1");
            type = _typeWeights.Count;
            _types.Add(events, row);
            _typeWeights.Add((found, 0));
        }
        var (weight, count) = _typeWeights[type];
        _typeWeights[type] = (weight, count + 1);
        if (weight > 0) return weight;
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
        return new EventLog(rows, new NameTable(_userNumbers.Keys), new NameTable(_itemNumbers.Keys), _options, _times is not null)
        {
            Description = Description(rows),
            Notes = [.. _leftOut.Notes(), .. EventFacts.Notes(rows, _userNumbers.Count, _options)],
        };
    }

    private string Description(EventRow[] rows)
    {
        if (_options.Feedback == FeedbackKind.Explicit) return string.Create(CultureInfo.InvariantCulture, $"explicit ratings from {rows.Min(row => row.Value)} to {rows.Max(row => row.Value)} in column '{_options.RatingColumn}'");
        string amounts = _options.RatingColumn is { } column ? $", times {(_options.DampsAmounts ? "log2 of 1 + " : "")}the amounts in column '{column}'" : "";
        if (_types is null) return $"implicit feedback, {(amounts.Length > 0 ? amounts[", times ".Length..] : "1 per row")}";
        var types = _typeNumbers.OrderBy(type => _typeWeights[type.Value].Weight).Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Key} {_typeWeights[type.Value].Weight} ({_typeWeights[type.Value].Count:N0})"));
        return $"implicit feedback, weights of the events in column '{_options.EventColumn}': {string.Join(", ", types)}{amounts}";
    }

    private MLPipelinesException Problem(string column, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_options.Source} row {_row + _options.FirstRow}, column '{column}': found '{found}', expected {expected}."));
}
