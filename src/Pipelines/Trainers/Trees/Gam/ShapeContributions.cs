using MLPipelines.Data;

namespace MLPipelines.Trainers.FastTree;

/// <summary>What features contribute to a sum of functions of one feature each: the value of its function. What they are added to is the intercept.</summary>
internal sealed class ShapeContributions(ShapeFunctions shapes) : FeatureContributionCalculator(shapes.FeatureCount, shapes.Intercept)
{
    internal override ContributionKernel CreateKernel()
    {
        float[] row = new float[FeatureCount];
        return (features, contributions) =>
        {
            LinearWeights.CheckLength(features, FeatureCount);
            features.CopyTo(row);
            for (int j = 0; j < row.Length; j++) contributions[j] = (float)shapes.EffectOf(j, row[j]);
        };
    }
}
