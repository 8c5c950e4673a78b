namespace MLPipelines.Data;

internal sealed partial class DelimitedReader
{
    /// <summary>
    /// Passes over the lines at the start of a file in which ML.NET's <c>SaveAsText</c> describes the columns. Only a first
    /// line that says so starts them: other lines that start with a number sign are rows.
    /// </summary>
    internal void SkipSchemaComment()
    {
        for (string expected = SchemaComment.FirstLine; StartsWith(expected); expected = SchemaComment.LineStart)
        {
            int end;
            while ((end = _buffer.AsSpan(_next, _length - _next).IndexOf('\n')) < 0)
            {
                _rowStart = _next;
                bool more = Fill();
                _next = _rowStart;
                if (more) continue;
                end = _length - _next - 1;
                break;
            }
            _next += end + 1;
            Row++;
            Line++;
        }
    }

    private bool StartsWith(string expected)
    {
        while (_length - _next < expected.Length)
        {
            if (!expected.AsSpan().StartsWith(_buffer.AsSpan(_next, _length - _next))) return false;
            _rowStart = _next;
            bool more = Fill();
            _next = _rowStart;
            if (!more) return false;
        }
        return _buffer.AsSpan(_next, _length - _next).StartsWith(expected);
    }
}
