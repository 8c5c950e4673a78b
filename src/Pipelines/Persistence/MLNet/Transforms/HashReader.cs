using MLPipelines.Data;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// Pairs; of each how many bits, the seed, whether the place takes part and, from version 4 on, whether all items make one hash. From version 3 on the hash is
/// MurmurHash3 as it is published; before, it is ML.NET's own form of it.
/// </summary>
internal static class HashReader
{
    internal static void Read(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        var mappings = new HashMapping[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            int bits = payload.Int32(1, 31, "the number of bits of a hash");
            uint seed = payload.UInt32();
            bool isOrdered = payload.Bool(), combines = payload.Version >= 0x00010004 && payload.Bool();
            if (isOrdered && combines) throw component.Invalid("not supported: items in order that make one hash");
            mappings[i] = new HashMapping(new HashingEstimator.ColumnOptions(pairs[i].OutputColumnName, pairs[i].InputColumnName, bits, seed, isOrdered, combine: combines),
                NamesOrNull(component, i, bits), payload.Version >= 0x00010003 ? HashForm.Published : HashForm.MLNet);
        }
        chain.Add(new HashingTransformer(mappings), pairs, TextDataViewType.Instance);
    }

    /// <summary>What keys or slots stand for, in a component of their own: a type, the number of bytes, and one vector of texts as a block of a binary data file.</summary>
    internal static SlotNames? NamesOrNull(Component component, int column, int bits)
    {
        if (component.InnerOrNull($"Vocabulary_{column:000}") is not { } vocabulary) return null;
        return vocabulary.OpenPayload().Binary(reader =>
        {
            DataViewType type = BinaryFormat.ReadType(reader).Type;
            if (type is not VectorDataViewType { ItemType: TextDataViewType }) throw new InvalidDataException($"names of type {type}");
            reader.ReadInt32();
            VectorShapes shape = VectorShapes.Read(reader, 1);
            if (shape.Lengths[0] > 1L << bits) throw new InvalidDataException($"{shape.Lengths[0]} names for hashes of {bits} bits");
            List<string> names = [];
            TextBlocks.Read(reader, shape.ItemCount, text => names.Add(text.ToString()));
            int[] slots = shape.Counts[0] < 0 ? [.. Enumerable.Range(0, names.Count)] : shape.Indices;
            int[] named = [.. Enumerable.Range(0, names.Count).Where(i => names[i].Length > 0)];
            return new SlotNames([.. named.Select(i => slots[i])], [.. named.Select(i => names[i])]);
        });
    }
}
