using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Predicts one of two classes from features in several fields: columns <c>PredictedLabel</c>, <c>Score</c> and <c>Probability</c>.</summary>
public sealed class FieldAwareFactorizationMachinePredictionTransformer : RowToRowTransformer
{
    internal const string StepName = "field-aware-factorization-machine";

    private readonly string[] _columns;

    internal FieldAwareFactorizationMachinePredictionTransformer(FieldAwareFactorizationMachineModelParameters model, string[] columns) => (Model, _columns) = (model, columns);

    public override string TypeId => StepName;

    /// <summary>What was learned.</summary>
    public FieldAwareFactorizationMachineModelParameters Model { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        const string task = "BinaryClassification";
        int[] fields = new int[_columns.Length];
        for (int f = 0; f < fields.Length; f++) fields[f] = Require(input, _columns[f], new VectorDataViewType(NumberDataViewType.Single, Model.Sizes[f])).Index;
        int score = input.Count + 1;
        return
        [
            new(ScoreColumns.PredictedLabel, BooleanDataViewType.Instance, ScoreColumns.Annotations(task, ScoreColumns.PredictedLabel), [score], () => Decide(score)),
            new(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations(task, ScoreColumns.Score), fields, () => Score(fields)),
            new(ScoreColumns.Probability, NumberDataViewType.Single, ScoreColumns.Annotations(task, ScoreColumns.Probability), [score],
                () => ScoreColumns.ProbabilityKernel(score, value => 1 / (1 + MathF.Exp(-value)))),
        ];
    }

    private ColumnKernel Score(int[] fields)
    {
        var scores = new ValueColumn<float>();
        FieldExample example = Model.CreateExample();
        return batch =>
        {
            Span<float> values = scores.Resize(batch.RowCount);
            for (int row = 0; row < values.Length; row++)
            {
                example.Clear();
                foreach (int field in fields) example.Add(((VectorColumn<float>)batch[field])[row]);
                values[row] = Model.Score(example);
            }
            return scores;
        };
    }

    private static ColumnKernel Decide(int score)
    {
        var labels = new ValueColumn<bool>();
        return batch =>
        {
            ReadOnlySpan<float> scores = ((ValueColumn<float>)batch[score]).Values;
            Span<bool> values = labels.Resize(scores.Length);
            for (int i = 0; i < values.Length; i++) values[i] = scores[i] > 0;
            return labels;
        };
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("fields", _columns);
        Model.Save(writer.Section("model"));
    }

    internal static FieldAwareFactorizationMachinePredictionTransformer Load(ModelStepReader reader)
    {
        var model = FieldAwareFactorizationMachineModelParameters.Load(reader.Section("model"));
        string[] columns = [.. reader.GetStrings("fields")];
        return columns.Length == model.FieldCount ? new(model, columns) : throw reader.Invalid($"it has {columns.Length} columns for {model.FieldCount} fields");
    }
}
