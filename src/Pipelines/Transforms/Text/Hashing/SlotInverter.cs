using System.Text;

namespace MLPipelines.Transforms.Text;

/// <summary>Keeps the names of the first n-grams that fall into each slot.</summary>
internal sealed class SlotInverter(int limit, Func<int, string> prefixOf, Func<int, uint, ReadOnlyMemory<char>> nameOf)
{
    private readonly SlotNameCollector _collector = new(limit);
    private readonly StringBuilder _name = new();

    internal void Add(int slot, int column, ReadOnlySpan<uint> keys)
    {
        if (_collector.IsFull(slot)) return;
        _name.Clear().Append(prefixOf(column));
        for (int i = 0; i < keys.Length; i++)
        {
            if (i > 0) _name.Append('|');
            if (keys[i] != 0) _name.Append(nameOf(column, keys[i]));
        }
        _collector.Add(slot, _name.ToString());
    }

    internal SlotNames ToNames() => _collector.ToNames();
}
