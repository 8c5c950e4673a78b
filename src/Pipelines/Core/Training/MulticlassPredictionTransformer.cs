using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// Predicts one of several classes: columns <c>PredictedLabel</c> (a key with the label's values) and <c>Score</c> (one score
/// per class, with the labels as slot names).
/// </summary>
public sealed class MulticlassPredictionTransformer<TModel> : PredictionTransformer<TModel> where TModel : class, IScoringModel
{
    private readonly KeyValues? _labels;

    internal MulticlassPredictionTransformer(TModel model, string featureColumn, KeyDataViewType labelType, KeyValues? labels) : base(model, featureColumn)
    {
        LabelType = new KeyDataViewType(typeof(uint), labelType.Count);
        _labels = labels;
    }

    public override string TypeId => "multiclass-prediction";

    /// <summary>The type of the predicted label.</summary>
    public KeyDataViewType LabelType { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        const string task = "MulticlassClassification";
        int[] features = Features(input);
        int scores = input.Count + 1;
        var predicted = ScoreColumns.Annotations(task, ScoreColumns.PredictedLabel, builder => _labels?.Annotate(builder, AnnotationKinds.KeyValues));
        var score = ScoreColumns.Annotations(task, ScoreColumns.Score, builder =>
        {
            if (_labels is null) return;
            string[] names = [.. Enumerable.Range(0, _labels.Count).Select(_labels.TextOf)];
            builder.AddSlotNames(names.Length, ColumnAnnotations.TextValues(names));
            _labels.Annotate(builder, AnnotationKinds.TrainingLabelValues);
        });
        return
        [
            new(ScoreColumns.PredictedLabel, LabelType, predicted, [scores], () => Choose(scores)),
            new(ScoreColumns.Score, new VectorDataViewType(NumberDataViewType.Single, Model.ScoreCount), score, features, () => ScoreVectors(features)),
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

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("classes", checked((int)LabelType.Count));
        writer.Set("labelled", _labels is not null);
        _labels?.Save(writer.Section("labels"));
    }
}
