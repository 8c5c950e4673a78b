using MLPipelines.Calibrators;
using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Steps that are made of steps, and steps that predict.</summary>
internal static class ChainReaders
{
    internal static readonly ComponentTable<StepReading> Table = new(
        new("TransformerChain", 0x00010001, 0x00010001, Chain),
        new("RowToRowMapper", 0x00010001, 0x00010001, Mapper),
        new("Text", 0x00010001, 0x00010002, Text),
        new("TransformWrapper", 0x00010001, 0x00010001, Steps),
        new("PipeDataLoader", 0x00010001, 0x00010002, Pipe),

        // Predictions
        new("BinaryPredXfer", 0x00010001, 0x00010001, PredictionReaders.Binary),
        new("MulticlassPredXfer", 0x00010001, 0x00010002, PredictionReaders.Multiclass),
        new("RegressionPredXfer", 0x00010001, 0x00010001, PredictionReaders.Regression),
        new("RankingPredXfer", 0x00010001, 0x00010001, PredictionReaders.Ranking),
        new("ClusteringPredXfer", 0x00010001, 0x00010001, PredictionReaders.Clustering),
        new("AnomalyPredXfer", 0x00010001, 0x00010001, PredictionReaders.Anomaly),
        new("FAFMPredXfer", 0x00010001, 0x00010001, FactorizationReaders.FieldAware),
        new("MaFactPredXf", 0x00010001, 0x00010001, FactorizationReaders.Matrix),
        new("PlattCalibratTransf", 0x00010001, 0x00010002, Calibrator),
        new("NaiveCalibratTransf", 0x00010001, 0x00010002, Calibrator),
        new("PavCalibratTransf", 0x00010001, 0x00010002, Calibrator),

        // Predictions of old files
        new("GenericScoreTransform", 0x00010001, 0x00010001, ScorerReaders.Scorer),
        new("MultiClassScoreTrans", 0x00010003, 0x00010003, ScorerReaders.Scorer),
        new("BinClassScoreTransform", 0x00010004, 0x00010004, ScorerReaders.Scorer),
        new("ClusteringScoreTrans", 0x00010003, 0x00010003, ScorerReaders.Scorer));

    /// <summary>How many steps, and of each what it is used for. Step i is the component <c>Transform_i</c>.</summary>
    private static void Chain(Component component, Payload payload, ChainBuilder chain)
    {
        int count = payload.Count(4);
        for (int i = 0; i < count; i++) chain.Read(component.Inner($"Transform_{i:000}"));
    }

    /// <summary>Nothing of its own: the step is the component <c>Mapper</c>.</summary>
    private static void Mapper(Component component, Payload payload, ChainBuilder chain) => chain.Read(component.Inner("Mapper"));

    /// <summary>Nothing of its own: the steps are the chain <c>Chain</c>. In version 1 the steps are as <see cref="Steps"/> has them.</summary>
    private static void Text(Component component, Payload payload, ChainBuilder chain)
    {
        int before = chain.Steps.Count;
        if (component.Header.ReadableBy < 0x00010002) Steps(component, payload, chain);
        else chain.Read(component.Inner("Chain"));
        chain.Merge(before, TextFeaturization.OfOrNull);
    }

    /// <summary>How many steps. Step i is the component <c>Step_i</c>; the columns before them, in <c>Loader</c>, are those of the chain.</summary>
    private static void Steps(Component component, Payload payload, ChainBuilder chain)
    {
        int count = payload.Int32(0, 10_000, "the number of steps");
        for (int i = 0; i < count; i++) chain.Read(component.Inner($"Step_{i:000}"));
    }

    /// <summary>The size of a number, how many steps, and from version 2 on of each two strings for programs. Step i is the component <c>Transform_i</c>; the columns before them are in <c>Loader</c>.</summary>
    private static void Pipe(Component component, Payload payload, ChainBuilder chain)
    {
        payload.SizeOfSingle();
        int count = payload.Count(payload.Version >= 0x00010002 ? 8 : 0);
        for (int i = 0; i < count; i++) chain.Read(component.Inner($"Transform_{i:000}"));
    }

    /// <summary>The calibrator is the component <c>Calibrator</c>. From version 2 on the column of scores.</summary>
    private static void Calibrator(Component component, Payload payload, ChainBuilder chain)
    {
        string score = payload.Version >= 0x00010002 ? payload.Name() : ScoreColumns.Score;
        ITransformer step = CalibratorReaders.Read(component.Inner("Calibrator")) switch
        {
            PlattCalibrator platt => new CalibratorTransformer<PlattCalibrator>(platt, score),
            NaiveCalibrator naive => new CalibratorTransformer<NaiveCalibrator>(naive, score),
            IsotonicCalibrator isotonic => new CalibratorTransformer<IsotonicCalibrator>(isotonic, score),
            var other => throw component.Invalid($"not supported: a calibrator of type {other.TypeId}"),
        };
        chain.Add(step, [score], [ScoreColumns.Probability], NumberDataViewType.Single);
    }
}
