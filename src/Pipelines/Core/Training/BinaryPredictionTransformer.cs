using MLPipelines.Data;

namespace MLPipelines;

/// <summary>A model of two classes that turns its score into the probability of the positive one.</summary>
public interface ICalibratedModel : IScoringModel
{
    /// <summary>The probability that a score stands for; between 0 and 1, rising with the score.</summary>
    float Probability(float score);
}

/// <summary>Predicts one of two classes: columns <c>PredictedLabel</c>, <c>Score</c> and, for calibrated models, <c>Probability</c>.</summary>
public sealed class BinaryPredictionTransformer<TModel> : PredictionTransformer<TModel> where TModel : class, IScoringModel
{
    internal BinaryPredictionTransformer(TModel model, string featureColumn, float threshold = 0) : base(model, featureColumn) => Threshold = threshold;

    public override string TypeId => "binary-prediction";

    /// <summary>The score above which the prediction is true.</summary>
    public float Threshold { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        const string task = "BinaryClassification";
        int[] features = Features(input);
        int score = input.Count + 1;
        var columns = new List<OutputColumn>
        {
            new(ScoreColumns.PredictedLabel, BooleanDataViewType.Instance, ScoreColumns.Annotations(task, ScoreColumns.PredictedLabel), [score], () => ScoreColumns.DecisionKernel(score, Threshold)),
            new(ScoreColumns.Score, NumberDataViewType.Single, ScoreColumns.Annotations(task, ScoreColumns.Score), features, () => ScoreValues(features)),
        };
        if (Model is ICalibratedModel calibrated)
            columns.Add(new(ScoreColumns.Probability, NumberDataViewType.Single, ScoreColumns.Annotations(task, ScoreColumns.Probability), [score], () => ScoreColumns.ProbabilityKernel(score, calibrated.Probability)));
        return columns;
    }

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("threshold", Threshold);
    }
}
