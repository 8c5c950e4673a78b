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

    /// <summary>A key without values, and a vector of numbers.</summary>
    internal static IEnumerable<SchemaShape.Column> ClusteringShape() => MulticlassShape(label: default);

    internal static IEnumerable<SchemaShape.Column> AnomalyShape() => BinaryShape(calibrated: false);

    internal static IEnumerable<SchemaShape.Column> MulticlassShape(SchemaShape.Column label, ClassColumnNames? names = null)
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
        yield return new(names?.PredictedLabel ?? PredictedLabel, Scalar, NumberDataViewType.UInt32, isKey: true, predicted);
        yield return new(names?.Score ?? Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, score);
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

    /// <summary>The shape of the column <c>Probability</c> that is made of a score.</summary>
    internal static SchemaShape.Column ProbabilityShape(SchemaShape.Column score) => new(Probability, score.Kind, NumberDataViewType.Single, isKey: false, new SchemaShape(
    [
        .. score.Annotations.Where(annotation => IsKept(annotation.Name)),
        new SchemaShape.Column(AnnotationKinds.ScoreValueKind, Scalar, TextDataViewType.Instance, isKey: false),
        new SchemaShape.Column(AnnotationKinds.IsNormalized, Scalar, BooleanDataViewType.Instance, isKey: false),
    ]));

    /// <summary>The annotations of the column <c>Probability</c> that is made of a score.</summary>
    internal static DataViewSchema.Annotations ProbabilityAnnotations(DataViewSchema.Column score)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(score.Annotations, IsKept);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, Probability.AsMemory());
        builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return builder.ToAnnotations();
    }

    /// <summary>Computes whether each score is above a threshold.</summary>
    internal static ColumnKernel DecisionKernel(int score, float threshold)
    {
        var labels = new ValueColumn<bool>();
        return batch =>
        {
            ReadOnlySpan<float> scores = ((ValueColumn<float>)batch[score]).Values;
            Span<bool> values = labels.Resize(scores.Length);
            for (int i = 0; i < values.Length; i++) values[i] = scores[i] > threshold;
            return labels;
        };
    }

    /// <summary>Computes the probability that each score stands for.</summary>
    /// <param name="score">The column of scores.</param>
    /// <param name="probability">The probability of a score.</param>
    internal static ColumnKernel ProbabilityKernel(int score, Func<float, float> probability)
    {
        var probabilities = new ValueColumn<float>();
        return batch =>
        {
            ReadOnlySpan<float> scores = ((ValueColumn<float>)batch[score]).Values;
            Span<float> values = probabilities.Resize(scores.Length);
            for (int i = 0; i < values.Length; i++) values[i] = probability(scores[i]);
            return probabilities;
        };
    }

    /// <summary>Whether an annotation of a score holds for the probabilities that are made of it.</summary>
    private static bool IsKept(string kind) =>
        kind is AnnotationKinds.SlotNames or AnnotationKinds.TrainingLabelValues or AnnotationKinds.ScoreColumnKind;

    private static SchemaShape Annotated(params string[] flags) => new(
        flags.Select(flag => new SchemaShape.Column(flag, Scalar, BooleanDataViewType.Instance, isKey: false))
            .Append(new SchemaShape.Column(AnnotationKinds.ScoreColumnKind, Scalar, TextDataViewType.Instance, isKey: false))
            .Append(new SchemaShape.Column(AnnotationKinds.ScoreValueKind, Scalar, TextDataViewType.Instance, isKey: false)));
}
