using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Writes a key, counted from 0, as a binary number: a vector of zeros and ones, the highest bit first. There is one bit more
/// than the keys need, and a missing key has ones only. The numbers of a vector of keys come side by side. Nothing is learned.
/// </summary>
public sealed class KeyToBinaryVectorMappingEstimator : OneToOneEstimator<KeyToBinaryVectorMappingTransformer>
{
    internal KeyToBinaryVectorMappingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns)
        : base(environment, "MapKeyToBinaryVector", columns) { }

    protected override KeyToBinaryVectorMappingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new KeyToBinaryVectorMapping(pair))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!input.IsKey) throw WrongType(input, "a key. Conversion.MapValueToKey makes one out of any column");
        bool isVariable = input.Kind == SchemaShape.Column.VectorKind.VariableVector;
        List<SchemaShape.Column> annotations = [];
        if (!isVariable && input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values) && values.ItemType is TextDataViewType)
            annotations.Add(new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false));
        if (input.Kind == SchemaShape.Column.VectorKind.Scalar)
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
        return new(outputColumnName, isVariable ? input.Kind : SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, new SchemaShape(annotations));
    }
}
