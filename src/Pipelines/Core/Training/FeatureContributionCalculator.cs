using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Tells what each feature of a row contributes to a model's scores: contributions and base scores sum to the scores. Where a model turns what
/// it sums into another scale, such as probabilities, this is about what it sums: the log of the odds, of a mean, or of unnormalized probabilities. Immutable.
/// </summary>
public abstract class FeatureContributionCalculator
{
    private protected FeatureContributionCalculator(int featureCount, params IReadOnlyList<double> baseScores) => (FeatureCount, BaseScores) = (featureCount, baseScores);

    /// <summary>What the contributions of a row are added to: one per score of the model.</summary>
    public IReadOnlyList<double> BaseScores { get; }

    /// <summary>The length of the feature vectors.</summary>
    public int FeatureCount { get; }

    /// <summary>Makes the computation for one reader; it owns its memory.</summary>
    internal abstract ContributionKernel CreateKernel();
}

/// <summary>Computes the contributions of the features of a row.</summary>
/// <param name="features">The row.</param>
/// <param name="contributions">(scores, features), row-major; all are written.</param>
internal delegate void ContributionKernel(RowVector<float> features, Span<float> contributions);
