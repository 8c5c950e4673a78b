using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Terms and their keys, 1, 2, … in the order in which they were added; 0 is any other term. The characters of all terms lie
/// in one buffer; an open-addressing table finds a term by its hash, and its characters are compared, so no two terms are
/// taken for one another. Once built, safe for many threads.
/// </summary>
internal sealed class TermMap
{
    private char[] _chars = new char[256];
    private int[] _ends = new int[32];
    // The upper half of an entry is the hash of a term, the lower half its key.
    private ulong[] _table = new ulong[64];

    /// <param name="capacity">For how many terms there is room at first.</param>
    /// <param name="characters">How many characters they have together.</param>
    internal TermMap(int capacity = 0, int characters = 0)
    {
        if (capacity == 0) return;
        _chars = new char[characters];
        _ends = new int[capacity];
        _table = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, capacity * 2L))];
    }

    internal int Count { get; private set; }

    /// <summary>The term of a key.</summary>
    internal ReadOnlySpan<char> this[uint key] => _chars.AsSpan(StartOf((int)key - 1), _ends[key - 1] - StartOf((int)key - 1));

    /// <summary>The key of a term; 0 when it has none.</summary>
    internal uint Find(ReadOnlySpan<char> term)
    {
        uint slot = HashOf(term);
        return Seek(term, ref slot);
    }

    /// <summary>The key of a term, which gets one if it has none and there are fewer than <paramref name="limit"/>.</summary>
    internal uint GetOrAdd(ReadOnlySpan<char> term, int limit = int.MaxValue)
    {
        uint hash = HashOf(term), slot = hash, key = Seek(term, ref slot);
        if (key != 0 || Count >= limit) return key;
        int start = StartOf(Count);
        if (start + term.Length > _chars.Length) Array.Resize(ref _chars, Math.Max(start + term.Length, _chars.Length * 2));
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        term.CopyTo(_chars.AsSpan(start));
        _ends[Count++] = start + term.Length;
        if (Count * 2 > _table.Length) Rebuild(_table.Length * 2);
        else _table[slot & (uint)(_table.Length - 1)] = ((ulong)hash << 32) | (uint)Count;
        return (uint)Count;
    }

    /// <summary>The key of a term, from the slot of its hash on; 0 at the first slot that is free.</summary>
    private uint Seek(ReadOnlySpan<char> term, ref uint slot)
    {
        for (uint hash = slot; _table[slot & (uint)(_table.Length - 1)] is not 0 and var entry; slot++)
            if ((uint)(entry >> 32) == hash && this[(uint)entry].SequenceEqual(term)) return (uint)entry;
        return 0;
    }

    private int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];

    private void Insert(uint key)
    {
        uint hash = HashOf(this[key]), slot = hash, mask = (uint)_table.Length - 1;
        while (_table[slot & mask] != 0) slot++;
        _table[slot & mask] = ((ulong)hash << 32) | key;
    }

    private void Rebuild(int size)
    {
        _table = new ulong[size];
        for (uint key = 1; key <= Count; key++) Insert(key);
    }

    /// <summary>Four characters at a time.</summary>
    private static uint HashOf(ReadOnlySpan<char> term)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ulong hash = (uint)term.Length * Multiplier;
        ref byte bytes = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(term));
        int i = 0;
        for (; i + 4 <= term.Length; i += 4)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, i * 2))) * Multiplier;
            hash ^= hash >> 32;
        }
        ulong rest = 0;
        for (; i < term.Length; i++) rest = (rest << 16) | term[i];
        hash = (hash ^ rest) * Multiplier;
        return (uint)(hash >> 32) ^ BitOperations.RotateLeft((uint)hash, 16);
    }

    internal void Save(ModelStepWriter writer)
    {
        string[] terms = new string[Count];
        for (uint key = 1; key <= Count; key++) terms[key - 1] = this[key].ToString();
        writer.WriteTexts("terms", terms);
    }

    internal static TermMap Load(ModelStepReader reader)
    {
        var map = new TermMap();
        foreach (string term in reader.ReadTexts("terms"))
        {
            int before = map.Count;
            map.GetOrAdd(term);
            if (map.Count == before) throw reader.Invalid($"the term '{term}' is there twice");
        }
        return map;
    }
}
