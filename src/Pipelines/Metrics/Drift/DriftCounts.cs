namespace MLPipelines.Drift;

/// <summary>Counts later values of a column by the bins of its sketch, to compare them with it. Not for several threads at once.</summary>
internal sealed class DriftCounts : IValueSink
{
    /// <summary>Categories beyond these are compared together, so that the index is not made of small counts.</summary>
    private const int ComparedCategories = 20;

    private readonly ColumnSketch _sketch;
    private readonly double[] _edges;
    private readonly HashSetSketch? _known;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _categories;
    private readonly double[] _expected;
    private readonly double[] _actual;
    private long _rows, _missing, _items, _unseen;

    private DriftCounts(ColumnSketch sketch)
    {
        _sketch = sketch;
        _edges = [.. sketch.Edges ?? []];
        _known = HashSetSketch.Parse(sketch.Known);
        KeyValuePair<string, long>[] listed = [.. (sketch.Categories ?? new Dictionary<string, long>()).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
        int compared = Math.Min(listed.Length, ComparedCategories);
        var categories = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < listed.Length; i++) categories.Add(listed[i].Key, Math.Min(i, compared));
        _categories = categories.GetAlternateLookup<ReadOnlySpan<char>>();
        IsCategory = sketch.Kind == ColumnSketch.Category;
        if (IsCategory)
        {
            double filled = sketch.Rows - sketch.Missing, unseen = Math.Min((sketch.UnseenShare ?? 0) * filled, sketch.Others ?? 0);
            double others = listed.Skip(compared).Sum(pair => (double)pair.Value) + (sketch.Others ?? 0) - unseen;
            _expected = [.. listed.Take(compared).Select(pair => (double)pair.Value), others, unseen, sketch.Missing];
        }
        else
        {
            _expected = [.. (sketch.Counts ?? [0]).Select(count => (double)count), sketch.Missing];
            if (sketch.Kind == ColumnSketch.Date) _expected[0] = sketch.Rows - sketch.Missing;
        }
        _actual = new double[_expected.Length];
    }

    private bool IsCategory { get; }

    /// <summary>Counts for a sketch; <see langword="null"/> where it is of an unknown kind, or does not hold together.</summary>
    internal static DriftCounts? For(ColumnSketch sketch)
    {
        bool holds = sketch.Rows >= sketch.Missing && sketch.Missing >= 0 && sketch.Kind switch
        {
            ColumnSketch.Number or ColumnSketch.Text => sketch is { Edges: { } edges, Counts: { } counts } && counts.Count == edges.Count + 1 && counts.All(count => count >= 0)
                && edges.All(double.IsFinite) && edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second),
            ColumnSketch.Category => sketch.Categories is { } categories && categories.Values.All(count => count >= 0),
            ColumnSketch.Date => true,
            _ => false,
        };
        return holds ? new DriftCounts(sketch) : null;
    }

    public void AddMissing()
    {
        _rows++;
        _missing++;
        _actual[^1]++;
    }

    public void AddNumber(double value)
    {
        _rows++;
        if (!IsCategory) _actual[Bin(value)]++;
    }

    public void AddText(ReadOnlySpan<char> value)
    {
        _rows++;
        if (IsCategory)
        {
            AddCategory(value);
            return;
        }
        int count = 0;
        for (var words = new TextWords(value); words.Next(); count++)
            if (_known is not null && !_known.Has(words.Current)) _unseen++;
        _items += count;
        _actual[Bin(count)]++;
    }

    internal void Clear()
    {
        Array.Clear(_actual);
        _rows = _missing = _items = _unseen = 0;
    }

    internal void CopyTo(DriftCounts total)
    {
        for (int i = 0; i < _actual.Length; i++) total._actual[i] += _actual[i];
        total._rows += _rows;
        total._missing += _missing;
        total._items += _items;
        total._unseen += _unseen;
    }

    internal ColumnDrift Compare()
    {
        double index = PopulationStability.Index(_expected, _actual), byChance = PopulationStability.ByChance(_expected, _actual);
        double unseen = Share(_unseen, _items), trainedUnseen = _sketch.UnseenShare ?? 0;
        if (!IsCategory && _known is not null && _rows > _missing)
        {
            // Other words at the same lengths are a drift as well. The words of a text depend on each other: rows are what counts.
            double trained = _sketch.Rows - _sketch.Missing, rows = _rows - _missing;
            double[] expected = [trainedUnseen * trained, (1 - trainedUnseen) * trained], actual = [unseen * rows, (1 - unseen) * rows];
            double ofWords = PopulationStability.Index(expected, actual), wordsByChance = PopulationStability.ByChance(expected, actual);
            if (ofWords - wordsByChance > index - byChance) (index, byChance) = (ofWords, wordsByChance);
        }
        return new ColumnDrift(_sketch.Name, _sketch.Kind, _rows, index, byChance, Share(_missing, _rows), Share(_sketch.Missing, _sketch.Rows), unseen, trainedUnseen);
    }

    private static double Share(long part, long all) => all == 0 ? 0 : part / (double)all;

    private void AddCategory(ReadOnlySpan<char> value)
    {
        _items++;
        if (value.Length > SketchBuilder.LongestListed) value = value[..SketchBuilder.LongestListed];
        if (_categories.TryGetValue(value, out int place)) _actual[place]++;
        else if (_known is not null && _known.Has(TextWords.Hash(value))) _actual[^3]++;
        else
        {
            _unseen++;
            _actual[^2]++;
        }
    }

    /// <summary>The first bin whose bound is not below a number.</summary>
    private int Bin(double value)
    {
        int bin = 0;
        while (bin < _edges.Length && value > _edges[bin]) bin++;
        return bin;
    }
}
