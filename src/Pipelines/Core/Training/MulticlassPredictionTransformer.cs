using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// Predicts one of several classes: columns <c>PredictedLabel</c> (a key with the label's values) and <c>Score</c> (one score
/// per class, with the labels as slot names), unless they are called otherwise.
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

    /// <summary>The names of the columns that it adds.</summary>
    internal ClassColumnNames Names { get; init; } = new();

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] features = Features(input);
        return ClassScoreColumns.Of(input.Count, LabelType, _labels, Model.ScoreCount, features, () => ScoreVectors(input, features), Names,
            (Model as IColumnScoringModel)?.RowsAtOnce ?? int.MaxValue);
    }

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("classes", checked((int)LabelType.Count));
        writer.Set("labelled", _labels is not null);
        Names.Save(writer);
        _labels?.Save(writer.Section("labels"));
    }
}
