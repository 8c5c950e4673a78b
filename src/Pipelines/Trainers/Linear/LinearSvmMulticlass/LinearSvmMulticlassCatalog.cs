using MLPipelines.Trainers;

namespace MLPipelines;

/// <summary>Linear support vector machines for several classes.</summary>
public static class LinearSvmMulticlassCatalog
{
    /// <summary>Linear support vector machines, one class against the rest, with calibrated probabilities as scores.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label, a key.</param>
    /// <param name="featureColumnName">The features, <c>Vector&lt;Single&gt;</c>.</param>
    /// <param name="options">Settings.</param>
    public static LinearSvmMulticlassTrainer LinearSvm(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", LinearSvmMulticlassOptions? options = null) =>
        new(catalog.Environment, labelColumnName, featureColumnName, options ?? new LinearSvmMulticlassOptions());
}
