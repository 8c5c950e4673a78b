using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Onnx.Tests.Export.Rows;

/// <summary>A row per step over numbers and keys.</summary>
internal static class NumberRows
{
    internal static IEnumerable<ParityRow> All() =>
    [
        Row("Concatenate", ml => ml.Transforms.Concatenate("All", "Features", "Label", "Count")),
        Row("CopyColumns", ml => ml.Transforms.CopyColumns("Copy", "Kind")),
        Row("NormalizeMinMax", ml => ml.Transforms.NormalizeMinMax("Scaled", "Features")),
        Row("NormalizeMeanVariance", ml => ml.Transforms.NormalizeMeanVariance("Scaled", "Features", useCdf: false)),
        Row("NormalizeMeanVariance to shares", ml => ml.Transforms.NormalizeMeanVariance("Scaled", "Features", useCdf: true)),
        Row("NormalizeLogMeanVariance", ml => ml.Transforms.NormalizeLogMeanVariance("Scaled", "Features")),
        Row("NormalizeBinning", ml => ml.Transforms.NormalizeBinning("Scaled", "Features", maximumBinCount: 7)),
        Row("NormalizeSupervisedBinning", ml => ml.Transforms.NormalizeSupervisedBinning("Scaled", "Features", "Kind")),
        Row("NormalizeRobustScaling", ml => ml.Transforms.NormalizeRobustScaling("Scaled", "Features")),
        Row("NormalizeLpNorm", ml => ml.Transforms.NormalizeLpNorm("Scaled", "Features", ensureZeroMean: true)),
        Row("NormalizeLpNorm by the largest", ml => ml.Transforms.NormalizeLpNorm("Scaled", "Features", LpNormNormalizingEstimatorBase.NormFunction.Infinity)),
        Row("NormalizeGlobalContrast", ml => ml.Transforms.NormalizeGlobalContrast("Scaled", "Features")),
        Missing("ReplaceMissingValues", ml => ml.Transforms.ReplaceMissingValues("Whole", "Features", MissingValueReplacingEstimator.ReplacementMode.Mean)),
        Missing("IndicateMissingValues", ml => ml.Transforms.IndicateMissingValues("IsMissing", "Features")),
        Row("ProjectToPrincipalComponents", ml => ml.Transforms.ProjectToPrincipalComponents("Projected", "Features", rank: 2)),
        Row("VectorWhiten", ml => ml.Transforms.VectorWhiten("White", "Features")),
        Row("ApproximatedKernelMap", ml => ml.Transforms.ApproximatedKernelMap("Kernel", "Features", rank: 6)),
        Row("ApproximatedKernelMap with sines", ml => ml.Transforms.ApproximatedKernelMap("Kernel", "Features", rank: 6, useCosAndSinBases: true)),
        Row("ConvertType", ml => ml.Transforms.Conversion.ConvertType("Whole", "Count", DataKind.Int32).Append(ml.Transforms.Conversion.ConvertType("Truth", "IsPositive", DataKind.Single))
            .Append(ml.Transforms.Conversion.ConvertType("Key", "Kind", DataKind.Single)).Append(ml.Transforms.Conversion.ConvertType("Text", "Whole", DataKind.String))),
        Row("MapValueToKey of numbers", ml => ml.Transforms.Conversion.MapValueToKey("Key", "Count")),
        Row("MapKeyToVector", ml => ml.Transforms.Conversion.MapKeyToVector("Hot", "Kind")),
        Row("MapKeyToBinaryVector", ml => ml.Transforms.Conversion.MapKeyToBinaryVector("Bits", "Kind")),
        Row("SelectColumns", ml => ml.Transforms.CopyColumns("Copy", "Label").Append(ml.Transforms.SelectColumns("Copy", "Features"))),
        Row("SelectFeaturesBasedOnCount", ml => ml.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Chosen", "Features", "Kind", slotsInOutput: 2)),
        Row("ClipOutliers", ml => ml.Transforms.ClipOutliers("Clipped", "Features").Append(ml.Transforms.IndicateOutliers("IsOutlier", "Features"))),
        Missing("ImputeMissingValues", ml => ml.Transforms.ImputeMissingValues("Whole", "Features")),
        Row("CalibrateTemperature", ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Kind").Append(ml.MulticlassClassification.Calibrators.Temperature("Kind"))),
        Row("BlendPredictions", ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Kind").Append(ml.Transforms.CopyColumns("First", "Score"))
            .Append(ml.MulticlassClassification.Trainers.LightGbm("Kind")).Append(ml.Transforms.CopyColumns("Second", "Score"))
            .Append(ml.Transforms.BlendPredictions(["First", "Second"], [1, 3], "Kind"))),
        Row("MatrixFactorization", ml => ml.Transforms.CopyColumns("Column", "Group").Append(ml.Recommendation().Trainers.MatrixFactorization("Label", "Group", "Kind", approximationRank: 4))),
        Row("Hash of numbers and keys", ml => ml.Transforms.Conversion.Hash("Keys", "Kind").Append(ml.Transforms.Conversion.ConvertType("Long", "Label", DataKind.Int64)).Append(ml.Transforms.Conversion.Hash("Longs", "Long", numberOfBits: 31))
            .Append(ml.Transforms.Conversion.ConvertType("Int", "Label", DataKind.Int32)).Append(ml.Transforms.Conversion.Hash("Ints", "Int")).Append(ml.Transforms.Conversion.Hash("Truths", "IsPositive"))),
        Row("Expression", ml => ml.Transforms.Expression("Value", "(x, y) => x < 0 ? exp(x) * 2 : with(r = sqrt(abs(y)); r ^ 1.5 + atan(x) % 2 - min(x, y))", "Label", "Count")
            .Append(ml.Transforms.Expression("Truth", "(v, n) => 0 < v <= 0.5 or n = 1", "Features", "Count"))),
        new("FeaturizeDateTime", ml => (ml.Transforms.FeaturizeDateTime("Numbers", "Date"), new MemoryView().Add("Date", Dates()))),
        Row("TreeEnsembleFeaturization", ml => ml.Transforms.FeaturizeByFastTreeRegression(new MLPipelines.Trainers.FastTree.FastTreeRegressionFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            LeavesColumnName = "Leaves",
            PathsColumnName = "Paths",
            TrainerOptions = new MLPipelines.Trainers.FastTree.FastTreeRegressionTrainer.Options { FeatureColumnName = "Features", LabelColumnName = "Label", NumberOfTrees = 5 },
        })),
    ];

    /// <summary>Days of all months, of leap years and of centuries, and a missing one.</summary>
    private static DateTime[] Dates() =>
    [
        default, new(1, 1, 1, 0, 0, 1), new(1600, 2, 29), new(1900, 2, 28, 23, 59, 59), new(1900, 3, 1), new(1969, 12, 31, 12, 30, 0), DateTime.UnixEpoch, new(2000, 2, 29), new(2024, 12, 31, 6, 0, 0), new(9999, 12, 31),
        .. Enumerable.Range(0, 150).Select(i => new DateTime(1990, 1, 15, 7, 30, 0).AddDays(i * 97)),
    ];

    private static ParityRow Row(string name, Func<MLContext, IEstimator<ITransformer>> create) => new(name, ml => (create(ml), Examples.Numbers()));

    private static ParityRow Missing(string name, Func<MLContext, IEstimator<ITransformer>> create) => new(name, ml => (create(ml), Examples.Numbers(hasMissing: true)));
}
