using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>The base of trainers for rankings: the label is a relevance, and rows that are ranked against each other share a group.</summary>
public abstract class RankingTrainer<TModel> : TrainerEstimator<RankingPredictionTransformer<TModel>, TModel> where TModel : class, IScoringModel
{
    private protected RankingTrainer(TrainingEnvironment environment, string name, string labelColumn, string featureColumn, string? weightColumn, string groupColumn)
        : base(environment, name, labelColumn, featureColumn, weightColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(groupColumn);
        RowGroupColumnName = groupColumn;
    }

    /// <summary>The column whose values the rows of one group share.</summary>
    public string RowGroupColumnName { get; }

    private protected override string? GroupColumn => RowGroupColumnName;

    private protected override string ExpectedLabel => "Single or a key, a relevance that counts from 0";

    private protected override bool AcceptsLabel(SchemaShape.Column label) =>
        label.Kind == SchemaShape.Column.VectorKind.Scalar && (label.IsKey || label.ItemType.Equals(NumberDataViewType.Single));

    // That all rows of a ranking have the same relevance is no error of the rows: a group may be of one.
    private protected override void CheckClasses(TrainingSet examples) { }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape.Column label) => ScoreColumns.RegressionShape();

    private protected override RankingPredictionTransformer<TModel> CreateTransformer(TModel model, DataViewSchema.Column label) => new(model, FeatureColumnName);
}
