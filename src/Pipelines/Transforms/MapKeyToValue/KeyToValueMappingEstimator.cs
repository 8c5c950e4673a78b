using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Turns keys back into the values that their <c>KeyValues</c> annotation has for them. A missing key gives a missing value:
/// NaN, empty text, or the default of a type that knows none. Nothing is learned.
/// </summary>
public sealed class KeyToValueMappingEstimator : OneToOneEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns)
        : base(environment, "MapKeyToValue", columns) { }

    protected override KeyToValueMappingTransformer Fit(BatchView input) => new(Columns);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!input.IsKey) throw WrongType(input, "a key");
        if (!input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values))
            throw WrongType(input, "a key that says what it stands for (it has no KeyValues annotation)");
        return new(outputColumnName, input.Kind, values.ItemType, values.IsKey,
            input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out SchemaShape.Column slotNames) ? new SchemaShape([slotNames]) : null);
    }
}
