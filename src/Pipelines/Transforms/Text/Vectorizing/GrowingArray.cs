using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>An array that grows at its end and gives references to its items: what counting n-grams spends its time on.</summary>
internal sealed class GrowingArray<T>
{
    private T[] _items = new T[256];

    internal int Count { get; private set; }

    internal ref T this[int index] => ref _items[index];

    internal Span<T> Span => _items.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    /// <summary>Forgets the items and keeps the room.</summary>
    internal void Clear() => Count = 0;
}
