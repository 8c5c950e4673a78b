using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Blending the predictions of several models.</summary>
public static class PredictionBlendingCatalog
{
    /// <summary>
    /// Averages predictions into columns <c>Score</c> and, for classes, <c>PredictedLabel</c>. ML.NET has no such transform.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="inputColumnNames">
    /// What is averaged: for numbers columns of scores; for classes columns of one probability per class, or, for two classes, of the probability of the second.
    /// Models one after the other in a chain write the same columns; CopyColumns keeps those of each.
    /// </param>
    /// <param name="weights">What each column counts, 0 or more; <see langword="null"/> when all count the same.</param>
    /// <param name="labelColumnName">The label, a key, which names the classes; <see langword="null"/> for numbers. The model does not ask for it.</param>
    public static PredictionBlendingEstimator BlendPredictions(this TransformsCatalog catalog, string[] inputColumnNames, IReadOnlyList<double>? weights = null, string? labelColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(inputColumnNames, weights, labelColumnName);
    }
}
