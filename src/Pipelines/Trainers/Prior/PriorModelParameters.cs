using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>The share of positive examples.</summary>
public sealed class PriorModelParameters : ICalibratedModel
{
    private readonly float _share;

    internal PriorModelParameters(float share) => _share = share;

    public string TypeId => "prior";

    public int FeatureCount => 0;

    public int ScoreCount => 1;

    public void Score(RowVector<float> features, Span<float> scores) => scores[0] = 2 * _share - 1;

    public float Probability(float score) => _share;

    public void Save(ModelStepWriter writer) => writer.Set("share", _share);

    internal static PriorModelParameters Load(ModelStepReader reader) =>
        reader.GetDouble("share") is >= 0 and <= 1 and var share ? new((float)share) : throw reader.Invalid("its share is not a number between 0 and 1");
}
