using MLPipelines.Data;

namespace MLPipelines;

/// <summary>The base of transformers that apply a model to a feature column.</summary>
public abstract class PredictionTransformer<TModel> : RowToRowTransformer, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class, IScoringModel
{
    private protected PredictionTransformer(TModel model, string featureColumn) => (Model, FeatureColumnName) = (model, featureColumn);

    public TModel Model { get; }

    public string FeatureColumnName { get; }

    public DataViewSchema.Annotations? FeatureColumnAnnotations => null;

    /// <summary>The feature column of a schema, checked against the model.</summary>
    private protected DataViewSchema.Column Features(DataViewSchema schema)
    {
        var column = Require(schema, FeatureColumnName);
        return column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == Model.FeatureCount ? column
            : throw new ArgumentOutOfRangeException(nameof(schema), $"{TypeId}: column '{FeatureColumnName}' is {column.Type}, expected Vector<Single, {Model.FeatureCount}> as in training.");
    }

    /// <summary>Computes a vector of scores per row.</summary>
    private protected ColumnKernel ScoreVectors(int features)
    {
        var scores = new VectorColumn<float>(Model.ScoreCount);
        return batch =>
        {
            var rows = (VectorColumn<float>)batch[features];
            scores.Clear();
            for (int row = 0; row < rows.RowCount; row++) Model.Score(rows[row], scores.AppendDense(Model.ScoreCount));
            return scores;
        };
    }

    /// <summary>Computes one score per row.</summary>
    private protected ColumnKernel ScoreValues(int features)
    {
        var scores = new ValueColumn<float>();
        return batch =>
        {
            var rows = (VectorColumn<float>)batch[features];
            Span<float> values = scores.Resize(rows.RowCount);
            for (int row = 0; row < values.Length; row++) Model.Score(rows[row], values.Slice(row, 1));
            return scores;
        };
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("features", FeatureColumnName);
        writer.Set("model-type", Model.TypeId);
        Model.Save(writer.Section("model"));
    }
}

/// <summary>Predicts a number: column <c>Score</c>.</summary>
public sealed class RegressionPredictionTransformer<TModel> : PredictionTransformer<TModel> where TModel : class, IScoringModel
{
    internal RegressionPredictionTransformer(TModel model, string featureColumn) : base(model, featureColumn) { }

    public override string TypeId => "regression-prediction";

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int features = Features(input).Index;
        return [new OutputColumn(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations("Regression", ScoreColumns.Score), [features], () => ScoreValues(features))];
    }
}
