using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// Pairs, and of each the type that was learned from: whether it is a vector, the kind of number (9 or 10: <see cref="float"/> or <see cref="double"/>), and the number of dimensions and their sizes; in version 1
/// whether it is a vector, its size, and the kind. What was learned of column i is in a component of its own, <c>Normalizer_i</c>.
/// </summary>
internal static class NormalizerReader
{
    internal static void Read(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        Add(component, chain, pairs, _ => payload.Version < 0x00010002 ? OldType(component, payload) : Type(component, payload));
    }

    /// <summary>Before there were transformers: the size of a number and the pairs. The types are those of the columns before.</summary>
    internal static void ReadWithoutTypes(Component component, Payload payload, ChainBuilder chain)
    {
        payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        DataViewSchema? schema = chain.Schema;
        Add(component, chain, pairs, pair => schema?.GetColumnOrNull(pair.InputColumnName)?.Type ?? throw component.Invalid($"the type of column '{pair.InputColumnName}' is not known"));
    }

    private static void Add(Component component, ChainBuilder chain, InputOutputColumnPair[] pairs, Func<InputOutputColumnPair, DataViewType> typeOf)
    {
        var mappings = new Normalization[pairs.Length];
        DataViewType? first = null;
        for (int i = 0; i < pairs.Length; i++)
        {
            DataViewType type = typeOf(pairs[i]);
            first ??= type;
            int slots = type is VectorDataViewType vector ? vector.Size : 1;
            bool isSingle = RawTypes.ItemTypeOf(type).RawType == typeof(float);
            if (slots < 1 || (!isSingle && RawTypes.ItemTypeOf(type).RawType != typeof(double))) throw component.Invalid($"it was learned from {type}");
            mappings[i] = Normalization.Create(pairs[i], type, NormalizerFunctions.Read(component.Inner($"Normalizer_{i:000}"), slots, isSingle));
        }
        chain.Add(new NormalizingTransformer(mappings), pairs, first);
    }

    private static DataViewType Type(Component component, Payload payload)
    {
        bool isVector = payload.Bool();
        PrimitiveDataViewType item = ConversionReader.Kind(component, payload.Byte()).ToType();
        if (!isVector) return item;
        int[] sizes = payload.Array<int>();
        // A size that nothing was learned for cannot have numbers; this is checked where these are read.
        return sizes is { Length: > 0 and <= 64 } && Array.TrueForAll(sizes, size => size > 0) && sizes.Aggregate(1.0, (all, size) => all * size) <= int.MaxValue
            ? new VectorDataViewType(item, sizes) : throw component.Invalid("a vector of an impossible shape");
    }

    private static DataViewType OldType(Component component, Payload payload)
    {
        bool isVector = payload.Bool();
        int size = payload.Int32(0, int.MaxValue, "the size of a vector");
        PrimitiveDataViewType item = ConversionReader.Kind(component, payload.Byte()).ToType();
        return isVector ? new VectorDataViewType(item, size) : item;
    }
}
