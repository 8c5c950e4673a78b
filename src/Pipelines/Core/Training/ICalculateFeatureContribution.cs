namespace MLPipelines.Trainers;

/// <summary>A model whose scores are sums of what the features of a row contribute to them.</summary>
public interface ICalculateFeatureContribution : IScoringModel
{
    FeatureContributionCalculator FeatureContributionCalculator { get; }
}
