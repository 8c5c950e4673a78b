using MLPipelines.Trainers;

namespace MLPipelines;

public static partial class StandardTrainersCatalog
{
    /// <summary>The share of positive examples, whatever the features are.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    public static PriorTrainer Prior(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, string labelColumnName = "Label", string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PriorTrainer(catalog.Environment, labelColumnName, exampleWeightColumnName);
    }
}
