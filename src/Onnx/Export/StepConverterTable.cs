using MLPipelines.Onnx.Export.Columns;
using MLPipelines.Onnx.Export.Hashing;
using MLPipelines.Onnx.Export.Models;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Onnx.Export.Numbers;
using MLPipelines.Onnx.Export.Predictions;
using MLPipelines.Onnx.Export.Recommendation;
using MLPipelines.Onnx.Export.Text;
using MLPipelines.Onnx.Export.Trees;

namespace MLPipelines.Onnx.Export;

/// <summary>How each kind of step becomes part of a graph, or why it cannot: one line per line of <see cref="Persistence.ModelStepTable"/>.</summary>
internal static class StepConverterTable
{
    private static readonly Dictionary<string, StepConverter> Converters = All().ToDictionary(converter => converter.TypeId, StringComparer.Ordinal);

    private static IEnumerable<StepConverter> All() =>
    [
        .. ColumnSteps(),
        .. NumberSteps(),
        .. TextSteps(),
        .. Predictions(),
        .. Pictures(),
        .. TextNetworks(),
        .. Unexportable(),
    ];

    internal static IReadOnlyCollection<StepConverter> Rows => Converters.Values;

    internal static StepConverter? Find(string typeId) => Converters.GetValueOrDefault(typeId);

    private static IEnumerable<StepConverter> ColumnSteps() =>
    [
        new("concatenate", ColumnConverters.Concatenate),
        new("copy-columns", ColumnConverters.Copy),
        new("select-columns", ColumnConverters.Select),
        new("convert-type", TypeConverters.Convert),
        new("map-value-to-key", KeyConverters.FromValues),
        new("map-key-to-value", KeyConverters.ToValues),
        new("map-key-to-vector", KeyConverters.ToVector),
        new("map-key-to-binary-vector", KeyConverters.ToBits),
        new("map-value", KeyConverters.MapValue),
        new("featurize-date-time", DateConverter.Featurize),
        new("hash", HashConverters.Hash),
        new("count-target-encoding", HashConverters.CountTarget),
    ];

    private static IEnumerable<StepConverter> NumberSteps() =>
    [
        new("normalize", NormalizerConverters.Normalize),
        new("lp-norm-normalizing", NumberConverters.LpNorm),
        new("replace-missing-values", NumberConverters.ReplaceMissing),
        new("indicate-missing-values", NumberConverters.IndicateMissing),
        new("impute-missing-values", MatrixConverters.Impute),
        new("drop-slots", NumberConverters.DropSlots),
        new("outliers", NumberConverters.Outliers),
        new("expression", ExpressionConverter.Convert),
        new("vector-whitening", MatrixConverters.Whiten),
        new("principal-component-projection", MatrixConverters.Project),
        new("approximated-kernel-map", MatrixConverters.RandomFourier),
    ];

    private static IEnumerable<StepConverter> TextSteps() =>
    [
        new("text-vectorizer", TextVectorizerConverter.Convert),
        new("text-featurizing", TextFeaturizerConverter.Convert),
        new("word-bag", TextFeaturizerConverter.Convert),
        new("text-normalizing", TokenConverters.Normalize),
        new("word-tokenizing", TokenConverters.Words),
        new("character-tokenizing", CharacterCodes.ToKeys),
        new("custom-stop-words-removing", TokenConverters.RemoveStopWords),
        new("stop-words-removing", TokenConverters.RemoveStopWords),
        new("ngram-extracting", TokenConverters.Ngrams),
        new("word-embedding", TokenConverters.Embed),
    ];

    private static IEnumerable<StepConverter> Pictures() =>
    [
        new("load-images", PictureConverters.Load),
        new("resize-images", PictureConverters.Resize),
        new("grayscale-images", PictureConverters.Grayscale),
        new("extract-pixels", PictureConverters.ExtractPixels),
        new("vectors-to-images", PictureConverters.ToPictures),
    ];

    private static IEnumerable<StepConverter> TextNetworks() =>
    [
        new("text-classification-network", TextNetworkConverters.Classes),
        new("sentence-similarity-network", TextNetworkConverters.Similarity),
        new("named-entity-network", TextNetworkConverters.Names),
        new("question-answer-network", TextNetworkConverters.Answers),
        new("text-generation", TextNetworkConverters.Decoder),
    ];

    private static IEnumerable<StepConverter> Predictions() =>
    [
        new("regression-prediction", PredictionConverters.OneScore),
        new("ranking-prediction", PredictionConverters.OneScore),
        new("binary-prediction", PredictionConverters.Binary),
        new("multiclass-prediction", PredictionConverters.Multiclass),
        new("clustering-prediction", PredictionConverters.Clustering),
        new("anomaly-prediction", PredictionConverters.Anomaly),
        new("platt-calibration", CalibrationConverters.Step),
        new("isotonic-calibration", CalibrationConverters.Step),
        new("naive-calibration", CalibrationConverters.Step),
        new("temperature-calibration", CalibrationConverters.Temperature),
        new("prediction-blending", PredictionConverters.Blend),
        new("tree-featurization", TreeConverters.Featurize),
        new("field-aware-factorization-machine", RecommendationConverters.FieldAware),
        new("matrix-factorization-prediction", RecommendationConverters.MatrixFactorization),
        new("recommender", RecommenderConverter.Convert),
    ];

    /// <summary>Kinds of steps that have no form in ONNX, and why.</summary>
    private static IEnumerable<StepConverter> Unexportable() =>
    [
        StepConverter.None("ngram-hashing", Hashes),
        StepConverter.None("word-hash-bag", Hashes),
        StepConverter.None("latent-dirichlet-allocation", "topics of a text are sampled, which no operator does the same way"),
        StepConverter.None("duplicate-rows", "it marks rows that came before, and a graph remembers none"),
        StepConverter.None("onnx-scoring", "it is an ONNX model already; export the steps before and after it, and run the files one after the other"),
        StepConverter.None("custom-mapping", "it is a program's own code"),
        StepConverter.None("feature-contribution", "contributions explain a model and are not part of its predictions"),
        StepConverter.None("ssa-forecasting", State),
        StepConverter.None("series-forecasting", State),
        StepConverter.None("series-forecast-at-rows", State),
        StepConverter.None("reconciled-forecasting", State),
        StepConverter.None("iid-spike-detection", State),
        StepConverter.None("iid-change-point-detection", State),
        StepConverter.None("ssa-spike-detection", State),
        StepConverter.None("ssa-change-point-detection", State),
        StepConverter.None("streaming-anomaly-detector", State),
        StepConverter.None("srcnn-anomaly-detection", State),
    ];

    private const string Hashes = "a hash of every n-gram of a text needs operations on bits, which ONNX has from version 18 of its operators on";
    private const string State = "it continues a series, and a graph remembers nothing from row to row";
}
