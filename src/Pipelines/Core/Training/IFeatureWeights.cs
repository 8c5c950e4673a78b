namespace MLPipelines.Trainers;

/// <summary>A model with one weight per feature. A feature of weight 0 does not change its scores.</summary>
internal interface IFeatureWeights
{
    float WeightOf(int feature);
}
