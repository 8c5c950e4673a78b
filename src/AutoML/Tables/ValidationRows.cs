using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>The right answers of the rows that trials are compared by, in the order that predictions of them are kept.</summary>
internal sealed class ValidationRows
{
    internal const string LabelColumn = "Label";
    private const string GroupColumn = "GroupId", PositiveColumn = "IsPositive", ProbabilityColumn = "Probability";

    private readonly DataViewSchema.Column _label;

    /// <param name="task">What is predicted.</param>
    /// <param name="label">The column that the labels are of: a key for classes.</param>
    /// <param name="labels">The class from 0, the number, or the relevance of each row.</param>
    /// <param name="groups">The group of each row, from 1, for ranking.</param>
    internal ValidationRows(AutoMLTask task, DataViewSchema.Column label, float[] labels, uint[]? groups)
    {
        (Task, _label, Labels, Groups) = (task, label, labels, groups);
        ScoreCount = task == AutoMLTask.Classification ? (int)((KeyDataViewType)label.Type).Count : 1;
    }

    internal AutoMLTask Task { get; }

    internal float[] Labels { get; }

    internal uint[]? Groups { get; }

    /// <summary>The number of scores of a row: one per class, or 1.</summary>
    internal int ScoreCount { get; }

    /// <summary>All metrics of predictions.</summary>
    /// <param name="context">The context.</param>
    /// <param name="scores">Predictions, row after row.</param>
    internal Dictionary<string, double> Measure(MLContext context, float[] scores)
    {
        BlockView view = ToView(scores);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        switch (Task)
        {
            case AutoMLTask.Regression:
                RegressionMetrics numbers = context.Regression.Evaluate(view, LabelColumn);
                (metrics["rmse"], metrics["mae"], metrics["r2"]) = (numbers.RootMeanSquaredError, numbers.MeanAbsoluteError, numbers.RSquared);
                break;
            case AutoMLTask.Ranking:
                metrics["ndcg"] = context.Ranking.Evaluate(view, LabelColumn, GroupColumn).NormalizedDiscountedCumulativeGains[^1];
                break;
            default:
                MulticlassClassificationMetrics classes = context.MulticlassClassification.Evaluate(view, LabelColumn);
                (metrics["accuracy"], metrics["macroF1"], metrics["logLoss"]) = (classes.MicroAccuracy, classes.MacroF1, classes.LogLoss);
                if (ScoreCount != 2) break;
                BinaryClassificationMetrics two = context.BinaryClassification.EvaluateNonCalibrated(view, LabelColumn, ProbabilityColumn, PositiveColumn);
                (metrics["auc"], metrics["f1"], metrics["auprc"]) = (two.AreaUnderRocCurve, two.F1Score, two.AreaUnderPrecisionRecallCurve);
                (metrics["precision"], metrics["recall"]) = (two.PositivePrecision, two.PositiveRecall);
                break;
        }
        return metrics;
    }

    /// <summary>The rows with predictions, as a model would have transformed them.</summary>
    internal BlockView ToView(float[] scores)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(LabelColumn, _label.Type, _label.Annotations);
        if (Task != AutoMLTask.Classification)
        {
            schema.AddColumn("Score", NumberDataViewType.Single);
            if (Groups is null) return new BlockView(schema.ToSchema(), [[Column(Labels), Column(scores)]]);
            schema.AddColumn(GroupColumn, new KeyDataViewType(typeof(uint), Math.Max(1, Groups.DefaultIfEmpty().Max())));
            return new BlockView(schema.ToSchema(), [[Column(Labels), Column(scores), Column(Groups)]]);
        }
        var vectors = new VectorColumn<float>(ScoreCount);
        for (int row = 0; row < Labels.Length; row++) vectors.Append(scores.AsSpan(row * ScoreCount, ScoreCount));
        KeyValues? names = KeyValues.Of(_label);
        BatchColumn keys = Column(Array.ConvertAll(Labels, label => (uint)label + 1));
        schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, ScoreCount), ScoreColumns.Annotations("MulticlassClassification", ScoreColumns.Score, builder =>
        {
            if (names is null) return;
            builder.AddSlotNames(names.Count, ColumnAnnotations.TextValues([.. Enumerable.Range(0, names.Count).Select(names.TextOf)]));
            names.Annotate(builder, AnnotationKinds.TrainingLabelValues);
        }));
        if (ScoreCount != 2) return new BlockView(schema.ToSchema(), [[keys, vectors]]);
        float[] second = [.. Enumerable.Range(0, Labels.Length).Select(row => scores[(row * 2) + 1])];
        schema.AddColumn(ProbabilityColumn, NumberDataViewType.Single);
        schema.AddColumn(PositiveColumn, BooleanDataViewType.Instance);
        return new BlockView(schema.ToSchema(), [[keys, vectors, Column(second), Column(Array.ConvertAll(second, p => p > 0.5f))]]);
    }

    private static ValueColumn<T> Column<T>(T[] values)
    {
        var column = new ValueColumn<T>();
        values.CopyTo(column.Resize(values.Length));
        return column;
    }
}
