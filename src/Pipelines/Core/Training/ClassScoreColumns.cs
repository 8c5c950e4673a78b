using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>The columns of predictions of classes: the class with the highest score, and the scores.</summary>
internal static class ClassScoreColumns
{
    /// <param name="inputCount">The number of columns before them.</param>
    /// <param name="labelType">The type of the predicted label.</param>
    /// <param name="labels">What the classes are called; <see langword="null"/> where they have no names.</param>
    /// <param name="scoreCount">The number of scores.</param>
    /// <param name="sources">The columns that scores are computed from.</param>
    /// <param name="createKernel">Computes the scores, a dense vector per row.</param>
    /// <param name="names">What the columns are called; as everywhere when left out.</param>
    /// <param name="rowsAtOnce">How many rows are scored at once at most.</param>
    internal static IReadOnlyList<OutputColumn> Of(
        int inputCount, KeyDataViewType labelType, KeyValues? labels, int scoreCount, int[] sources, Func<ColumnKernel> createKernel, ClassColumnNames? names = null, int rowsAtOnce = int.MaxValue)
    {
        names ??= new();
        const string task = "MulticlassClassification";
        int scores = inputCount + 1;
        var predicted = ScoreColumns.Annotations(task, ScoreColumns.PredictedLabel, builder => labels?.Annotate(builder, AnnotationKinds.KeyValues));
        var score = ScoreColumns.Annotations(task, ScoreColumns.Score, builder =>
        {
            if (labels is null) return;
            string[] slots = [.. Enumerable.Range(0, labels.Count).Select(labels.TextOf)];
            builder.AddSlotNames(slots.Length, ColumnAnnotations.TextValues(slots));
            labels.Annotate(builder, AnnotationKinds.TrainingLabelValues);
        });
        return
        [
            new(names.PredictedLabel, labelType, predicted, [scores], () => Choose(scores)),
            new(names.Score, new VectorDataViewType(NumberDataViewType.Single, scoreCount), score, sources, createKernel) { RowsAtOnce = rowsAtOnce },
        ];
    }

    private static ColumnKernel Choose(int score)
    {
        var labels = new ValueColumn<uint>();
        return batch =>
        {
            var scores = (VectorColumn<float>)batch[score];
            Span<uint> values = labels.Resize(scores.RowCount);
            for (int row = 0; row < values.Length; row++) values[row] = (uint)TensorPrimitives.IndexOfMax(scores[row].Values) + 1;
            return labels;
        };
    }
}
