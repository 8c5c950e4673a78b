using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Makes vectors out of keys; see <see cref="KeyToVectorMappingEstimator"/>.</summary>
public sealed class KeyToVectorMappingTransformer : OneToOneTransformer<KeyToVectorMapping>
{
    internal const string StepName = "map-key-to-vector";

    internal KeyToVectorMappingTransformer(IReadOnlyList<KeyToVectorMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static KeyToVectorMappingTransformer Load(ModelStepReader reader) =>
        new(LoadMappings(reader, (columns, section) => new KeyToVectorMapping(columns, section.GetBoolean("count"))));
}

/// <summary>Makes vectors out of the keys of one column.</summary>
public sealed class KeyToVectorMapping : ColumnMapping
{
    private readonly bool _isCount;

    internal KeyToVectorMapping(InputOutputColumnPair columns, bool isCount) : base(columns) => _isCount = isCount;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (RawTypes.ItemTypeOf(input.Type) is not KeyDataViewType key) throw ColumnTypeException.Create(KeyToVectorMappingTransformer.StepName, input, "a key");
        int keys = key.Count <= int.MaxValue ? (int)key.Count
            : throw ColumnTypeException.Create(KeyToVectorMappingTransformer.StepName, input, $"a key of at most {int.MaxValue} values");
        int slots = _isCount || input.Type is not VectorDataViewType vector ? 1 : vector.Size;
        if ((long)slots * keys > int.MaxValue)
            throw ColumnTypeException.Create(KeyToVectorMappingTransformer.StepName, input, $"at most {int.MaxValue} slots in all; a count vector has {keys}");
        var type = slots == 1 ? new VectorDataViewType(NumberDataViewType.Single, keys) : new VectorDataViewType(NumberDataViewType.Single, slots, keys);
        return new OutputColumn(Columns.OutputColumnName, type, Annotations(input, keys, slots), [input.Index],
            () => KeyCarriers.Dispatch(key, new KeyVectorKernel(input.Index, input.Type is VectorDataViewType, keys, slots, _isCount)));
    }

    protected internal override void Save(ModelStepWriter writer) => writer.Set("count", _isCount);

    private DataViewSchema.Annotations Annotations(DataViewSchema.Column input, int keys, int slots)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (slots > 0 && KeyValueTypeOf(input) is TextDataViewType)
        {
            bool hasSlots = !_isCount && input.Type is VectorDataViewType { Size: > 1 };
            builder.AddSlotNames(slots * keys, (ref VBuffer<ReadOnlyMemory<char>> names) =>
                names = new(slots * keys, KeySlotNames.Of(input, KeyTexts(input, keys), hasSlots ? slots : 0)));
        }
        if (slots > 0 && !_isCount)
        {
            builder.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, slots, 2), (ref VBuffer<int> ranges) =>
                ranges = new(slots * 2, [.. Enumerable.Range(0, slots * 2).Select(i => i % 2 == 0 ? i / 2 * keys : ((i / 2) + 1) * keys - 1)]));
        }
        if (!_isCount || input.Type is not VectorDataViewType) builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return builder.ToAnnotations();
    }

    internal static DataViewType? KeyValueTypeOf(DataViewSchema.Column input) =>
        (input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type as VectorDataViewType)?.ItemType;

    private static ReadOnlyMemory<char>[] KeyTexts(DataViewSchema.Column input, int keys)
    {
        var texts = new ReadOnlyMemory<char>[keys];
        var values = ((KeyValues<ReadOnlyMemory<char>>)KeyValues.Of(input)!).Values;
        values[..Math.Min(keys, values.Length)].CopyTo(texts);
        return texts;
    }
}
