using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>
/// Cuts text into rows and fields in one pass, in constant memory. A row is scanned once for where its fields end; a field's
/// text is looked at only when it is asked for. Nothing is allocated per row or field.
/// </summary>
internal sealed partial class DelimitedReader : IDisposable
{
    private readonly CharSource _source;
    private readonly TextFormat _format;
    private readonly SeparatorSearch _search;
    private readonly QuotedText _quoted;
    private readonly bool _spaceSeparates;
    private readonly bool _trimEnd;

    private char[] _buffer;
    private int _length;
    private bool _ended;

    // The row, in the buffer: field i starts after _ends[i] and ends before _ends[i + 1].
    private int _rowStart;
    private int[] _ends = new int[16];
    private int _next;
    private int _lineBreaksInRow;

    // What the search found around _next; valid until the buffer changes.
    private int _windowStart = -1;
    private ulong _window;

    private int _problemAt;

    internal DelimitedReader(CharSource source, TextFormat format)
    {
        _source = source;
        _format = format;
        _search = new SeparatorSearch(format.Separators);
        _spaceSeparates = _search.IsSeparator(' ');
        _trimEnd = format.TrimEnd;
        _quoted = new QuotedText(format.Escape);
        _buffer = ArrayPool<char>.Shared.Rent((format.BlockSize * 2) + SeparatorSearch.Window);
    }

    /// <summary>The number of the current row, from 1; blank lines count.</summary>
    internal long Row { get; private set; }

    /// <summary>The line that the current row starts on, from 1. More than <see cref="Row"/> after line breaks inside quotes.</summary>
    internal long Line { get; private set; }

    /// <summary>How many fields the current row has; at least 1.</summary>
    internal int FieldCount { get; private set; }

    /// <summary>Why <see cref="ReadRow"/> stopped before the end.</summary>
    internal RowProblem Problem { get; private set; }

    /// <summary>The characters of the current row, line end left out.</summary>
    internal int RowLength => _ends[FieldCount] - _rowStart;

    /// <summary>The current row as it stands in the file.</summary>
    internal ReadOnlySpan<char> RawRow => _buffer.AsSpan(_rowStart, RowLength);

    /// <summary>Whether the current row starts as comments do in ML.NET's files: with two slashes or a number sign.</summary>
    internal bool LooksLikeComment => _buffer[_rowStart] is '/' or '#' && (_buffer[_rowStart] == '#' || (RowLength > 1 && _buffer[_rowStart + 1] == '/'));

    /// <summary>Whether the current row starts with a number sign.</summary>
    internal bool StartsWithNumberSign => RowLength > 0 && _buffer[_rowStart] == '#';

    /// <summary>The first fields of the current row as they stand in the file, with the separators between them.</summary>
    internal ReadOnlySpan<char> RawFields(int count) => _buffer.AsSpan(_rowStart, _ends[Math.Min(count, FieldCount)] - _rowStart);

    /// <summary>What stands at a problem, and a little after it.</summary>
    internal ReadOnlySpan<char> ProblemText => _buffer.AsSpan(_problemAt, Math.Min(80, _length - _problemAt));

    /// <summary>How many characters stand between the start of the row that has a problem and the end of what was read.</summary>
    internal int PendingLength => _length - _rowStart;

    internal byte? InvalidByte => _source.InvalidByte;

    /// <summary>Goes to the next row that is not blank; <see langword="false"/> at the end, or at a <see cref="Problem"/>.</summary>
    internal bool ReadRow()
    {
        if (Problem != RowProblem.None) return false;
        while (true)
        {
            Row++;
            Line += 1 + _lineBreaksInRow;
            _lineBreaksInRow = 0;
            _rowStart = _next;
            while (!Scan())
                if (Problem != RowProblem.None || !Fill()) return false;
            if (FieldCount > 1 || RowLength > 0) return true;
        }
    }

