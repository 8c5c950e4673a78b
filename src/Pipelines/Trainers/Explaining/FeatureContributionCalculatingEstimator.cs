using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Transforms;

/// <summary>
/// Adds the column <c>FeatureContributions</c>: what each feature contributes to the score that a model gives a row. Nothing is learned.
/// </summary>
/// <remarks>
/// <para>A vector as long as the features, with their slot names; for models of several scores a matrix with one row per score.</para>
/// <para>Linear models: weight · value. Sums of trees: Shapley values, exactly, for which a feature that is not known sends a row both ways in the
/// shares of the training rows (Lundberg, Erion and Lee 2018). Contributions that are neither cut off nor normalized sum, with
/// <see cref="FeatureContributionCalculator.BaseScores"/>, to the score before it becomes a probability or another mean.</para>
/// </remarks>
public sealed class FeatureContributionCalculatingEstimator : IEstimator<FeatureContributionCalculatingTransformer>
{
    internal const string Name = "CalculateFeatureContribution";

    internal static class Defaults
    {
        internal const int NumberOfPositiveContributions = 10;
        internal const int NumberOfNegativeContributions = 10;
        internal const bool Normalize = true;
    }

    private readonly ICalculateFeatureContribution _model;
    private readonly string _featureColumn;
    private readonly int _positive;
    private readonly int _negative;
    private readonly bool _normalize;

    internal FeatureContributionCalculatingEstimator(ICalculateFeatureContribution model, string featureColumn, int numberOfPositiveContributions, int numberOfNegativeContributions, bool normalize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numberOfPositiveContributions);
        ArgumentOutOfRangeException.ThrowIfNegative(numberOfNegativeContributions);
        (_model, _featureColumn, _positive, _negative, _normalize) = (model, featureColumn, numberOfPositiveContributions, numberOfNegativeContributions, normalize);
    }

    public FeatureContributionCalculatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return new FeatureContributionCalculatingTransformer(_model, _featureColumn, _positive, _negative, _normalize);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        FeatureColumn.Check(inputSchema, _featureColumn, Name);
        inputSchema.TryFindColumn(_featureColumn, out SchemaShape.Column features);
        bool isNamed = _model.FeatureContributionCalculator.BaseScores.Count == 1;
        return inputSchema.With(new SchemaShape.Column(FeatureContributionCalculatingTransformer.ColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape(features.Annotations.Where(annotation => isNamed && annotation.Name == AnnotationKinds.SlotNames))));
    }
}
