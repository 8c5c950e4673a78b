using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Says for each number of a <see cref="float"/> or <see cref="double"/> column whether it is missing (NaN): a truth value, or a
/// vector of these. Nothing is learned.
/// </summary>
public sealed class MissingValueIndicatorEstimator : OneToOneEstimator<MissingValueIndicatorTransformer>
{
    internal MissingValueIndicatorEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns)
        : base(environment, "IndicateMissingValues", columns) { }

    protected override MissingValueIndicatorTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new MissingValueIndication(pair))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.IsKey || !MissingValueIndication.CanBeNaN(input.ItemType)) throw WrongType(input, MissingValueIndication.Expected);
        List<SchemaShape.Column> annotations = [new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false)];
        if (input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out SchemaShape.Column slotNames)) annotations.Add(slotNames);
        return new(outputColumnName, input.Kind, BooleanDataViewType.Instance, isKey: false, new SchemaShape(annotations));
    }
}
