using MLPipelines.Trainers;

namespace MLPipelines;

/// <summary>Adds factorization machines to the trainers for two classes.</summary>
public static class FactorizationMachineExtensions
{
    /// <summary>A factorization machine: one field.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">The features: a vector of <see cref="float"/>.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    public static FieldAwareFactorizationMachineTrainer FieldAwareFactorizationMachine(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string featureColumnName = "Features", string labelColumnName = "Label", string? exampleWeightColumnName = null) =>
        catalog.FieldAwareFactorizationMachine([featureColumnName], labelColumnName, exampleWeightColumnName);

    /// <summary>A field-aware factorization machine.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnNames">The features of each field: vectors of <see cref="float"/>; at least one.</param>
    /// <param name="labelColumnName">The label: true or false.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> for 1.</param>
    public static FieldAwareFactorizationMachineTrainer FieldAwareFactorizationMachine(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string[] featureColumnNames, string labelColumnName = "Label", string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(featureColumnNames);
        ArgumentOutOfRangeException.ThrowIfZero(featureColumnNames.Length, nameof(featureColumnNames));
        return catalog.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options
        {
            FeatureColumnName = featureColumnNames[0], ExtraFeatureColumns = featureColumnNames[1..], LabelColumnName = labelColumnName, ExampleWeightColumnName = exampleWeightColumnName,
        });
    }

    /// <summary>A field-aware factorization machine, with all its options.</summary>
    public static FieldAwareFactorizationMachineTrainer FieldAwareFactorizationMachine(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, FieldAwareFactorizationMachineTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new FieldAwareFactorizationMachineTrainer(catalog.Environment, options);
    }
}
