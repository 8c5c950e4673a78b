using MLPipelines.Onnx.Export.Models;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Onnx.Export.Trees;
using MLPipelines.Onnx.Graph;
using MLPipelines.Vision;

namespace MLPipelines.Onnx.Export;

/// <summary>How each kind of model becomes part of a graph, or why it cannot: one line per line of <see cref="Persistence.ScoringModelTable"/>.</summary>
internal static class ModelConverterTable
{
    private static readonly Dictionary<string, ModelConverter> Converters = All().ToDictionary(converter => converter.TypeId, StringComparer.Ordinal);

    private static IEnumerable<ModelConverter> All() =>
    [
        .. LinearModels(),
        .. OtherModels(),
        .. TreeModels(),
        .. Networks(),
    ];

    internal static IReadOnlyCollection<ModelConverter> Rows => Converters.Values;

    internal static ModelConverter? Find(string typeId) => Converters.GetValueOrDefault(typeId);

    private static IEnumerable<ModelConverter> Networks() =>
    [
        new(ImageClassificationModelParameters.Kind, ImageClassificationConverter.Probabilities),
    ];

    private static IEnumerable<ModelConverter> LinearModels() =>
    [
        new("linear-binary", LinearConverters.OneScore),
        new("linear-regression", LinearConverters.OneScore),
        new("ordinary-least-squares", LinearConverters.OneScore),
        new("poisson-regression", LinearConverters.Poisson),
        new("linear-multiclass", LinearConverters.ManyScores),
        new("maximum-entropy", LinearConverters.MaximumEntropy),
        new("quantized-linear", LinearConverters.Quantized),
        new("calibrated-linear-binary", CalibrationConverters.Scores, CalibrationConverters.Probabilities),
        new("calibrated-score", CalibrationConverters.Scores, CalibrationConverters.Probabilities),
        new("one-versus-all", SeveralModelsConverters.OneVersusAll),
        new("pairwise-coupling", SeveralModelsConverters.PairwiseCoupling),
        new("constant-score", SeveralModelsConverters.Constant, SeveralModelsConverters.ConstantProbability),
    ];

    private static IEnumerable<ModelConverter> OtherModels() =>
    [
        new("k-means", DistanceConverters.KMeans),
        new("principal-components", DistanceConverters.PrincipalComponents),
        new("naive-bayes", OtherModelsConverters.NaiveBayes),
        new("local-deep-svm", OtherModelsConverters.LocalDeepSvm),
        new("prior", OtherModelsConverters.Prior, OtherModelsConverters.PriorProbability),
    ];

    private static IEnumerable<ModelConverter> TreeModels() =>
    [
        new("isolation-forest", TreeConverters.IsolationForest),
        .. Calibrated("fast-tree-binary", TreeConverters.Sum),
        new("fast-tree-regression", TreeConverters.Sum),
        new("fast-tree-ranking", TreeConverters.Sum),
        new("fast-tree-tweedie", TreeConverters.Exponential),
        new("fast-forest-binary", TreeConverters.Forest),
        new("fast-forest-regression", TreeConverters.Sum),
        .. Calibrated("gam-binary", TreeConverters.Additive),
        new("gam-regression", TreeConverters.Additive),
        .. Calibrated("light-gbm-binary", TreeConverters.Sum),
        new("light-gbm-regression", TreeConverters.Sum),
        new("light-gbm-ranking", TreeConverters.Sum),
    ];

    /// <summary>A kind of model, and the kind of the same with a calibrator.</summary>
    private static IEnumerable<ModelConverter> Calibrated(string typeId, Func<ModelExport, GraphValue> convert) =>
    [
        new(typeId, convert),
        new($"calibrated-{typeId}", CalibrationConverters.Scores, CalibrationConverters.Probabilities),
    ];
}
