using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Stands for a class that had no example: its score is the lowest and its probability 0.</summary>
internal sealed class ConstantScoreModel(int featureCount) : ICalibratedModel, ICalculateFeatureContribution
{
    public string TypeId => "constant-score";

    public int FeatureCount => featureCount;

    public int ScoreCount => 1;

    public FeatureContributionCalculator FeatureContributionCalculator => new LinearContributions(new float[featureCount], [ExampleWeights.AbsentBias]);

    public void Score(RowVector<float> features, Span<float> scores) => scores[0] = ExampleWeights.AbsentBias;

    public float Probability(float score) => 0;

    public void Save(ModelStepWriter writer) => writer.Set("features", featureCount);

    internal static ConstantScoreModel Load(ModelStepReader reader) => new(reader.GetInt32("features"));
}
