using System.Buffers;
using System.Globalization;

namespace MLPipelines.Data;

/// <summary>What the cells of one column have in common.</summary>
internal sealed class ColumnKindGuess
{
    // Single holds seven digits; what has more than a double can count by is a name made of digits.
    private const int MostDigits = 15;

    private static readonly SearchValues<char> DateCharacters = SearchValues.Create("0123456789-/");

    private bool _any;
    private bool _allPoint = true;
    private bool _allComma = true;
    private bool _usesPoint;
    private bool _usesComma;
    private bool _commasLookLikeThousands = true;
    private bool _isCode;
    private bool _allBoolean = true;
    private bool _allDate = true;

    /// <summary>Whether no cell holds anything.</summary>
    internal bool IsEmpty => !_any;

    /// <summary>Whether the cells are numbers only with a decimal point.</summary>
    internal bool NeedsPoint => _any && _allPoint && _usesPoint;

    /// <summary>Whether the cells are numbers only with a decimal comma. Commas before three digits are such where semicolons separate.</summary>
    internal bool NeedsComma(bool europeanSeparator) => _any && _allComma && _usesComma && (europeanSeparator || !_commasLookLikeThousands);

    internal void Add(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.Length == 0) return;
        if (MissingTexts.Contains(cell))
        {
            // These stand for missing numbers only; among truth values or dates they are a word more.
            _allBoolean = _allDate = false;
            return;
        }
        _any = true;
        if (_allBoolean) _allBoolean = IsBoolean(cell);
        if (_allDate) _allDate = IsDate(cell);
        if (_allPoint || _allComma) AddNumber(cell);
    }

    internal DataKind KindWith(char decimalMark)
    {
        if (!_any) return DataKind.String;
        if (_allBoolean) return DataKind.Boolean;
        if ((decimalMark == ',' ? _allComma : _allPoint) && !_isCode) return DataKind.Single;
        return _allDate ? DataKind.DateTime : DataKind.String;
    }

    /// <summary>Whether a cell is a number, a date or a truth value.</summary>
    internal static bool IsTyped(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        return cell.Length > 0 && (IsNumber(cell, '.') || IsNumber(cell, ',') || IsBoolean(cell) || IsDate(cell));
    }

    /// <summary>Whether a cell is a number or a date.</summary>
    internal static bool IsNumberOrDate(ReadOnlySpan<char> cell) => IsTyped(cell) && !IsBoolean(cell.Trim());

    private void AddNumber(ReadOnlySpan<char> cell)
    {
        if (_allPoint) _allPoint = IsNumber(cell, '.');
        if (_allComma) _allComma = IsNumber(cell, ',');
        _usesPoint |= cell.Contains('.');
        int comma = cell.IndexOf(',');
        if (comma >= 0)
        {
            _usesComma = true;
            ReadOnlySpan<char> whole = cell[..comma].TrimStart("+-");
            _commasLookLikeThousands &= cell.Length - comma == 4 && whole.Length is >= 1 and <= 3 && whole[0] != '0';
        }
        // 00123 and 4929123412341234 are names: as numbers they would lose digits.
        ReadOnlySpan<char> digits = cell.TrimStart("+-");
        if (!digits.ContainsAnyExceptInRange('0', '9')) _isCode |= digits.Length > MostDigits || (digits.Length > 1 && digits[0] == '0');
    }

    private static bool IsNumber(ReadOnlySpan<char> cell, char mark) => new DoubleParser(mark, emptyIsNaN: true).TryParse(cell, out _);

    // 0 and 1, and single letters, are numbers and categories as often.
    private static bool IsBoolean(ReadOnlySpan<char> cell) =>
        cell.Equals("true", StringComparison.OrdinalIgnoreCase) || cell.Equals("false", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("yes", StringComparison.OrdinalIgnoreCase) || cell.Equals("no", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a cell is a date as the loader would read it. The framework alone takes "1.5" and "May" for dates.</summary>
    internal static bool IsDate(ReadOnlySpan<char> cell)
    {
        if (cell.Length is < 8 or > 35 || !char.IsAsciiDigit(cell[0])) return false;
        ReadOnlySpan<char> date = cell.IndexOfAny(' ', 'T') is > 0 and var end ? cell[..end] : cell;
        return (date.Count('-') == 2 || date.Count('/') == 2) && !date.ContainsAnyExcept(DateCharacters)
            && DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
    }
}
