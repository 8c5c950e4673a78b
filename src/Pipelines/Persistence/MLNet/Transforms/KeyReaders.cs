using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Steps between values, keys and vectors.</summary>
internal static class KeyReaders
{
    private const byte TextTerms = 0, CodedTerms = 1;

    /// <summary>
    /// Pairs; from version 3 on, of each whether its values are told as text; before version 2 the size of a number first. The values are in
    /// a component of their own, <c>Vocabulary</c>: how many lists there are, and of each its kind and its values.
    /// </summary>
    internal static void ValueToKey(Component component, Payload payload, ChainBuilder chain)
    {
        if (payload.Version < 0x00010002) payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        bool[] asText = payload.Version >= 0x00010003 ? payload.Bools(pairs.Length) : new bool[pairs.Length];
        Component vocabulary = component.Inner("Vocabulary");
        Payload terms = vocabulary.OpenPayload();
        int count = terms.Int32();
        if (count != pairs.Length) throw vocabulary.Invalid($"it has {count} lists of values for {pairs.Length} columns");
        var mappings = new ValueToKeyMapping[count];
        PrimitiveDataViewType? type = null;
        for (int i = 0; i < count; i++)
        {
            KeyValues values = Terms(vocabulary, terms);
            type ??= values.Type;
            mappings[i] = new ValueToKeyMapping(pairs[i], KeyMap.Of(values), asText[i]);
        }
        chain.Add(new ValueToKeyMappingTransformer(mappings), pairs, type);
    }

    private static KeyValues Terms(Component component, Payload payload)
    {
        byte kind = payload.Version >= 0x00010002 ? payload.Byte() : TextTerms;
        return kind switch
        {
            TextTerms => Texts(component, payload),
            CodedTerms => payload.Binary(ReadItems),
            _ => throw component.Invalid($"a list of values of kind {kind}, expected {TextTerms} or {CodedTerms}"),
        };
    }

    private static KeyValues<ReadOnlyMemory<char>> Texts(Component component, Payload payload)
    {
        int count = payload.Count(4);
        if (count > component.StringCount) throw component.Invalid($"it states {count} values where there are {component.StringCount} strings");
        var texts = new ReadOnlyMemory<char>[count];
        for (int i = 0; i < texts.Length; i++) texts[i] = payload.Term();
        return new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, texts);
    }

    /// <summary>A type, how many values, and the values as a block of a binary data file.</summary>
    private static KeyValues ReadItems(BinaryReader reader)
    {
        var (type, wide) = BinaryFormat.ReadType(reader);
        if (type is not PrimitiveDataViewType item) throw new InvalidDataException($"values of type {type}");
        int count = reader.ReadInt32();
        if (count < 0) throw new InvalidDataException($"{count} values");
        BatchColumn column = BatchColumn.Create(item);
        if (count > 0) BlockCodec.Create(item, wide).Read(reader, count, column);
        return ColumnItems.Of(item, column);
    }

    /// <summary>Pairs.</summary>
    internal static void KeyToValue(Component component, Payload payload, ChainBuilder chain)
    {
        InputOutputColumnPair[] pairs = payload.Pairs();
        chain.Add(new KeyToValueMappingTransformer(pairs), pairs);
    }

    /// <summary>Pairs; of each, whether the keys of a vector are counted in one vector. Version 1 has the size of a number first.</summary>
    internal static void KeyToVector(Component component, Payload payload, ChainBuilder chain)
    {
        if (payload.Version < 0x00010002) payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        bool[] counts = payload.Bools(pairs.Length);
        chain.Add(new KeyToVectorMappingTransformer([.. pairs.Select((pair, i) => new KeyToVectorMapping(pair, counts[i]))]), pairs);
    }
}
