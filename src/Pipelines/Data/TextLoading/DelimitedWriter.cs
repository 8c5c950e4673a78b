using System.Buffers;
using System.Globalization;
using System.Text;

namespace MLPipelines.Data;

/// <summary>
/// Writes delimited text (RFC 4180) as UTF-8 without a byte-order mark. A field is quoted when it must be, so that a reader
/// with quoting gets back what was written, white space at both ends included.
/// </summary>
internal sealed class DelimitedWriter : IDisposable
{
    private const int FlushAt = 1 << 15;

    private readonly Stream _stream;
    private readonly char _separator;
    private readonly string _lineEnd;
    private readonly bool _leaveOpen;
    private readonly SearchValues<char> _special;
    private readonly bool _quotesSparseItems;

    private char[] _chars = new char[FlushAt * 2];
    private byte[] _bytes = [];
    private int _length;
    private int _fields;
    private bool _rowHasText;
    private bool _started;

    /// <param name="stream">Where to write.</param>
    /// <param name="separator">The character between fields.</param>
    /// <param name="lineEnd">What ends a row.</param>
    /// <param name="leaveOpen">Whether disposing the writer leaves the stream open.</param>
    /// <param name="quotesSparseItems">Whether to quote fields that ML.NET's loader would take for sparse items or comments.</param>
    internal DelimitedWriter(Stream stream, char separator = ',', string lineEnd = "\n", bool leaveOpen = false, bool quotesSparseItems = false)
    {
        (_stream, _separator, _lineEnd, _leaveOpen, _quotesSparseItems) = (stream, separator, lineEnd, leaveOpen, quotesSparseItems);
        _special = SearchValues.Create([separator, '"', '\r', '\n', quotesSparseItems ? ':' : '"']);
    }

    internal void WriteField(ReadOnlySpan<char> text)
    {
        StartField();
        _rowHasText |= text.Length > 0;
        if (!NeedsQuotes(text))
        {
            text.CopyTo(Reserve(text.Length));
            _length += text.Length;
            return;
        }
        Span<char> target = Reserve((text.Length * 2) + 2);
        int at = 0;
        target[at++] = '"';
        for (int quote = text.IndexOf('"'); quote >= 0; quote = text.IndexOf('"'))
        {
            text[..(quote + 1)].CopyTo(target[at..]);
            at += quote + 1;
            target[at++] = '"';
            text = text[(quote + 1)..];
        }
        text.CopyTo(target[at..]);
        at += text.Length;
        target[at++] = '"';
        _length += at;
    }

    /// <summary>Writes fields that stand as they are in a file, quotes and separators included.</summary>
    internal void WriteRawFields(ReadOnlySpan<char> text)
    {
        StartField();
        // More than one field may be in it, so that the row is never taken for an empty one.
        _fields++;
        _rowHasText = true;
        text.CopyTo(Reserve(text.Length));
        _length += text.Length;
    }

    /// <summary>Writes a number, truth value or time so that reading it gives the same value; NaN as an empty field.</summary>
    internal void WriteField<T>(T value) where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        bool isTime = typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset);
        if ((value is float single && float.IsNaN(single)) || (value is double real && double.IsNaN(real))) WriteField([]);
        else if (value.TryFormat(text, out int length, isTime ? "O" : default, CultureInfo.InvariantCulture)) WriteField(text[..length]);
        else WriteField(value.ToString(isTime ? "O" : null, CultureInfo.InvariantCulture));
    }

    internal void WriteField(bool value) => WriteField(value ? "true" : "false");

    internal void EndRow()
    {
        // A line without any character is no row for a reader.
        if (_fields <= 1 && !_rowHasText)
        {
            "\"\"".CopyTo(Reserve(2));
            _length += 2;
        }
        _lineEnd.CopyTo(Reserve(_lineEnd.Length));
        _length += _lineEnd.Length;
        (_fields, _rowHasText, _started) = (0, false, true);
        if (_length >= FlushAt) Flush();
    }

    /// <summary>Writes a line without any character, which is no row for a reader but counts as one in its messages.</summary>
    internal void EndBlankRow()
    {
        _lineEnd.CopyTo(Reserve(_lineEnd.Length));
        _length += _lineEnd.Length;
        _started = true;
        if (_length >= FlushAt) Flush();
    }

    internal void WriteRow(params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields) WriteField(field);
        EndRow();
    }

    /// <summary>Hands over what was written so far.</summary>
    internal void Flush()
    {
        int most = Encoding.UTF8.GetMaxByteCount(_length);
        if (_bytes.Length < most) _bytes = new byte[most];
        int count = Encoding.UTF8.GetBytes(_chars.AsSpan(0, _length), _bytes);
        _stream.Write(_bytes, 0, count);
        _stream.Flush();
        _length = 0;
    }

    private bool NeedsQuotes(ReadOnlySpan<char> text)
    {
        if (text.Length == 0) return false;
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return true;
        // At the start of a file these would be read as a byte-order mark and as a description of the columns.
        if (!_started && _fields == 1 && text[0] is '\uFEFF' or '#') return true;
        if (_quotesSparseItems && _fields == 1 && text[0] is '#' or '/') return true;
        return text.ContainsAny(_special);
    }

    private void StartField()
    {
        if (_fields++ == 0) return;
        Reserve(1)[0] = _separator;
        _length++;
    }

    private Span<char> Reserve(int count)
    {
        if (_length + count > _chars.Length) Array.Resize(ref _chars, Math.Max(_length + count, _chars.Length * 2));
        return _chars.AsSpan(_length);
    }

    public void Dispose()
    {
        if (_length > 0) Flush();
        if (!_leaveOpen) _stream.Dispose();
    }
}
