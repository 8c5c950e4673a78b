using System.Collections.Immutable;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// Permutation feature importance: how much worse a model's metrics become when the values of one feature are dealt out to other
/// rows at random. It works for every model; of features that say the same, each looks less important than it is.
/// </summary>
/// <remarks>
/// <para>Each statistic is about the metric with the feature permuted minus the metric without. The data holds the features as the
/// steps before the trainer have made them; features and label are held in memory, and features are measured side by side.</para>
/// <para>Breiman, "Random Forests" (2001), section 10.</para>
/// </remarks>
public static class PermutationFeatureImportanceExtensions
{
    /// <summary>The importance of each feature to a model of numbers, in the order of the feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="predictionTransformer">The model, such as the last transformer of a chain.</param>
    /// <param name="data">Rows with features and label.</param>
    /// <param name="labelColumnName">The label.</param>
    /// <param name="useFeatureWeightFilter">Whether features of weight 0 of a linear model are taken to change nothing, without measuring.</param>
    /// <param name="numberOfExamplesToUse">How many of the first rows to use; <see langword="null"/> for all.</param>
    /// <param name="permutationCount">How many times each feature is permuted; several give a standard error.</param>
    public static ImmutableArray<RegressionMetricsStatistics> PermutationFeatureImportance<TModel>(this RegressionCatalog catalog,
        ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FeaturePermutation(catalog.Environment, predictionTransformer, data, numberOfExamplesToUse)
            .Measure(rows => catalog.Evaluate(rows, labelColumnName), () => new RegressionMetricsStatistics(), permutationCount, useFeatureWeightFilter);
    }

    /// <summary>The importance of each feature to a model of numbers, by its name. The parameters are as in the other method.</summary>
    public static ImmutableDictionary<string, RegressionMetricsStatistics> PermutationFeatureImportance(this RegressionCatalog catalog,
        ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var permutation = new FeaturePermutation(catalog.Environment, PredictionOf(model), data, numberOfExamplesToUse);
        return ByName(permutation, permutation.Measure(rows => catalog.Evaluate(rows, labelColumnName), () => new RegressionMetricsStatistics(), permutationCount, useFeatureWeightFilter));
    }

    /// <summary>The importance of each feature to a model of two classes, in the order of the feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="predictionTransformer">The model, such as the last transformer of a chain.</param>
    /// <param name="data">Rows with features and label.</param>
    /// <param name="labelColumnName">The label.</param>
    /// <param name="useFeatureWeightFilter">Whether features of weight 0 of a linear model are taken to change nothing, without measuring.</param>
    /// <param name="numberOfExamplesToUse">How many of the first rows to use; <see langword="null"/> for all.</param>
    /// <param name="permutationCount">How many times each feature is permuted; several give a standard error.</param>
    public static ImmutableArray<BinaryClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(this BinaryClassificationCatalog catalog,
        ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FeaturePermutation(catalog.Environment, predictionTransformer, data, numberOfExamplesToUse)
            .Measure(rows => catalog.EvaluateNonCalibrated(rows, labelColumnName), () => new BinaryClassificationMetricsStatistics(), permutationCount, useFeatureWeightFilter);
    }

    /// <summary>The importance of each feature to a model of two classes, by its name. The parameters are as in the other method.</summary>
    public static ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportanceNonCalibrated(this BinaryClassificationCatalog catalog,
        ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var permutation = new FeaturePermutation(catalog.Environment, PredictionOf(model), data, numberOfExamplesToUse);
        return ByName(permutation, permutation.Measure(rows => catalog.EvaluateNonCalibrated(rows, labelColumnName), () => new BinaryClassificationMetricsStatistics(), permutationCount, useFeatureWeightFilter));
    }

