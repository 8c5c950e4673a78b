using MLPipelines.Data;

namespace MLPipelines.Trainers.Recommender;

/// <summary>Predicts elements of a matrix from the keys of their rows and columns: column <c>Score</c>, <see cref="float"/>.</summary>
public sealed class MatrixFactorizationPredictionTransformer : RowToRowTransformer
{
    internal const string StepName = "matrix-factorization-prediction";

    internal MatrixFactorizationPredictionTransformer(MatrixFactorizationModelParameters model, string matrixColumnIndexColumnName, string matrixRowIndexColumnName) =>
        (Model, MatrixColumnIndexColumnName, MatrixRowIndexColumnName) = (model, matrixColumnIndexColumnName, matrixRowIndexColumnName);

    public override string TypeId => StepName;

    /// <summary>What was learned.</summary>
    public MatrixFactorizationModelParameters Model { get; }

    /// <summary>The column of column indices: keys, in training those of users or of items.</summary>
    public string MatrixColumnIndexColumnName { get; }

    /// <summary>The column of row indices: keys.</summary>
    public string MatrixRowIndexColumnName { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        int columns = Key(input, MatrixColumnIndexColumnName), rows = Key(input, MatrixRowIndexColumnName);
        return
        [
            new OutputColumn(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations("Regression", ScoreColumns.Score), [columns, rows], () =>
            {
                var scores = new ValueColumn<float>();
                return batch =>
                {
                    ReadOnlySpan<uint> columnKeys = ((ValueColumn<uint>)batch[columns]).Values, rowKeys = ((ValueColumn<uint>)batch[rows]).Values;
                    Span<float> values = scores.Resize(batch.RowCount);
                    for (int i = 0; i < values.Length; i++) values[i] = Model.Score(rowKeys[i], columnKeys[i]);
                    return scores;
                };
            }),
        ];
    }

    private int Key(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = Require(schema, name);
        return column.Type is KeyDataViewType && column.Type.RawType == typeof(uint) ? column.Index : throw new ArgumentOutOfRangeException(nameof(schema),
            $"{TypeId}: column '{name}' is {column.Type}, expected Key<UInt32>. Conversion.MapValueToKey makes one out of any column.");
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("columns", MatrixColumnIndexColumnName);
        writer.Set("rows", MatrixRowIndexColumnName);
        Model.Save(writer.Section("model"));
    }

    internal static MatrixFactorizationPredictionTransformer Load(ModelStepReader reader) =>
        new(MatrixFactorizationModelParameters.Load(reader.Section("model")), reader.GetString("columns"), reader.GetString("rows"));
}