    /// <summary>The text of a field, without its quotes. Valid until the next field or row is asked for.</summary>
    internal ReadOnlySpan<char> this[int field]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ReadOnlySpan<char> text = Raw(field);
            return !_trimEnd && (text.Length == 0 || text[0] > '"') ? text : FieldWithMarks(text, isLast: field == FieldCount - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<char> Raw(int field)
    {
        int[] ends = _ends;
        int start = ends[field] + 1;
        return _buffer.AsSpan(start, ends[field + 1] - start);
    }

    /// <summary>Whether a field stands in quotes.</summary>
    internal bool IsQuoted(int field) => _format.Quoting && Raw(field).TrimStart(' ').StartsWith('"');

    private ReadOnlySpan<char> FieldWithMarks(ReadOnlySpan<char> text, bool isLast)
    {
        if (!_spaceSeparates) text = text.TrimStart(' ');
        if (_format.Quoting && text.StartsWith('"')) return _quoted.Unescape(text[1..text.LastIndexOf('"')]);
        return isLast && _trimEnd ? text.TrimEnd() : text;
    }

    /// <summary>Scans the row that starts at the row start; <see langword="false"/> when its end is not in the buffer, or it has a problem.</summary>
    private bool Scan()
    {
        ref char buffer = ref MemoryMarshal.GetArrayDataReference(_buffer);
        int[] ends = _ends;
        bool quoting = _format.Quoting;
        int start = _rowStart, count = 0, lineBreaks = 0, length = _length;
        ends[0] = start - 1;
        int windowStart = _windowStart;
        ulong window = _window;
        if (windowStart < 0) window = Look(ref buffer, windowStart = start, length);

        while (true)
        {
            int afterQuote = -1;
            if (quoting && start < length && Unsafe.Add(ref buffer, start) is '"' or ' ')
            {
                afterQuote = SkipQuoted(start, ref lineBreaks);
                if (afterQuote == NeedsMore)
                {
                    _windowStart = -1;
                    return false;
                }
                if (afterQuote >= 0) window = Look(ref buffer, windowStart = afterQuote, length);
            }

            while (window == 0 && windowStart + SeparatorSearch.Window < length) window = Look(ref buffer, windowStart += SeparatorSearch.Window, length);
            int end = window == 0 ? length : windowStart + BitOperations.TrailingZeroCount(window);
            window &= window - 1;
            if (end == length && !_ended)
            {
                _windowStart = -1;
                return false;
            }
            if (afterQuote >= 0 && !OnlyBlanks(afterQuote, end, start)) return false;

            if (++count == ends.Length)
            {
                Array.Resize(ref _ends, count * 2);
                ends = _ends;
            }
            ends[count] = end;
            char c = end == length ? '\n' : Unsafe.Add(ref buffer, end);
            start = end + 1;
            if (c is not ('\n' or '\r')) continue;

            if (end == length)
            {
                // The end of the file. Nothing after the last line end is no row.
                if (count == 1 && end == _rowStart) return false;
                start = length;
            }
            else if (c == '\r')
            {
                if (start == length && !_ended)
                {
                    _windowStart = -1;
                    return false;
                }
                if (start < length && Unsafe.Add(ref buffer, start) == '\n')
                {
                    if (start == windowStart + SeparatorSearch.Window) window = Look(ref buffer, windowStart = start, length);
                    window &= window - 1;
                    start++;
                }
            }
            (_windowStart, _window) = (windowStart, window);
            (FieldCount, _next, _lineBreaksInRow) = (count, start, lineBreaks);
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Look(ref char buffer, int start, int length)
    {
        ulong found = _search.Find(ref Unsafe.Add(ref buffer, start));
        int count = length - start;
        return count >= SeparatorSearch.Window ? found : count <= 0 ? 0 : found & ((1UL << count) - 1);
    }

    private const int NeedsMore = -2;

    /// <summary>Where a quoted field that starts here ends, past its closing quote; -1 when the field is not quoted.</summary>
    private int SkipQuoted(int start, ref int lineBreaks)
    {
        ReadOnlySpan<char> text = _buffer.AsSpan(0, _length);
        int at = start;
        if (!_spaceSeparates)
            while (at < text.Length && text[at] == ' ') at++;
        if (at == text.Length) return _ended ? -1 : NeedsMore;
        if (text[at] != '"') return -1;

        int opened = at++;
        char escape = _format.Escape;
        while (true)
        {
            int found = text[at..].IndexOfAny('"', escape);
            at += found;
            // A quote at the end of the block may be the first of two.
            if (found < 0 || (at + 1 == text.Length && !_ended))
            {
                if (_ended) Fail(RowProblem.UnclosedQuote, opened);
                return NeedsMore;
            }
            if (text[at] == escape && (escape != '"' || (at + 1 < text.Length && text[at + 1] == '"')))
            {
                at = Math.Min(at + 2, text.Length);
                continue;
            }
            ReadOnlySpan<char> inside = text[(opened + 1)..at];
            int breaks = inside.Count('\n');
            lineBreaks += breaks > 0 ? breaks : inside.Count('\r');
            return at + 1;
        }
    }

    private bool OnlyBlanks(int from, int to, int fieldStart)
    {
        ReadOnlySpan<char> between = _buffer.AsSpan(from, to - from);
        if (between.Trim(' ').Length == 0) return true;
        if (to == _length && _trimEnd && between.IsWhiteSpace()) return true;
        Fail(RowProblem.TextAfterQuote, fieldStart);
        return false;
    }

    private void Fail(RowProblem problem, int at) => (Problem, _problemAt, _windowStart) = (problem, at, -1);

    /// <summary>Drops what came before the row and reads on; <see langword="false"/> when there is no more.</summary>
    private bool Fill()
    {
        if (_ended) return false;
        int kept = _length - _rowStart;
        if (kept > TextFormat.LongestRow)
        {
            Fail(RowProblem.RowTooLong, _rowStart);
            return false;
        }
        // A long row is read on by as much as there is of it, so that scanning it again and again costs a constant factor.
        int wanted = Math.Max(_format.BlockSize, kept);
        char[] old = _buffer;
        if (kept + wanted + SeparatorSearch.Window > old.Length) _buffer = ArrayPool<char>.Shared.Rent(kept + wanted + SeparatorSearch.Window);
        old.AsSpan(_rowStart, kept).CopyTo(_buffer);
        if (_buffer != old) ArrayPool<char>.Shared.Return(old);
        (_rowStart, _length, _windowStart) = (0, kept, -1);

        int count;
        do
        {
            count = _source.Read(_buffer.AsSpan(_length, kept + wanted - _length));
            _length += count;
        }
        while (count > 0 && kept > _format.BlockSize && kept + wanted - _length >= CharSource.LeastRoom);
        if (_length > kept) return true;
        if (_source.InvalidByte is not null)
        {
            Fail(RowProblem.InvalidUtf8, Math.Max(0, _length - 40));
            Line += _buffer.AsSpan(0, _length).Count('\n');
            return false;
        }
        _ended = true;
        return true;
    }

    public void Dispose()
    {
        _source.Dispose();
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
    }
}
