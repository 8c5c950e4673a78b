using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Makes a vector out of a key: one slot per key, 1 for the key that is there and 0 elsewhere; all 0 when it is missing. Of a
/// vector of keys it makes such vectors side by side, or, with a count vector, one vector that says how often each key is there.
/// Rows are sparse. Slots are named as the keys' values where these are text. Nothing is learned.
/// </summary>
public sealed class KeyToVectorMappingEstimator : OneToOneEstimator<KeyToVectorMappingTransformer>
{
    internal static class Defaults
    {
        internal const bool OutputCountVector = false;
    }

    private readonly bool _outputCountVector;

    internal KeyToVectorMappingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns, bool outputCountVector)
        : base(environment, "MapKeyToVector", columns) => _outputCountVector = outputCountVector;

    protected override KeyToVectorMappingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new KeyToVectorMapping(pair, _outputCountVector))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!input.IsKey) throw WrongType(input, "a key. Conversion.MapValueToKey makes one out of any column");
        const SchemaShape.Column.VectorKind scalar = SchemaShape.Column.VectorKind.Scalar, vector = SchemaShape.Column.VectorKind.Vector;
        bool isVariable = input.Kind == SchemaShape.Column.VectorKind.VariableVector && !_outputCountVector;
        List<SchemaShape.Column> annotations = [];
        if (!isVariable && input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values) && values.ItemType is TextDataViewType)
            annotations.Add(new(AnnotationKinds.SlotNames, vector, TextDataViewType.Instance, isKey: false));
        if (!isVariable && !_outputCountVector) annotations.Add(new(AnnotationKinds.CategoricalSlotRanges, vector, NumberDataViewType.Int32, isKey: false));
        if (!_outputCountVector || input.Kind == scalar) annotations.Add(new(AnnotationKinds.IsNormalized, scalar, BooleanDataViewType.Instance, isKey: false));
        return new(outputColumnName, isVariable ? input.Kind : vector, NumberDataViewType.Single, isKey: false, new SchemaShape(annotations));
    }
}
