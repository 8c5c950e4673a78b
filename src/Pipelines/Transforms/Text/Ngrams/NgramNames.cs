using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The names of n-grams: the names of their keys, joined by a bar; a missing key is a star.</summary>
internal static class NgramNames
{
    /// <summary>The annotations of a column that has such names.</summary>
    internal static SchemaShape Shape { get; } = new(
        [new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)]);

    internal static ReadOnlyMemory<char>[] Of(NgramMap map, Func<uint, ReadOnlyMemory<char>> nameOfKey, string prefix = "")
    {
        var names = new ReadOnlyMemory<char>[map.Count];
        var name = new StringBuilder();
        for (int feature = 0; feature < names.Length; feature++)
        {
            name.Append(prefix);
            Append(name, map.KeysOf(feature), nameOfKey);
            names[feature] = name.ToString().AsMemory();
            name.Clear();
        }
        return names;
    }

    internal static void Append(StringBuilder name, ReadOnlySpan<uint> keys, Func<uint, ReadOnlyMemory<char>> nameOfKey)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            if (i > 0) name.Append('|');
            if (keys[i] == 0) name.Append('*');
            else name.Append(nameOfKey(keys[i]));
        }
    }

    /// <summary>Adds names that are made when they are first asked for.</summary>
    internal static void AddTo(DataViewSchema.Annotations.Builder annotations, int count, Lazy<ReadOnlyMemory<char>[]> names) =>
        annotations.AddSlotNames(count, (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(count, names.Value).CopyTo(ref value));
}
