using MLPipelines.Calibrators;
using MLPipelines.Data;
using MLPipelines.Recommendation;
using MLPipelines.TimeSeries;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.Recommender;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Image;
using MLPipelines.Transforms.Text;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Persistence;

/// <summary>
/// The kinds of steps that a model file may name, each with the newest version that can be read and its loader. Nothing else in
/// a file decides what runs.
/// </summary>
public static class ModelStepTable
{
    private static readonly Dictionary<string, ModelStepKind> Kinds = Table().ToDictionary(kind => kind.TypeId, StringComparer.Ordinal);
    private static readonly Lock Registering = new();

    private static IEnumerable<ModelStepKind> Table() =>
    [
        // Transforms
        new(ColumnConcatenatingTransformer.StepName, 1, ColumnConcatenatingTransformer.Load),
        new(ColumnCopyingTransformer.StepName, 1, ColumnCopyingTransformer.Load),
        new(ColumnSelectingTransformer.TypeName, 1, ColumnSelectingTransformer.Load),
        new(ValueToKeyMappingTransformer.StepName, 1, ValueToKeyMappingTransformer.Load),
        new(KeyToValueMappingTransformer.StepName, 1, KeyToValueMappingTransformer.Load),
        new(KeyToVectorMappingTransformer.StepName, 1, KeyToVectorMappingTransformer.Load),
        new(KeyToBinaryVectorMappingTransformer.StepName, 1, KeyToBinaryVectorMappingTransformer.Load),
        new(TypeConvertingTransformer.StepName, 1, TypeConvertingTransformer.Load),
        new(MissingValueReplacingTransformer.StepName, 1, MissingValueReplacingTransformer.Load),
        new(DateTimeFeaturizingTransformer.StepName, 1, DateTimeFeaturizingTransformer.Load),
        new(NormalizingTransformer.StepName, 2, NormalizingTransformer.Load),
        new("text-vectorizer", 1, TextVectorizer.Load),
        new(ApproximatedKernelTransformer.StepName, 1, ApproximatedKernelTransformer.Load),
        new(VectorWhiteningTransformer.StepName, 1, VectorWhiteningTransformer.Load),
        new(OutlierTransformer.StepName, 1, OutlierTransformer.Load),
        new(MissingValueImputingTransformer.StepName, 1, MissingValueImputingTransformer.Load),
        new(DuplicateRowTransformer.StepName, 1, DuplicateRowTransformer.Load),
        new(HashingTransformer.StepName, 1, HashingTransformer.Load),
        new(ValueMappingTransformer.StepName, 1, ValueMappingTransformer.Load),
        new(MissingValueIndicatorTransformer.StepName, 1, MissingValueIndicatorTransformer.Load),
        new(SlotsDroppingTransformer.StepName, 1, SlotsDroppingTransformer.Load),
        new(CustomMappingTransformer.StepName, 1, CustomMappingTransformer.Load),
        new(ExpressionTransformer.StepName, 1, ExpressionTransformer.Load),
        new(CountTargetEncodingTransformer.StepName, 1, CountTargetEncodingTransformer.Load),
        new(PrincipalComponentAnalysisTransformer.StepName, 1, PrincipalComponentAnalysisTransformer.Load),
        new(FeatureContributionCalculatingTransformer.StepName, 1, FeatureContributionCalculatingTransformer.Load),
        new(PredictionBlendingTransformer.StepName, 1, PredictionBlendingTransformer.Load),

        // Images
        new(ImageLoadingTransformer.StepName, 1, ImageLoadingTransformer.Load),
        new(ImageResizingTransformer.StepName, 1, ImageResizingTransformer.Load),
        new(ImageGrayscalingTransformer.StepName, 1, ImageGrayscalingTransformer.Load),
        new(ImagePixelExtractingTransformer.StepName, 1, ImagePixelExtractingTransformer.Load),
        new(VectorToImageConvertingTransformer.StepName, 1, VectorToImageConvertingTransformer.Load),

        // Text
        new("text-normalizing", 1, TextNormalizingTransformer.Load),
        new("word-tokenizing", 1, WordTokenizingTransformer.Load),
        new("character-tokenizing", 1, TokenizingByCharactersTransformer.Load),
        new(CustomStopWordsRemovingTransformer.StepName, 1, CustomStopWordsRemovingTransformer.Load),
        new(StopWordsRemovingTransformer.StepName, 1, StopWordsRemovingTransformer.Load),
        new(WordEmbeddingTransformer.StepName, 1, WordEmbeddingTransformer.Load),
        new(LatentDirichletAllocationTransformer.StepName, 1, LatentDirichletAllocationTransformer.Load),
        new("ngram-extracting", 1, NgramExtractingTransformer.Load),
        new(NgramItems.Keys.StepName, 1, reader => NgramHashingTransformer.Load(NgramItems.Keys, reader)),
        new("word-bag", 1, reader => TextFeaturizingTransformer.Load("word-bag", reader)),
        new(NgramItems.Words.StepName, 1, reader => NgramHashingTransformer.Load(NgramItems.Words, reader)),
        new(TextFeaturizingEstimator.Id, 1, reader => TextFeaturizingTransformer.Load(TextFeaturizingEstimator.Id, reader)),
        new("lp-norm-normalizing", 2, LpNormNormalizingTransformer.Load),

        // Series
        new(SsaForecastingTransformer.StepName, 1, SsaForecastingTransformer.Load),
        new(IidSpikeDetector.StepName, 1, IidSpikeDetector.Load),
        new(IidChangePointDetector.StepName, 1, IidChangePointDetector.Load),
        new(SsaSpikeDetector.StepName, 1, SsaSpikeDetector.Load),
        new(SsaChangePointDetector.StepName, 1, SsaChangePointDetector.Load),
        new(StreamingAnomalyDetector.StepName, 1, StreamingAnomalyDetector.Load),

        // Predictions
        new("regression-prediction", 1, ScoringModelTable.LoadRegression),
        new("binary-prediction", 1, ScoringModelTable.LoadBinary),
        new("multiclass-prediction", 1, ScoringModelTable.LoadMulticlass),
        new("clustering-prediction", 1, ScoringModelTable.LoadClustering),
        new("anomaly-prediction", 1, ScoringModelTable.LoadAnomaly),
        new("ranking-prediction", 1, ScoringModelTable.LoadRanking),

        // Time series
        new(SeriesForecastingTransformer.StepName, 1, SeriesForecastingTransformer.Load),
        new(ForecastAtRows.StepName, 1, ForecastAtRows.Load),
        new(ReconciledForecastingTransformer.StepName, 1, ReconciledForecastingTransformer.Load),

        new(FieldAwareFactorizationMachinePredictionTransformer.StepName, 1, FieldAwareFactorizationMachinePredictionTransformer.Load),

        // Recommendation
        new(Recommender.StepName, 1, Recommender.Load),
        new(MatrixFactorizationPredictionTransformer.StepName, 1, MatrixFactorizationPredictionTransformer.Load),

        // Trees
        new(TreeEnsembleFeaturizationTransformer.StepName, 1, TreeEnsembleFeaturizationTransformer.Load),

        // Calibrators
        new(PlattCalibrator.StepName, 1, reader => CalibratorTransformer<PlattCalibrator>.Load(reader, PlattCalibrator.Load)),
        new(IsotonicCalibrator.StepName, 1, reader => CalibratorTransformer<IsotonicCalibrator>.Load(reader, IsotonicCalibrator.Load)),
        new(NaiveCalibrator.StepName, 1, reader => CalibratorTransformer<NaiveCalibrator>.Load(reader, NaiveCalibrator.Load)),
        new(TemperatureCalibrationTransformer.StepName, 1, TemperatureCalibrationTransformer.Load),

        // Time series
        new(SrCnnAnomalyDetector.StepName, 1, SrCnnAnomalyDetector.Load),
    ];

    /// <summary>Adds a kind of step from another assembly; that the name is taken already is an error unless it is the same loader.</summary>
    public static void Register(ModelStepKind kind)
    {
        lock (Registering)
        {
            if (Kinds.TryGetValue(kind.TypeId, out ModelStepKind? existing) && existing != kind)
                throw new ArgumentException($"A step of type '{kind.TypeId}' is registered already.", nameof(kind));
            Kinds[kind.TypeId] = kind;
        }
    }

    /// <summary>The names of all kinds that are known now.</summary>
    internal static string[] TypeIds
    {
        get
        {
            lock (Registering) return [.. Kinds.Keys];
        }
    }

    internal static ModelStepKind? Find(string typeId)
    {
        lock (Registering) return Kinds.GetValueOrDefault(typeId);
    }
}

/// <summary>A kind of step in model files.</summary>
/// <param name="TypeId">Its name.</param>
/// <param name="NewestVersion">The newest version that the loader understands.</param>
/// <param name="Load">Makes the transformer out of what was saved.</param>
public sealed record ModelStepKind(string TypeId, int NewestVersion, Func<ModelStepReader, ITransformer> Load);
