using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>What the values of a column look like as text, gathered row by row; from it follows what the column is good for.</summary>
internal sealed class ColumnProfile
{
    /// <summary>Different values are counted up to here.</summary>
    private const int DistinctLimit = 5000;

    private static readonly string[] TruthWords = ["true", "false", "yes", "no"];

    private readonly char _decimalMark;
    private readonly DoubleParser _numbers;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private long _numberCount, _truthCount, _dateCount, _codeCount, _characters, _words;
    private bool _areWhole = true, _countsFrom = true;
    private double _last = double.NaN;

    /// <param name="name">The name of the column.</param>
    /// <param name="decimalMark">What separates the decimals of numbers.</param>
    internal ColumnProfile(string name, char decimalMark = '.')
    {
        (Name, _decimalMark) = (name, decimalMark);
        _numbers = new DoubleParser(decimalMark, emptyIsNaN: true);
        _lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal string Name { get; }

    internal long Rows { get; private set; }

    /// <summary>Rows without a value.</summary>
    internal long Missing { get; private set; }

    /// <summary>The number of different values, exact up to a limit.</summary>
    internal int Distinct => _values.Count;

    /// <summary>Some of the values, the first ones.</summary>
    internal IEnumerable<string> Values => _values;

    /// <summary>Whether every value is a number.</summary>
    internal bool IsNumeric => Filled > 0 && _numberCount == Filled;

    /// <summary>Whether every value is a whole number.</summary>
    internal bool IsWhole => IsNumeric && _areWhole;

    /// <summary>Whether the numbers are names that a single-precision number cannot tell apart, or that start with zeros.</summary>
    internal bool LosesDigits => _values.Any(value => value.Length > 7 || (value.Length > 1 && value[0] == '0' && char.IsAsciiDigit(value[1])));

    /// <summary>Whether every row has a truth value or a word for one.</summary>
    internal bool IsTruth => Missing == 0 && Filled > 0 && Distinct <= 8 && _values.All(value => TruthWords.Contains(value, StringComparer.OrdinalIgnoreCase));

    private long Filled => Rows - Missing;

    /// <summary>Whether there are no more different values than were counted.</summary>
    internal bool IsDistinctExact => _values.Count < DistinctLimit;

    internal void Add(ReadOnlySpan<char> text)
    {
        Rows++;
        text = text.Trim();
        if (text.Length == 0 || MissingTexts.Contains(text))
        {
            Missing++;
            return;
        }
        if (_values.Count < DistinctLimit) _lookup.Add(text);
        _characters += text.Length;
        if (LooksNumeric(text[0]) && _numbers.TryParse(text, out double number)) AddNumber(number);
        else if (FirstWord is null)
        {
            FirstWord = text.ToString();
            // The numbers before it are codes of one word, if that is what the column turns out to hold.
            _codeCount = _words = _numberCount;
        }
        if (FirstWord is not null) AddOther(text);
    }

    /// <summary>The first value that is no number.</summary>
    internal string? FirstWord { get; private set; }

    /// <summary>Whether a few words keep the column from being one of numbers.</summary>
    internal bool IsNearlyNumeric => FirstWord is not null && _numberCount >= 0.7 * Filled && _numberCount >= 3;

    /// <summary>Whether the first value that is no number would be one with the other decimal mark.</summary>
    internal bool NeedsOtherDecimalMark => FirstWord is { Length: > 2 } word && LooksNumeric(word[0]) && new DoubleParser(_decimalMark == '.' ? ',' : '.', emptyIsNaN: true).TryParse(word, out _);

    /// <summary>Why the column is no column of numbers, where it nearly is one.</summary>
    internal string? MixedReason()
    {
        if (NeedsOtherDecimalMark && Role() is not ColumnRole.Constant)
        {
            string other = _decimalMark == '.' ? "," : ".";
            return $"'{FirstWord}' is a number if '{other}' is the decimal mark; --decimal '{other}' says so";
        }
        return IsNearlyNumeric && Role() is ColumnRole.ManyValues or ColumnRole.Text or ColumnRole.Identifier ? $"most of its values are numbers, but not '{FirstWord}'" : null;
    }

    private static bool LooksNumeric(char first) => char.IsAsciiDigit(first) || first is '-' or '+' or '.' or ',' || first is 'i' or 'I' or '∞';

    private void AddNumber(double number)
    {
        _numberCount++;
        if (number != Math.Floor(number)) _areWhole = false;
        if (!double.IsNaN(_last) && number != _last + 1) _countsFrom = false;
        _last = number;
    }

    private void AddOther(ReadOnlySpan<char> text)
    {
        if (_truthCount == Filled - 1 && (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase))) _truthCount++;
        else if (_dateCount == Filled - 1 && ColumnKindGuess.IsDate(text)) _dateCount++;
        int words = 1;
        bool isCode = true, hasDigit = false;
        foreach (char c in text)
        {
            if (c == ' ') words++;
            hasDigit |= char.IsAsciiDigit(c);
            isCode &= c is > ' ' and < '\x7f';
        }
        _words += words;
        if (isCode && hasDigit && text.Length <= 64) _codeCount++;
    }

    /// <summary>What the column is good for.</summary>
    internal ColumnRole Role()
    {
        if (Filled == 0) return ColumnRole.Empty;
        if (Distinct == 1 && Missing == 0) return ColumnRole.Constant;
        if (_numberCount == Filled) return IsRowNumber() ? ColumnRole.Identifier : ColumnRole.Number;
        if (_truthCount == Filled) return Missing == 0 ? ColumnRole.TruthValue : ColumnRole.Category;
        if (_dateCount == Filled) return ColumnRole.Date;
        // Filled rows that are nearly all different, and look like codes: T-1001, 7f3a…, invoice-2024-17.
        bool mostlyDifferent = !IsDistinctExact || Distinct >= 0.95 * Filled;
        if (mostlyDifferent && Filled >= 10 && _codeCount >= 0.95 * Filled) return ColumnRole.Identifier;
        if (IsDistinctExact && (Distinct <= 20 ? Distinct <= Math.Max(0.5 * Filled, 2) : Distinct <= 0.2 * Filled && Distinct <= 2000)) return ColumnRole.Category;
        double length = _characters / (double)Filled, words = _words / (double)Filled;
        return words >= 2 || length >= 15 || (length >= 4 && !IsMostlyAscii()) ? ColumnRole.Text : ColumnRole.ManyValues;
    }

    /// <summary>1, 2, 3, … counts rows; so does a column that is named so and has another whole number in each row.</summary>
    private bool IsRowNumber()
    {
        if (!_areWhole || Filled < 10 || Missing > 0 || !(IsDistinctExact ? Distinct == Filled : true)) return false;
        return _countsFrom || Name.Equals("id", StringComparison.OrdinalIgnoreCase) || Name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || Name.EndsWith("Id", StringComparison.Ordinal);
    }

    /// <summary>In scripts without spaces a few characters are a sentence already.</summary>
    private bool IsMostlyAscii()
    {
        long ascii = 0, all = 0;
        foreach (string value in _values)
        {
            foreach (char c in value) if (c < 0x80) ascii++;
            all += value.Length;
        }
        return ascii * 2 >= all;
    }
}
