using MLPipelines.AutoML.CodeGen;
using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Transforms;
using static MLPipelines.AutoML.CSharpExpression;

namespace MLPipelines.AutoML;

/// <summary>
/// The linear trainers that a search may choose. Linear models need what trees do not: numbers for what is missing, and features
/// of like size; both are part of the trainer here, in a column of its own.
/// </summary>
internal static class LinearTrainers
{
    private const string Scaled = "__Scaled";
    private const float Tolerance = 1e-5f;
    private const int MaximumIterations = 300;

    public static SweepableTrainer<LbfgsOption> LbfgsLogisticRegressionBinary { get; } = new("LbfgsLogisticRegressionBinary",
        (context, o) => After(context, o, o.Scaling, context.BinaryClassification.Trainers.LbfgsLogisticRegression(Lbfgs<LbfgsLogisticRegressionBinaryTrainer.Options>(o))),
        o => CodeAfter(o, o.Scaling, $"mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression({Code("LbfgsLogisticRegressionBinaryTrainer.Options", o)})")) { Cost = _ => 80, StartingPoints = [new() { L2Regularization = 0.05f }, new() { L2Regularization = 20 }] };

    public static SweepableTrainer<LbfgsOption> LbfgsLogisticRegressionOva { get; } = new("LbfgsLogisticRegressionOva",
        (context, o) => After(context, o, o.Scaling, context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.LbfgsLogisticRegression(Lbfgs<LbfgsLogisticRegressionBinaryTrainer.Options>(o)), o.LabelColumnName)),
        o => CodeAfter(o, o.Scaling, $"mlContext.MulticlassClassification.Trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression({Code("LbfgsLogisticRegressionBinaryTrainer.Options", o)}), {Literal(o.LabelColumnName)})")) { Cost = _ => 120 };

    public static SweepableTrainer<LbfgsOption> LbfgsMaximumEntropyMulti { get; } = new("LbfgsMaximumEntropyMulti",
        (context, o) => After(context, o, o.Scaling, context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(Lbfgs<LbfgsMaximumEntropyMulticlassTrainer.Options>(o))),
        o => CodeAfter(o, o.Scaling, $"mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy({Code("LbfgsMaximumEntropyMulticlassTrainer.Options", o)})")) { Cost = _ => 80, StartingPoints = [new() { L2Regularization = 0.05f }, new() { L2Regularization = 20 }] };

    public static SweepableTrainer<LbfgsOption> LbfgsPoissonRegressionRegression { get; } = new("LbfgsPoissonRegressionRegression",
        (context, o) => After(context, o, o.Scaling, context.Regression.Trainers.LbfgsPoissonRegression(Lbfgs<LbfgsPoissonRegressionTrainer.Options>(o))),
        o => CodeAfter(o, o.Scaling, $"mlContext.Regression.Trainers.LbfgsPoissonRegression({Code("LbfgsPoissonRegressionTrainer.Options", o)})")) { Cost = _ => 80 };

    public static SweepableTrainer<SdcaOption> SdcaLogisticRegressionBinary { get; } = new("SdcaLogisticRegressionBinary",
        (context, o) => After(context, o, o.Scaling, context.BinaryClassification.Trainers.SdcaLogisticRegression(Sdca<SdcaLogisticRegressionBinaryTrainer.Options>(o))),
        o => CodeAfter(o, o.Scaling, $"mlContext.BinaryClassification.Trainers.SdcaLogisticRegression({Code("SdcaLogisticRegressionBinaryTrainer.Options", o)})")) { Cost = _ => 80 };

    public static SweepableTrainer<SdcaOption> SdcaLogisticRegressionOva { get; } = new("SdcaLogisticRegressionOva",
        (context, o) => After(context, o, o.Scaling, context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.SdcaLogisticRegression(Sdca<SdcaLogisticRegressionBinaryTrainer.Options>(o)), o.LabelColumnName)),
        o => CodeAfter(o, o.Scaling, $"mlContext.MulticlassClassification.Trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.SdcaLogisticRegression({Code("SdcaLogisticRegressionBinaryTrainer.Options", o)}), {Literal(o.LabelColumnName)})")) { Cost = _ => 80 };

    public static SweepableTrainer<SdcaOption> SdcaMaximumEntropyMulti { get; } = new("SdcaMaximumEntropyMulti",
        (context, o) => After(context, o, o.Scaling, context.MulticlassClassification.Trainers.SdcaMaximumEntropy(Sdca<SdcaMaximumEntropyMulticlassTrainer.Options>(o))),
        o => CodeAfter(o, o.Scaling, $"mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy({Code("SdcaMaximumEntropyMulticlassTrainer.Options", o)})")) { Cost = _ => 80 };

    public static SweepableTrainer<SdcaOption> SdcaRegression { get; } = new("SdcaRegression",
        (context, o) => After(context, o, o.Scaling, context.Regression.Trainers.Sdca(Sdca<SdcaRegressionTrainer.Options>(o))),
        o => CodeAfter(o, o.Scaling, $"mlContext.Regression.Trainers.Sdca({Code("SdcaRegressionTrainer.Options", o)})")) { Cost = _ => 80 };

    public static SweepableTrainer<LinearSvmOption> LinearSvmMulti { get; } = new("LinearSvmMulti",
        (context, o) => context.MulticlassClassification.Trainers.LinearSvm(o.LabelColumnName, o.FeatureColumnName,
            new LinearSvmMulticlassOptions { Cost = o.Cost, PriorStrength = o.PriorStrength, ExampleWeightColumnName = o.ExampleWeightColumnName }),
        o => $"mlContext.MulticlassClassification.Trainers.LinearSvm({Literal(o.LabelColumnName)}, {Literal(o.FeatureColumnName)}, {New("LinearSvmMulticlassOptions",
            ("Cost", o.Cost), ("PriorStrength", o.PriorStrength), ("ExampleWeightColumnName", o.ExampleWeightColumnName))})")
    {
        Cost = _ => 15,
        StartingPoints = [new() { Cost = 0.5f }, new() { Cost = 1, PriorStrength = 0 }],
    };

    private static T Lbfgs<T>(LbfgsOption o) where T : LbfgsOptionsBase, new() => new()
    {
        LabelColumnName = o.LabelColumnName, FeatureColumnName = Scaled, ExampleWeightColumnName = o.ExampleWeightColumnName!,
        L1Regularization = o.L1Regularization, L2Regularization = o.L2Regularization, OptimizationTolerance = Tolerance, MaximumNumberOfIterations = MaximumIterations,
    };

    private static string Code(string type, LbfgsOption o) => New(type, ("LabelColumnName", o.LabelColumnName), ("FeatureColumnName", Scaled),
        ("ExampleWeightColumnName", o.ExampleWeightColumnName), ("L1Regularization", o.L1Regularization), ("L2Regularization", o.L2Regularization),
        ("OptimizationTolerance", Tolerance), ("MaximumNumberOfIterations", MaximumIterations));

    private static T Sdca<T>(SdcaOption o) where T : SdcaOptionsBase, new() => new()
    {
        LabelColumnName = o.LabelColumnName, FeatureColumnName = Scaled, ExampleWeightColumnName = o.ExampleWeightColumnName!,
        L1Regularization = o.L1Regularization, L2Regularization = o.L2Regularization, BiasLearningRate = 1,
    };

    private static string Code(string type, SdcaOption o) => New(type, ("LabelColumnName", o.LabelColumnName), ("FeatureColumnName", Scaled),
        ("ExampleWeightColumnName", o.ExampleWeightColumnName), ("L1Regularization", o.L1Regularization), ("L2Regularization", o.L2Regularization), ("BiasLearningRate", 1));

    private static EstimatorChain<ITransformer> After(MLContext context, TrainerOption o, FeatureScaling scaling, IEstimator<ITransformer> trainer)
    {
        EstimatorChain<ITransformer> chain = new EstimatorChain<ITransformer>().Append<ITransformer>(
            context.Transforms.ReplaceMissingValues(Scaled, o.FeatureColumnName, MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (scaling == FeatureScaling.Deviation) chain = chain.Append<ITransformer>(context.Transforms.NormalizeMeanVariance(Scaled));
        return chain.AppendCacheCheckpoint().Append(trainer);
    }

    private static string CodeAfter(TrainerOption o, FeatureScaling scaling, string trainer)
    {
        string fill = $"mlContext.Transforms.ReplaceMissingValues({Literal(Scaled)}, {Literal(o.FeatureColumnName)}, MissingValueReplacingEstimator.ReplacementMode.Mean)";
        return $"{fill}{(scaling == FeatureScaling.Deviation ? $".Append(mlContext.Transforms.NormalizeMeanVariance({Literal(Scaled)}))" : "")}.Append({trainer})";
    }
}
