using MLPipelines.Data;

namespace MLPipelines;

/// <summary>The base of transformers that apply a model to a feature column.</summary>
public abstract class PredictionTransformer<TModel> : RowToRowTransformer, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class, IScoringModel
{
    private protected PredictionTransformer(TModel model, string featureColumn) => (Model, FeatureColumnName) = (model, featureColumn);

    public TModel Model { get; }

    /// <summary>The column of the feature vectors; empty for a model that has no features.</summary>
    public string FeatureColumnName { get; }

    public DataViewSchema.Annotations? FeatureColumnAnnotations => null;

    /// <summary>The feature column of a schema, checked against the model; none for a model without features.</summary>
    private protected int[] Features(DataViewSchema schema)
    {
        if (FeatureColumnName.Length == 0) return [];
        var column = Require(schema, FeatureColumnName);
        if (Model is IColumnScoringModel model)
        {
            model.CheckFeatures(column, TypeId);
            return [column.Index];
        }
        return column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == Model.FeatureCount ? [column.Index]
            : throw new ArgumentOutOfRangeException(nameof(schema), $"{TypeId}: column '{FeatureColumnName}' is {column.Type}, expected Vector<Single, {Model.FeatureCount}> as in training.");
    }

    /// <summary>Computes a vector of scores per row.</summary>
    private protected ColumnKernel ScoreVectors(DataViewSchema schema, int[] features)
    {
        if (Model is IColumnScoringModel model) return model.CreateKernel(schema[features[0]]);
        var scores = new VectorColumn<float>(Model.ScoreCount);
        return batch =>
        {
            var rows = RowsOf(batch, features);
            scores.Clear();
            for (int row = 0; row < batch.RowCount; row++) Model.Score(rows is null ? default : rows[row], scores.AppendDense(Model.ScoreCount));
            return scores;
        };
    }

    /// <summary>Computes one score per row.</summary>
    private protected ColumnKernel ScoreValues(int[] features)
    {
        var scores = new ValueColumn<float>();
        return batch =>
        {
            var rows = RowsOf(batch, features);
            Span<float> values = scores.Resize(batch.RowCount);
            for (int row = 0; row < values.Length; row++) Model.Score(rows is null ? default : rows[row], values.Slice(row, 1));
            return scores;
        };
    }

    private static VectorColumn<float>? RowsOf(Batch batch, int[] features) => features.Length == 0 ? null : (VectorColumn<float>)batch[features[0]];

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
        int[] features = Features(input);
        return [new OutputColumn(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations("Regression", ScoreColumns.Score), features, () => ScoreValues(features))];
    }
}

/// <summary>Orders the rows of a group: column <c>Score</c>, higher for rows that come earlier.</summary>
public sealed class RankingPredictionTransformer<TModel> : PredictionTransformer<TModel> where TModel : class, IScoringModel
{
    internal RankingPredictionTransformer(TModel model, string featureColumn) : base(model, featureColumn) { }

    public override string TypeId => "ranking-prediction";

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int[] features = Features(input);
        return [new OutputColumn(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations("Ranking", ScoreColumns.Score), features, () => ScoreValues(features))];
    }
}
