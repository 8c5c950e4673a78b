using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Turns keys back into values; see <see cref="KeyToValueMappingEstimator"/>.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformer<KeyToValueMapping>
{
    internal const string StepName = "map-key-to-value";

    internal KeyToValueMappingTransformer(IReadOnlyList<InputOutputColumnPair> columns) : base([.. columns.Select(pair => new KeyToValueMapping(pair))]) { }

    private KeyToValueMappingTransformer(IReadOnlyList<KeyToValueMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static KeyToValueMappingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, _) => new KeyToValueMapping(columns)));
}

/// <summary>Turns the keys of one column back into values.</summary>
public sealed class KeyToValueMapping : ColumnMapping
{
    internal KeyToValueMapping(InputOutputColumnPair columns) : base(columns) { }

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (RawTypes.ItemTypeOf(input.Type) is not KeyDataViewType) throw ColumnTypeException.Create(KeyToValueMappingTransformer.StepName, input, "a key");
        KeyValues values = KeyValues.Of(input)
            ?? throw ColumnTypeException.Create(KeyToValueMappingTransformer.StepName, input, "a key that says what it stands for (it has no KeyValues annotation)");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(values.Type, vector.Dimensions) : values.Type;
        return new OutputColumn(Columns.OutputColumnName, type, annotations.ToAnnotations(), [input.Index],
            () => KernelOf(input, values));
    }

    /// <summary>Computes the values that the keys of a column stand for.</summary>
    internal static ColumnKernel KernelOf(DataViewSchema.Column input, KeyValues values) =>
        RawTypes.Dispatch(values.Type, new ValueType((KeyDataViewType)RawTypes.ItemTypeOf(input.Type), input, values));

    private sealed class ValueType(KeyDataViewType key, DataViewSchema.Column input, KeyValues values) : RawTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>() => KeyCarriers.Dispatch(key, new KernelFactory<T>(input, values));
    }

    // Key 0, which is missing, wraps around when 1 is taken off, and is out of range as an unknown key is.
    private sealed class KernelFactory<T>(DataViewSchema.Column input, KeyValues values) : KeyCarriers.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<TKey>() where TKey : unmanaged, IBinaryInteger<TKey> =>
            values is KeyValues<ReadOnlyMemory<char>> texts ? ToTexts<TKey>(texts.Values.ToArray()) : ToValues<TKey>(((KeyValues<T>)values).Values.ToArray());

        private ColumnKernel ToTexts<TKey>(ReadOnlyMemory<char>[] texts) where TKey : unmanaged, IBinaryInteger<TKey> =>
            ItemKernels.ToText<TKey>(input.Index, input.Type, (key, result) =>
            {
                ulong index = ulong.CreateTruncating(key) - 1;
                result.Append(index < (ulong)texts.Length ? texts[index].Span : default);
            });

        private ColumnKernel ToValues<TKey>(T[] all) where TKey : unmanaged, IBinaryInteger<TKey>
        {
            T missing = MissingValue.Of<T>();
            return ItemKernels.Map<TKey, T>(input.Index, input.Type is VectorDataViewType, (keys, result) =>
            {
                for (int i = 0; i < keys.Length; i++)
                {
                    ulong index = ulong.CreateTruncating(keys[i]) - 1;
                    result[i] = index < (ulong)all.Length ? all[index] : missing;
                }
            });
        }
    }
}
