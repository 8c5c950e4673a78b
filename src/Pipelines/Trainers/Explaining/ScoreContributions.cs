using MLPipelines.Calibrators;

namespace MLPipelines.Trainers;

/// <summary>Finds what features contribute to the score of a model, also of one with a calibrator.</summary>
internal static class ScoreContributions
{
    internal static bool Exist(IScoringModel model) => Find(model) is not null;

    /// <exception cref="NotSupportedException">The score is no sum of contributions.</exception>
    internal static FeatureContributionCalculator Of(IScoringModel model) => (Find(model) ?? throw new NotSupportedException(
        $"Contributions of features: {ScoredBy(model).TypeId} is not a model whose score is a sum of them. Linear models and trees are; PermutationFeatureImportance works for every model.")).FeatureContributionCalculator;

    /// <summary>What computes the score of a model that may have a calibrator.</summary>
    internal static IScoringModel ScoredBy(IScoringModel model) => model is CalibratedModelParametersBase { SubModel: IScoringModel sub } ? ScoredBy(sub) : model;

    /// <summary>The model whose score is a sum of contributions, or that of a calibrated model; <see langword="null"/> where there is none.</summary>
    internal static ICalculateFeatureContribution? Find(IScoringModel model) => ScoredBy(model) switch
    {
        OneVersusAllModelParameters { SubModelParameters: var models } all => models.All(sub => Exist((IScoringModel)sub)) ? all : null,
        ICalculateFeatureContribution own => own,
        _ => null,
    };
}
