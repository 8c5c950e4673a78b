namespace MLPipelines.Tensors.Memory;

/// <summary>Some rows of a table, each once, in the order in which they were added.</summary>
internal sealed class RowSet(int count)
{
    private readonly bool[] _has = new bool[count];
    private readonly List<int> _rows = [];

    /// <summary>Whether all rows count, whatever was added.</summary>
    internal bool IsAll { get; private set; }

    internal ReadOnlySpan<int> Rows => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows);

    internal void MarkAll() => IsAll = true;

    internal void Add(ReadOnlySpan<long> rows)
    {
        foreach (long row in rows)
        {
            if (_has[row]) continue;
            _has[row] = true;
            _rows.Add((int)row);
        }
    }

    internal void Clear()
    {
        foreach (int row in _rows) _has[row] = false;
        _rows.Clear();
    }
}
