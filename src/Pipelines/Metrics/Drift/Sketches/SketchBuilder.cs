namespace MLPipelines.Drift;

/// <summary>Makes the sketch of a column from its values. Two builders of parts of the rows merge into one of all.</summary>
internal sealed class SketchBuilder(string name, string kind) : IValueSink
{
    /// <summary>Numbers of so few values have a bin each.</summary>
    private const int FewValues = 20;

    private const int Bins = 10, MostValues = 4096, MostWords = 32768, KnownWords = 4000, Listed = 100;

    /// <summary>Of longer values the first characters stand for all.</summary>
    internal const int LongestListed = 64;

    // With many categories, one that few rows have may be about a person; it is counted and not named.
    private const int LeastRows = 5;

    private readonly QuantileSketch _numbers = new();
    private readonly FrequentCounts<double> _few = new(8 * FewValues, Comparer<double>.Default);
    private readonly FrequentCounts<string> _values = new(MostValues, StringComparer.Ordinal);
    private readonly FrequentCounts<uint> _words = new(MostWords, Comparer<uint>.Default);
    private long _rows, _missing;

    public void AddMissing()
    {
        _rows++;
        _missing++;
    }

    public void AddNumber(double value)
    {
        _rows++;
        if (kind == ColumnSketch.Date) return;
        AddQuantity(value);
    }

    public void AddText(ReadOnlySpan<char> value)
    {
        _rows++;
        FrequentCounts<string>.AddText(_values, value.Length <= LongestListed ? value : value[..LongestListed]);
        if (kind != ColumnSketch.Text) return;
        int count = 0;
        for (var words = new TextWords(value); words.Next(); count++) _words.Add(words.Current);
        AddQuantity(count);
    }

    internal void Merge(SketchBuilder other)
    {
        _rows += other._rows;
        _missing += other._missing;
        _numbers.Merge(other._numbers);
        _few.Merge(other._few);
        _values.Merge(other._values);
        _words.Merge(other._words);
    }

    internal ColumnSketch ToSketch()
    {
        var sketch = new ColumnSketch { Name = name, Kind = kind, Rows = _rows, Missing = _missing };
        return kind switch
        {
            ColumnSketch.Number => Quantities(sketch),
            ColumnSketch.Text when IsText => TextSketch(sketch),
            ColumnSketch.Text or ColumnSketch.Category => CategorySketch(sketch with { Kind = ColumnSketch.Category }),
            _ => sketch,
        };
    }

    /// <summary>Texts are of several words, and few of them come twice.</summary>
    private bool IsText => _words.Total >= 3 * _values.Total && (!_values.IsExact || _values.Distinct > _values.Total / 5);

    // Few different numbers need no quantiles, until they turn out to be many.
    private void AddQuantity(double value)
    {
        if (_few.IsExact) _few.Add(value);
        _numbers.Add(value);
    }

    private ColumnSketch Quantities(ColumnSketch sketch)
    {
        if (_numbers.Count == 0) return sketch with { Edges = [], Counts = [0] };
        KeyValuePair<double, long>[] few = [.. _few.Ordered().OrderBy(pair => pair.Key)];
        List<double> edges = [];
        List<long> counts = [];
        if (_few.IsExact && few.Length <= FewValues)
        {
            for (int i = 0; i + 1 < few.Length; i++) edges.Add(Between(few[i].Key, few[i + 1].Key));
            counts.AddRange(few.Select(pair => pair.Value));
        }
        else
        {
            var (values, upTo) = _numbers.Ranks();
            long before = 0;
            for (int bin = 1; bin < Bins; bin++)
            {
                int at = Array.BinarySearch(upTo, (_numbers.Count * bin + Bins - 1) / Bins);
                double edge = values[at < 0 ? Math.Min(~at, values.Length - 1) : at];
                if (!double.IsFinite(edge) || edge >= _numbers.Maximum || (edges.Count > 0 && edge <= edges[^1])) continue;
                // Equal numbers share a bin.
                long upToEdge = upTo[Array.FindLastIndex(values, value => value <= edge)];
                edges.Add(edge);
                counts.Add(upToEdge - before);
                before = upToEdge;
            }
            counts.Add(_numbers.Count - before);
        }
        return sketch with { Edges = edges, Counts = counts, Minimum = Finite(_numbers.Minimum), Maximum = Finite(_numbers.Maximum) };
    }

    private static double Between(double low, double high) => double.IsFinite(low) && double.IsFinite(high) ? low / 2 + high / 2 : double.IsFinite(low) ? low : Finite(low);

    // JSON has no infinity.
    private static double Finite(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);

    private ColumnSketch TextSketch(ColumnSketch sketch)
    {
        var (known, unseen) = Known(_words, KnownWords, hash => hash);
        return Quantities(sketch) with { Words = _words.Total, Known = known.ToString(), UnseenShare = unseen };
    }

    private ColumnSketch CategorySketch(ColumnSketch sketch)
    {
        bool isFew = _values.IsExact && _values.Distinct <= Listed;
        Dictionary<string, long> listed = new(StringComparer.Ordinal);
        foreach (var (value, count) in _values.Ordered().Take(Listed))
            if (isFew || count >= LeastRows) listed.Add(value, count);
        var (known, unseen) = Known(_values, MostValues, value => TextWords.Hash(value));
        return sketch with
        {
            Categories = listed,
            Others = _values.Total - listed.Values.Sum(),
            Known = isFew ? null : known.ToString(),
            UnseenShare = unseen,
        };
    }

    private static (HashSetSketch Known, double UnseenShare) Known<T>(FrequentCounts<T> counts, int most, Func<T, uint> hash) where T : notnull
    {
        var known = new HashSetSketch(Math.Min(most, counts.Distinct));
        long covered = 0, once = 0;
        foreach (var (value, count) in counts.Ordered().Take(most))
        {
            known.Add(hash(value));
            covered += count;
            if (count == 1) once++;
        }
        return (known, counts.Total == 0 ? 0 : Math.Round(Math.Min(1, (counts.Total - covered + once) / (double)counts.Total), 6));
    }
}
