using MLPipelines.Calibrators;
using MLPipelines.Trainers;
using MLPipelines.Transforms;
using static MLPipelines.Transforms.FeatureContributionCalculatingEstimator;

namespace MLPipelines;

/// <summary>Steps that explain predictions.</summary>
public static class ExplainabilityCatalog
{
    /// <summary>Adds the column <c>FeatureContributions</c>: what each feature contributes to the score of a row.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="predictionTransformer">The model, such as the last transformer of a chain.</param>
    /// <param name="numberOfPositiveContributions">How many of the largest positive contributions are left; the others become 0.</param>
    /// <param name="numberOfNegativeContributions">How many of the largest negative contributions are left; the others become 0.</param>
    /// <param name="normalize">Whether contributions are divided by the largest one of the row, so that they are between -1 and 1.</param>
    public static FeatureContributionCalculatingEstimator CalculateFeatureContribution(this TransformsCatalog catalog,
        ISingleFeaturePredictionTransformer<ICalculateFeatureContribution> predictionTransformer,
        int numberOfPositiveContributions = Defaults.NumberOfPositiveContributions,
        int numberOfNegativeContributions = Defaults.NumberOfNegativeContributions,
        bool normalize = Defaults.Normalize)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(predictionTransformer);
        return new(predictionTransformer.Model, predictionTransformer.FeatureColumnName, numberOfPositiveContributions, numberOfNegativeContributions, normalize);
    }

    /// <summary>Adds what each feature contributes to the score, not the probability, of a model with a calibrator. The parameters are as in the other method.</summary>
    public static FeatureContributionCalculatingEstimator CalculateFeatureContribution<TModelParameters, TCalibrator>(this TransformsCatalog catalog,
        ISingleFeaturePredictionTransformer<CalibratedModelParametersBase<TModelParameters, TCalibrator>> predictionTransformer,
        int numberOfPositiveContributions = Defaults.NumberOfPositiveContributions,
        int numberOfNegativeContributions = Defaults.NumberOfNegativeContributions,
        bool normalize = Defaults.Normalize)
        where TModelParameters : class, ICalculateFeatureContribution
        where TCalibrator : class, ICalibrator
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(predictionTransformer);
        return new(predictionTransformer.Model.SubModel, predictionTransformer.FeatureColumnName, numberOfPositiveContributions, numberOfNegativeContributions, normalize);
    }
}
