using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Gives values the keys that were learned for them; see <see cref="ValueToKeyMappingEstimator"/>.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformer<ValueToKeyMapping>
{
    internal const string StepName = "map-value-to-key";

    internal ValueToKeyMappingTransformer(IReadOnlyList<ValueToKeyMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static ValueToKeyMappingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, ValueToKeyMapping.Load));
}

/// <summary>The keys of the values of one column.</summary>
public sealed class ValueToKeyMapping : ColumnMapping
{
    private readonly KeyMap _map;
    private readonly bool _asText;
    private readonly KeyValues _annotation;

    internal ValueToKeyMapping(InputOutputColumnPair columns, KeyMap map, bool asText) : base(columns)
    {
        (_map, _asText) = (map, asText);
        // A key type has at least one key. Where there was no value to learn from, it stands for the missing value.
        KeyValues values = map.Count > 0 ? map.Values : map.Values.Pick([-1]);
        _annotation = asText ? values.ToText() : values;
    }

    /// <summary>The values, in key order.</summary>
    public KeyValues Values => _map.Values;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(input.Type);
        if (!_map.Accepts(item)) throw ColumnTypeException.Create(ValueToKeyMappingTransformer.StepName, input, $"{_map.Values.Type} as in training");

        DataViewType type = new KeyDataViewType(typeof(uint), Math.Max(_map.Count, 1));
        var vector = input.Type as VectorDataViewType;
        if (vector is not null) type = new VectorDataViewType((PrimitiveDataViewType)type, vector.Dimensions);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        (item is KeyDataViewType ? OriginalValues(input) : _annotation).Annotate(annotations, AnnotationKinds.KeyValues);
        return new OutputColumn(Columns.OutputColumnName, type, annotations.ToAnnotations(), [input.Index], () => _map.CreateKernel(input.Index, vector is not null));
    }

    /// <summary>What the keys that were learned mean, where the input says it.</summary>
    private KeyValues OriginalValues(DataViewSchema.Column input)
    {
        if (KeyValues.Of(input) is not { } meanings) return _annotation;
        int[] indices = [.. Enumerable.Range(0, _map.Count).Select(i => int.Parse(_map.Values.TextOf(i), System.Globalization.CultureInfo.InvariantCulture) - 1)];
        return meanings.Pick(indices.Length > 0 ? indices : [-1]);
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("asText", _asText);
        _map.Values.Save(writer);
    }

    internal static ValueToKeyMapping Load(InputOutputColumnPair columns, ModelStepReader reader) =>
        new(columns, KeyMap.Of(KeyValues.Load(reader)), reader.GetBoolean("asText"));
}
