using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Tells rows that are unlike the others: columns <c>PredictedLabel</c> (true for an anomaly) and <c>Score</c> (how unlike the others, from 0 to 1).</summary>
public sealed class AnomalyPredictionTransformer<TModel> : PredictionTransformer<TModel> where TModel : class, IScoringModel
{
    internal const float DefaultThreshold = 0.5f;

    internal AnomalyPredictionTransformer(TModel model, string featureColumn, float threshold = DefaultThreshold) : base(model, featureColumn) => Threshold = threshold;

    public override string TypeId => "anomaly-prediction";

    /// <summary>The score above which a row is an anomaly.</summary>
    public float Threshold { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        const string task = "AnomalyDetection";
        int[] features = Features(input);
        int score = input.Count + 1;
        return
        [
            new(ScoreColumns.PredictedLabel, BooleanDataViewType.Instance, ScoreColumns.Annotations(task, ScoreColumns.PredictedLabel), [score], () => ScoreColumns.DecisionKernel(score, Threshold)),
            new(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations(task, ScoreColumns.Score), features, () => ScoreValues(features)),
        ];
    }

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("threshold", Threshold);
    }
}
