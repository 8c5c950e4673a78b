using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Onnx.Tests.Export.Rows;

/// <summary>A row per trainer over features.</summary>
internal static class TrainerRows
{
    internal static IEnumerable<ParityRow> All() => [.. Regression(), .. Binary(), .. Multiclass(), .. Others()];

    private static IEnumerable<ParityRow> Regression() =>
    [
        Row("Sdca regression", ml => ml.Regression.Trainers.Sdca()),
        Row("OnlineGradientDescent", ml => ml.Regression.Trainers.OnlineGradientDescent()),
        Row("Ols", ml => ml.Regression.Trainers.Ols()),
        Row("LbfgsPoissonRegression", ml => ml.Regression.Trainers.LbfgsPoissonRegression("Count")),
        Row("FastTree regression", ml => ml.Regression.Trainers.FastTree()),
        Row("FastTreeTweedie", ml => ml.Regression.Trainers.FastTreeTweedie("Count")),
        Row("FastForest regression", ml => ml.Regression.Trainers.FastForest()),
        Row("LightGbm regression", ml => ml.Regression.Trainers.LightGbm()),
        Row("Gam regression", ml => ml.Regression.Trainers.Gam()),
        Row("Trees with missing features", ml => ml.Regression.Trainers.LightGbm(), hasMissing: true),
        Row("Gam with missing features", ml => ml.Regression.Trainers.Gam(), hasMissing: true),
        Row("FastTree ranking", ml => ml.Ranking.Trainers.FastTree("Grade", rowGroupColumnName: "Group")),
        Row("LightGbm ranking", ml => ml.Ranking.Trainers.LightGbm("Grade", rowGroupColumnName: "Group")),
    ];

    private static IEnumerable<ParityRow> Binary() =>
    [
        Row("SdcaLogisticRegression", ml => ml.BinaryClassification.Trainers.SdcaLogisticRegression("IsPositive")),
        Row("SdcaNonCalibrated", ml => ml.BinaryClassification.Trainers.SdcaNonCalibrated("IsPositive")),
        Row("LbfgsLogisticRegression", ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression("IsPositive")),
        Row("AveragedPerceptron", ml => ml.BinaryClassification.Trainers.AveragedPerceptron("IsPositive")),
        Row("LinearSvm", ml => ml.BinaryClassification.Trainers.LinearSvm("IsPositive")),
        Row("LdSvm", ml => ml.BinaryClassification.Trainers.LdSvm("IsPositive")),
        Row("SgdCalibrated", ml => ml.BinaryClassification.Trainers.SgdCalibrated("IsPositive")),
        Row("SgdNonCalibrated", ml => ml.BinaryClassification.Trainers.SgdNonCalibrated("IsPositive")),
        Row("Prior", ml => ml.BinaryClassification.Trainers.Prior("IsPositive")),
        Row("FastTree binary", ml => ml.BinaryClassification.Trainers.FastTree("IsPositive")),
        Row("FastForest binary", ml => ml.BinaryClassification.Trainers.FastForest("IsPositive")),
        Row("LightGbm binary", ml => ml.BinaryClassification.Trainers.LightGbm("IsPositive")),
        Row("Gam binary", ml => ml.BinaryClassification.Trainers.Gam("IsPositive")),
        Row("FieldAwareFactorizationMachine", ml => ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(["Features"], "IsPositive")),
        Row("Platt calibration", ml => ml.BinaryClassification.Trainers.AveragedPerceptron("IsPositive").Append(ml.BinaryClassification.Calibrators.Platt("IsPositive"))),
        Row("Isotonic calibration", ml => ml.BinaryClassification.Trainers.AveragedPerceptron("IsPositive").Append(ml.BinaryClassification.Calibrators.Isotonic("IsPositive"))),
        Row("Naive calibration", ml => ml.BinaryClassification.Trainers.AveragedPerceptron("IsPositive").Append(ml.BinaryClassification.Calibrators.Naive("IsPositive"))),
    ];

    private static IEnumerable<ParityRow> Multiclass() =>
    [
        Row("SdcaMaximumEntropy", ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Kind")),
        Row("SdcaNonCalibrated multiclass", ml => ml.MulticlassClassification.Trainers.SdcaNonCalibrated("Kind")),
        Row("LbfgsMaximumEntropy", ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Kind")),
        Row("NaiveBayes", ml => ml.MulticlassClassification.Trainers.NaiveBayes("Kind")),
        Row("LightGbm multiclass", ml => ml.MulticlassClassification.Trainers.LightGbm("Kind")),
        Row("OneVersusAll of linear models", ml => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.SdcaLogisticRegression("Kind"), "Kind")),
        Row("OneVersusAll of scores", ml => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron("Kind"), "Kind", useProbabilities: false)),
        Row("OneVersusAll of trees", ml => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree("Kind", numberOfTrees: 10), "Kind")),
        Row("OneVersusAll of forests", ml => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastForest("Kind", numberOfTrees: 10), "Kind")),
        Row("PairwiseCoupling", ml => ml.MulticlassClassification.Trainers.PairwiseCoupling(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Kind"), "Kind")),
        new("QuantizedLinearModel", _ => (new Fixed(Quantized()), Examples.Numbers())),
        new("OneVersusAll with a class without rows", ml => (ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Kind"), "Kind"), WithoutRows())),
        Row("Labels back to their values", ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Kind").Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))),
    ];

    private static IEnumerable<ParityRow> Others() =>
    [
        Row("KMeans", ml => ml.Clustering.Trainers.KMeans()),
        Row("KMeans of large numbers", ml => ml.Clustering.Trainers.KMeans(), scale: 1000),
        Row("RandomizedPca", ml => ml.AnomalyDetection.Trainers.RandomizedPca(rank: 2)),
        Row("IsolationForest", ml => ml.AnomalyDetection.Trainers.IsolationForest()),
    ];

    private static MulticlassPredictionTransformer<QuantizedLinearModel> Quantized()
    {
        float[] weights = [.. Enumerable.Range(0, Examples.FeatureCount * 3).Select(i => MathF.Sin(i))];
        return new(QuantizedLinearModel.Quantize(weights, [0.1f, -0.2f, 0.3f], 1.7f), "Features", new KeyDataViewType(typeof(uint), 3), labels: null);
    }

    /// <summary>A key of four labels of which one never occurs.</summary>
    private static MemoryView WithoutRows()
    {
        var features = new float[60][];
        for (int row = 0; row < features.Length; row++) features[row] = [row % 3, row % 5];
        return new MemoryView().AddVectors("Features", features).AddKeys("Kind", [.. features.Select(row => (uint)row[0] + (row[0] > 1 ? 2u : 1u))], "a", "b", "c", "d");
    }

    internal static ParityRow Row(string name, Func<MLContext, IEstimator<ITransformer>> create, bool hasMissing = false, float scale = 1) =>
        new(name, ml => (create(ml), Examples.Numbers(scale: scale, hasMissing: hasMissing)));
}
