using MLPipelines.Data;
using MLPipelines.Transforms;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// Pairs; of each the kind of values, its highest bit set for keys, and then how many keys there are. Before version 4 that is the first value, which must be 0, the last one, and
/// whether there are no gaps; before version 3 the size of a number comes first.
/// </summary>
internal static class ConversionReader
{
    internal static void Read(Component component, Payload payload, ChainBuilder chain)
    {
        const byte isKey = 0x80;
        if (payload.Version < 0x00010003) payload.SizeOfSingle();
        InputOutputColumnPair[] pairs = payload.Pairs();
        var conversions = new TypeConversion[pairs.Length];
        DataViewType? guess = null;
        for (int i = 0; i < pairs.Length; i++)
        {
            byte coded = payload.Byte();
            DataKind kind = Kind(component, (byte)(coded & ~isKey));
            ulong? keys = (coded & isKey) == 0 ? null : payload.Version >= 0x00010004 ? payload.UInt64() : OldKeys(component, payload);
            if (keys == 0 || (keys is not null && !KeyDataViewType.IsValidDataType(kind.ToType().RawType))) throw component.Invalid($"{keys} keys carried by {kind}");
            conversions[i] = new TypeConversion(pairs[i], kind, keys);
            if (keys is { } count) guess ??= new KeyDataViewType(kind.ToType().RawType, count);
        }
        chain.Add(new TypeConvertingTransformer(conversions), pairs, guess);
    }

    /// <summary>Kinds of values are numbered as ours are, and the identity of rows comes after them.</summary>
    internal static DataKind Kind(Component component, byte coded) =>
        Enum.IsDefined((DataKind)coded) ? (DataKind)coded : throw component.Invalid($"values of kind {coded} are not supported");

    private static ulong OldKeys(Component component, Payload payload)
    {
        ulong first = payload.UInt64(), last = payload.UInt64();
        bool isContiguous = payload.Bool();
        return first == 0 && isContiguous && last < ulong.MaxValue ? last + 1 : throw component.Invalid($"not supported: keys from {first} on, or with gaps");
    }
}
