using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Puts other values in place of values, as a table says: one for each that is there, and a missing value (NaN, 0, empty text or an
/// empty vector) for one that is not. Each item of a vector is replaced by itself, unless the table has vectors. Nothing is learned.
/// </summary>
public class ValueMappingEstimator : OneToOneEstimator<ValueMappingTransformer>
{
    private readonly ValueMap _map;

    internal ValueMappingEstimator(TrainingEnvironment environment, ValueMap map, params InputOutputColumnPair[] columns)
        : base(environment, "MapValue", columns) => _map = map;

    protected override ValueMappingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new ValueMapping(pair, _map))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        var expected = _map.Keys.Values.Type;
        bool isKey = expected is KeyDataViewType;
        if (input.IsKey != isKey || (isKey ? ((PrimitiveDataViewType)input.ItemType).RawType != expected.RawType : !input.ItemType.Equals(expected)))
            throw WrongType(input, $"{expected} as in the table of values");
        SchemaShape.Column values = _map.Shape;
        if (input.Kind != SchemaShape.Column.VectorKind.Scalar && values.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw WrongType(input, "a scalar, since the table has vectors for values");
        return new(outputColumnName, input.Kind == SchemaShape.Column.VectorKind.Scalar ? values.Kind : input.Kind, values.ItemType, values.IsKey, values.Annotations);
    }
}

/// <summary>Puts other values in place of values; see <see cref="ValueMappingEstimator"/>.</summary>
/// <typeparam name="TKey">The type of the values that are replaced.</typeparam>
/// <typeparam name="TValue">The type of the new values, or of an item of these.</typeparam>
public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(TrainingEnvironment environment, ValueMap map, params InputOutputColumnPair[] columns) : base(environment, map, columns) { }
}
