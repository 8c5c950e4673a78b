using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Puts other values in place of values; see <see cref="ValueMappingEstimator"/>.</summary>
public sealed class ValueMappingTransformer : OneToOneTransformer<ValueMapping>
{
    internal const string StepName = "map-value";

    internal ValueMappingTransformer(IReadOnlyList<ValueMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static ValueMappingTransformer Load(ModelStepReader reader) =>
        new(LoadMappings(reader, (columns, section) => new ValueMapping(columns, ValueMap.Load(section))));
}

/// <summary>Puts other values in place of the values of one column.</summary>
public sealed class ValueMapping : ColumnMapping
{
    private readonly ValueMap _map;

    internal ValueMapping(InputOutputColumnPair columns, ValueMap map) : base(columns) => _map = map;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (!_map.Keys.Accepts(RawTypes.ItemTypeOf(input.Type)))
            throw ColumnTypeException.Create(ValueMappingTransformer.StepName, input, $"{_map.Keys.Values.Type} as in the table of values");
        DataViewSchema.Column values = _map.Values.Column;
        var vector = input.Type as VectorDataViewType;
        if (vector is not null && values.Type is VectorDataViewType)
            throw ColumnTypeException.Create(ValueMappingTransformer.StepName, input, "a scalar, since the table has vectors for values");
        DataViewType type = vector is null ? values.Type : new VectorDataViewType((PrimitiveDataViewType)values.Type, vector.Dimensions);
        return new OutputColumn(Columns.OutputColumnName, type, values.Annotations, [input.Index],
            () => _map.Values.CreateKernel(_map.Keys.CreateKernel(input.Index, vector is not null), vector?.Size ?? -1));
    }

    protected internal override void Save(ModelStepWriter writer) => _map.Save(writer);
}
