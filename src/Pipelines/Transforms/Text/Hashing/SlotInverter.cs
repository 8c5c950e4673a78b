using System.Text;

namespace MLPipelines.Transforms.Text;

/// <summary>Keeps the names of the first n-grams that fall into each slot.</summary>
internal sealed class SlotInverter(int limit, Func<int, string> prefixOf, Func<int, uint, ReadOnlyMemory<char>> nameOf)
{
    private readonly Dictionary<int, List<string>> _names = [];
    private readonly StringBuilder _name = new();

    internal void Add(int slot, int column, ReadOnlySpan<uint> keys)
    {
        if (!_names.TryGetValue(slot, out List<string>? names)) _names.Add(slot, names = []);
        if (names.Count >= limit) return;
        _name.Clear().Append(prefixOf(column));
        for (int i = 0; i < keys.Length; i++)
        {
            if (i > 0) _name.Append('|');
            if (keys[i] != 0) _name.Append(nameOf(column, keys[i]));
        }
        string name = _name.ToString();
        if (!names.Contains(name)) names.Add(name);
    }

    /// <summary>The names of the slots that n-grams fell into: <c>{a,b}</c> for several.</summary>
    internal SlotNames ToNames()
    {
        int[] slots = [.. _names.Keys.Order()];
        return new SlotNames(slots, Array.ConvertAll(slots, slot => _names[slot] is [var only] ? only : $"{{{string.Join(',', _names[slot])}}}"));
    }

    /// <summary>The limit that a user's setting stands for: -1 is none.</summary>
    internal static int LimitOf(int maximumNumberOfInverts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumNumberOfInverts, -1);
        return maximumNumberOfInverts == -1 ? int.MaxValue : maximumNumberOfInverts;
    }
}
