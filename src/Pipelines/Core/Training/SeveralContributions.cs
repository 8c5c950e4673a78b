namespace MLPipelines.Trainers;

/// <summary>What features contribute to the scores of several models, one after the other.</summary>
internal sealed class SeveralContributions : FeatureContributionCalculator
{
    private readonly FeatureContributionCalculator[] _models;

    internal SeveralContributions(FeatureContributionCalculator[] models)
        : base(models[0].FeatureCount, [.. models.SelectMany(model => model.BaseScores)]) => _models = models;

    internal override ContributionKernel CreateKernel()
    {
        ContributionKernel[] kernels = Array.ConvertAll(_models, model => model.CreateKernel());
        return (features, contributions) =>
        {
            for (int i = 0; i < kernels.Length; i++)
            {
                int length = _models[i].BaseScores.Count * FeatureCount;
                kernels[i](features, contributions[..length]);
                contributions = contributions[length..];
            }
        };
    }
}
