namespace MLPipelines.Data;

/// <summary>
/// Guesses separator and quoting: the separator that cuts (nearly) all rows into the same number of fields. Where several do,
/// the one whose fields are numbers, dates and the like wins, then the one that cuts the first row like the others.
/// </summary>
internal static class FormatGuess
{
    private static readonly char[] Separators = ['\t', ',', ';', '|'];

    /// <summary>The share of rows with the usual number of fields that makes a separator believable by itself.</summary>
    private const double UsualShare = 0.9;

    /// <summary>The share that is enough when the first row has that number too.</summary>
    private const double FirstRowShare = 0.6;

    internal static TextFormat Guess(FileSample sample, TextFileInferenceOptions options)
    {
        bool hasQuotes = sample.Contains('"');
        foreach (bool quoting in options.AllowQuoting is { } known ? [known] : hasQuotes ? new[] { true, false } : [true])
        {
            Cut? best = null;
            foreach (char separator in options.Separator is { } given ? [given] : Separators)
            {
                if (Cut.Try(sample, new TextFormat(separator.ToString(), quoting), options.SampleRows) is not { } cut) continue;
                if (options.Separator is not null) return cut.Format;
                if (cut.IsBelievable && (best is null || cut.IsBetterThan(best))) best = cut;
            }
            if (best is not null) return best.Format;
        }
        return OneColumn(sample, options);
    }

    /// <summary>How many fields most rows have.</summary>
    internal static int UsualCount(FileSample sample, TextFormat format, int rows) => Cut.Try(sample, format, rows)?.Usual ?? 1;

    /// <summary>One column: a separator that the text does not have.</summary>
    private static TextFormat OneColumn(FileSample sample, TextFileInferenceOptions options)
    {
        char separator = options.Separator ?? Array.Find(Separators, c => !sample.Contains(c));
        if (separator == '\0') separator = '\u001F';
        var quoted = new TextFormat(separator.ToString(), Quoting: true);
        bool quoting = options.AllowQuoting ?? Cut.Try(sample, quoted, options.SampleRows) is not null;
        return quoted with { Quoting = quoting };
    }

    /// <summary>The rows as one separator cuts them.</summary>
    private sealed class Cut
    {
        private readonly Dictionary<int, int> _rowsByCount = [];
        private int _rows;
        private int _firstCount;
        private int _cells;
        private int _typedCells;
        private double _share;

        internal int Usual { get; private set; }

        internal required TextFormat Format { get; init; }

        internal bool IsBelievable => Usual > 1 && (_share >= UsualShare || (_share >= FirstRowShare && _firstCount == Usual));

        private double Typed => _cells == 0 ? 0 : (double)_typedCells / _cells;

        /// <returns><see langword="null"/> when quotes are not used as the format says.</returns>
        internal static Cut? Try(FileSample sample, TextFormat format, int rows)
        {
            var cut = new Cut { Format = format };
            if (!sample.ForEachRow(format, rows, cut.Add)) return null;
            (cut.Usual, int most) = cut._rowsByCount.OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key).Select(pair => (pair.Key, pair.Value)).FirstOrDefault();
            cut._share = cut._rows == 0 ? 0 : (double)most / cut._rows;
            return cut;
        }

        internal bool IsBetterThan(Cut other)
        {
            bool usual = _share >= UsualShare, otherUsual = other._share >= UsualShare;
            if (usual != otherUsual) return usual;
            if (Math.Abs(Typed - other.Typed) > 0.05) return Typed > other.Typed;
            bool first = _firstCount == Usual, otherFirst = other._firstCount == other.Usual;
            if (first != otherFirst) return first;
            return _share > other._share + 0.02;
        }

        private void Add(DelimitedReader reader, long row)
        {
            int count = reader.FieldCount;
            if (count == 1 && reader.LooksLikeComment) return;
            _rowsByCount[count] = _rowsByCount.GetValueOrDefault(count) + 1;
            if (_rows == 0) _firstCount = count;
            _rows++;
            if (row is 0 or > 200 || count < 2) return;
            for (int i = 0; i < count; i++, _cells++)
                if (ColumnKindGuess.IsTyped(reader[i])) _typedCells++;
        }
    }
}
