using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Which key each value of one type has. Immutable.</summary>
internal abstract class KeyMap
{
    /// <summary>The values, in key order.</summary>
    internal abstract KeyValues Values { get; }

    internal int Count => Values.Count;

    /// <summary>Whether values of a type can be looked up. Keys may be more or fewer in other data; they are the same keys.</summary>
    internal bool Accepts(PrimitiveDataViewType type) =>
        type is KeyDataViewType && Values.Type is KeyDataViewType ? type.RawType == Values.Type.RawType : type.Equals(Values.Type);

    /// <summary>Computes the keys of a column, scalar or vector; 0 for a value that has none.</summary>
    internal abstract ColumnKernel CreateKernel(int source, bool isVector);

    /// <summary>A map that gives values their keys in the order that they are in.</summary>
    internal static KeyMap Of(KeyValues values) => RawTypes.Dispatch(values.Type, new FromValues(values));

    private sealed class FromValues(KeyValues values) : RawTypes.IVisitor<KeyMap>
    {
        public KeyMap Visit<T>() => values is KeyValues<ReadOnlyMemory<char>> texts ? new TextKeyMap(texts) : new KeyMap<T>((KeyValues<T>)values);
    }
}

/// <summary>The keys of numbers, truth values, times, or other keys.</summary>
internal sealed class KeyMap<T> : KeyMap
{
#pragma warning disable CS8714 // Only looked up in when the type is known, where it is never null.
    private readonly Dictionary<T, uint> _keys = [];
#pragma warning restore CS8714

    internal KeyMap(KeyValues<T> values)
    {
        Values = values;
        foreach (T value in values.Values) _keys.TryAdd(value, (uint)_keys.Count + 1);
    }

    internal override KeyValues Values { get; }

    internal override ColumnKernel CreateKernel(int source, bool isVector) => ItemKernels.Map<T, uint>(source, isVector, (values, keys) =>
    {
        for (int i = 0; i < values.Length; i++) keys[i] = _keys.GetValueOrDefault(values[i]);
    });
}

/// <summary>The keys of texts, compared character by character. Looking one up makes no string.</summary>
internal sealed class TextKeyMap : KeyMap
{
    private readonly Lazy<Dictionary<string, uint>> _keys;

    internal TextKeyMap(KeyValues<ReadOnlyMemory<char>> values) => (Values, _keys) = (values, new(() => KeysOf(values)));

    internal override KeyValues Values { get; }

    internal override ColumnKernel CreateKernel(int source, bool isVector)
    {
        var keys = _keys.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        return ItemKernels.FromText(source, isVector, (text, _) => keys.TryGetValue(text, out uint key) ? key : 0);
    }

    private static Dictionary<string, uint> KeysOf(KeyValues<ReadOnlyMemory<char>> values)
    {
        var keys = new Dictionary<string, uint>(values.Count, StringComparer.Ordinal);
        foreach (ReadOnlyMemory<char> value in values.Values) keys.TryAdd(value.ToString(), (uint)keys.Count + 1);
        return keys;
    }
}