    /// <summary>The importance of each feature to a model of several classes, in the order of the feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="predictionTransformer">The model, such as the last transformer of a chain.</param>
    /// <param name="data">Rows with features and label.</param>
    /// <param name="labelColumnName">The label.</param>
    /// <param name="useFeatureWeightFilter">Whether features of weight 0 of a linear model are taken to change nothing, without measuring.</param>
    /// <param name="numberOfExamplesToUse">How many of the first rows to use; <see langword="null"/> for all.</param>
    /// <param name="permutationCount">How many times each feature is permuted; several give a standard error.</param>
    public static ImmutableArray<MulticlassClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(this MulticlassClassificationCatalog catalog,
        ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FeaturePermutation(catalog.Environment, predictionTransformer, data, numberOfExamplesToUse)
            .Measure(rows => catalog.Evaluate(rows, labelColumnName), () => new MulticlassClassificationMetricsStatistics(), permutationCount, useFeatureWeightFilter);
    }

    /// <summary>The importance of each feature to a model of several classes, by its name. The parameters are as in the other method.</summary>
    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportance(this MulticlassClassificationCatalog catalog,
        ITransformer model, IDataView data, string labelColumnName = "Label",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var permutation = new FeaturePermutation(catalog.Environment, PredictionOf(model), data, numberOfExamplesToUse);
        return ByName(permutation, permutation.Measure(rows => catalog.Evaluate(rows, labelColumnName), () => new MulticlassClassificationMetricsStatistics(), permutationCount, useFeatureWeightFilter));
    }

    /// <summary>The importance of each feature to a model that ranks, in the order of the feature vector.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="predictionTransformer">The model, such as the last transformer of a chain.</param>
    /// <param name="data">Rows with features, label and group.</param>
    /// <param name="labelColumnName">The label.</param>
    /// <param name="rowGroupColumnName">The groups. Features are permuted among all rows.</param>
    /// <param name="useFeatureWeightFilter">Whether features of weight 0 of a linear model are taken to change nothing, without measuring.</param>
    /// <param name="numberOfExamplesToUse">How many of the first rows to use; <see langword="null"/> for all.</param>
    /// <param name="permutationCount">How many times each feature is permuted; several give a standard error.</param>
    public static ImmutableArray<RankingMetricsStatistics> PermutationFeatureImportance<TModel>(this RankingCatalog catalog,
        ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data, string labelColumnName = "Label", string rowGroupColumnName = "GroupId",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new FeaturePermutation(catalog.Environment, predictionTransformer, data, numberOfExamplesToUse)
            .Measure(rows => catalog.Evaluate(rows, labelColumnName, rowGroupColumnName), () => new RankingMetricsStatistics(), permutationCount, useFeatureWeightFilter);
    }

    /// <summary>The importance of each feature to a model that ranks, by its name. The parameters are as in the other method.</summary>
    public static ImmutableDictionary<string, RankingMetricsStatistics> PermutationFeatureImportance(this RankingCatalog catalog,
        ITransformer model, IDataView data, string labelColumnName = "Label", string rowGroupColumnName = "GroupId",
        bool useFeatureWeightFilter = false, int? numberOfExamplesToUse = null, int permutationCount = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var permutation = new FeaturePermutation(catalog.Environment, PredictionOf(model), data, numberOfExamplesToUse);
        return ByName(permutation, permutation.Measure(rows => catalog.Evaluate(rows, labelColumnName, rowGroupColumnName), () => new RankingMetricsStatistics(), permutationCount, useFeatureWeightFilter));
    }

    private static ISingleFeaturePredictionTransformer<object> PredictionOf(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ITransformerChain.Flatten(model).OfType<ISingleFeaturePredictionTransformer<object>>().LastOrDefault(step => step.Model is IScoringModel)
            ?? throw new ArgumentException("PermutationFeatureImportance: no step of the model makes predictions out of a feature column.", nameof(model));
    }

    private static ImmutableDictionary<string, TStatistics> ByName<TStatistics>(FeaturePermutation permutation, ImmutableArray<TStatistics> statistics) =>
        permutation.Names().Zip(statistics).ToImmutableDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
}
