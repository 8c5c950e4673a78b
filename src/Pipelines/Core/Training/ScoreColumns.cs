using MLPipelines.Data;

namespace MLPipelines;

/// <summary>The columns that predictions have, named as everywhere: Score, PredictedLabel, Probability.</summary>
internal static class ScoreColumns
{
    internal const string Score = "Score";
    internal const string PredictedLabel = "PredictedLabel";
    internal const string Probability = "Probability";

    private const SchemaShape.Column.VectorKind Scalar = SchemaShape.Column.VectorKind.Scalar;

    internal static IEnumerable<SchemaShape.Column> BinaryShape(bool calibrated)
    {
        yield return new(PredictedLabel, Scalar, BooleanDataViewType.Instance, isKey: false, Annotated());
        yield return new(Score, Scalar, NumberDataViewType.Single, isKey: false, Annotated());
        if (calibrated) yield return new(Probability, Scalar, NumberDataViewType.Single, isKey: false, Annotated(AnnotationKinds.IsNormalized));
    }

    internal static IEnumerable<SchemaShape.Column> RegressionShape() => [new(Score, Scalar, NumberDataViewType.Single, isKey: false, Annotated())];

    internal static IEnumerable<SchemaShape.Column> MulticlassShape(SchemaShape.Column label)
    {
        var kept = label.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values) ? values : default(SchemaShape.Column?);
        var predicted = Annotated();
        var score = Annotated();
        if (kept is { } keys)
        {
            predicted = predicted.With(keys);
            score = score.With(
                new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false),
                new SchemaShape.Column(AnnotationKinds.TrainingLabelValues, keys.Kind, keys.ItemType, keys.IsKey));
        }
        yield return new(PredictedLabel, Scalar, NumberDataViewType.UInt32, isKey: true, predicted);
        yield return new(Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, score);
    }

    /// <summary>The annotations that say what a score column is.</summary>
    internal static DataViewSchema.Annotations Annotations(string task, string value, Action<DataViewSchema.Annotations.Builder>? more = null)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        more?.Invoke(builder);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, task.AsMemory());
        builder.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, value.AsMemory());
        if (value == Probability) builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return builder.ToAnnotations();
    }

    private static SchemaShape Annotated(params string[] flags) => new(
        flags.Select(flag => new SchemaShape.Column(flag, Scalar, BooleanDataViewType.Instance, isKey: false))
            .Append(new SchemaShape.Column(AnnotationKinds.ScoreColumnKind, Scalar, TextDataViewType.Instance, isKey: false))
            .Append(new SchemaShape.Column(AnnotationKinds.ScoreValueKind, Scalar, TextDataViewType.Instance, isKey: false)));
}
