using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Writes keys as binary numbers; see <see cref="KeyToBinaryVectorMappingEstimator"/>.</summary>
public sealed class KeyToBinaryVectorMappingTransformer : OneToOneTransformer<KeyToBinaryVectorMapping>
{
    internal const string StepName = "map-key-to-binary-vector";

    internal KeyToBinaryVectorMappingTransformer(IReadOnlyList<KeyToBinaryVectorMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static KeyToBinaryVectorMappingTransformer Load(ModelStepReader reader) =>
        new(LoadMappings(reader, (columns, _) => new KeyToBinaryVectorMapping(columns)));
}

/// <summary>Writes the keys of one column as binary numbers.</summary>
public sealed class KeyToBinaryVectorMapping : ColumnMapping
{
    internal KeyToBinaryVectorMapping(InputOutputColumnPair columns) : base(columns) { }

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (RawTypes.ItemTypeOf(input.Type) is not KeyDataViewType key) throw ColumnTypeException.Create(KeyToBinaryVectorMappingTransformer.StepName, input, "a key");
        int bits = BitOperations.Log2(key.Count) + 2;
        int slots = input.Type is VectorDataViewType vector ? vector.Size : 1;
        var type = slots == 1 ? new VectorDataViewType(NumberDataViewType.Single, bits) : new VectorDataViewType(NumberDataViewType.Single, slots, bits);
        return new OutputColumn(Columns.OutputColumnName, type, Annotations(input, slots, bits), [input.Index],
            () => KeyCarriers.Dispatch(key, new KernelFactory(input, slots, bits)));
    }

    private static DataViewSchema.Annotations Annotations(DataViewSchema.Column input, int slots, int bits)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (slots > 0 && KeyToVectorMapping.KeyValueTypeOf(input) is TextDataViewType)
        {
            ReadOnlyMemory<char>[] names = [.. Enumerable.Range(0, bits).Select(bit => $"Bit{bits - 1 - bit}".AsMemory())];
            builder.AddSlotNames(slots * bits, (ref VBuffer<ReadOnlyMemory<char>> all) => all = new(slots * bits, KeySlotNames.Of(input, names, slots > 1 ? slots : 0)));
        }
        if (input.Type is not VectorDataViewType) builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return builder.ToAnnotations();
    }

    private sealed class KernelFactory(DataViewSchema.Column input, int slots, int bits) : KeyCarriers.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<TKey>() where TKey : unmanaged, IBinaryInteger<TKey>
        {
            var result = new VectorColumn<float>(slots * bits);
            if (input.Type is not VectorDataViewType)
            {
                return batch =>
                {
                    ReadOnlySpan<TKey> keys = ((ValueColumn<TKey>)batch[input.Index]).Values;
                    Span<float> all = result.Resize(keys.Length);
                    for (int row = 0; row < keys.Length; row++) Write(keys[row], all.Slice(row * bits, bits));
                    return result;
                };
            }
            return batch =>
            {
                var rows = (VectorColumn<TKey>)batch[input.Index];
                result.Reset(slots * bits, isDense: true);
                for (int row = 0; row < rows.RowCount; row++) WriteRow(rows[row], result.AppendDense(rows[row].Length * bits));
                return result;
            };
        }

        private void WriteRow<TKey>(RowVector<TKey> keys, Span<float> all) where TKey : unmanaged, IBinaryInteger<TKey>
        {
            // Keys that are not stored are missing, and a missing key is all ones.
            all.Fill(1);
            for (int i = 0; i < keys.Values.Length; i++) Write(keys.Values[i], all.Slice((keys.IsDense ? i : keys.Indices[i]) * bits, bits));
        }

        private static void Write<TKey>(TKey key, Span<float> slots) where TKey : unmanaged, IBinaryInteger<TKey>
        {
            ulong index = ulong.CreateTruncating(key) - 1;
            for (int i = 0; i < slots.Length; i++) slots[i] = (index >> (slots.Length - 1 - i)) & 1;
        }
    }
}
