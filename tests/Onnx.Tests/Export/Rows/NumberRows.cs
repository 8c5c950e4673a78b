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
        Row("TreeEnsembleFeaturization", ml => ml.Transforms.FeaturizeByFastTreeRegression(new MLPipelines.Trainers.FastTree.FastTreeRegressionFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            LeavesColumnName = "Leaves",
            PathsColumnName = "Paths",
            TrainerOptions = new MLPipelines.Trainers.FastTree.FastTreeRegressionTrainer.Options { FeatureColumnName = "Features", LabelColumnName = "Label", NumberOfTrees = 5 },
        })),
    ];

    private static ParityRow Row(string name, Func<MLContext, IEstimator<ITransformer>> create) => new(name, ml => (create(ml), Examples.Numbers()));

    private static ParityRow Missing(string name, Func<MLContext, IEstimator<ITransformer>> create) => new(name, ml => (create(ml), Examples.Numbers(hasMissing: true)));
}
