using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Settings of an experiment with several classes.</summary>
public sealed class MulticlassExperimentSettings : ExperimentSettings
{
    /// <summary>What is optimized. Default the accuracy over all rows.</summary>
    public MulticlassClassificationMetric OptimizingMetric { get; set; } = MulticlassClassificationMetric.MicroAccuracy;

    /// <summary>The trainers to choose from. Default all.</summary>
    public ICollection<MulticlassClassificationTrainer> Trainers { get; } = [.. Enum.GetValues<MulticlassClassificationTrainer>()];
}

/// <summary>Trainers of an experiment with several classes.</summary>
public enum MulticlassClassificationTrainer
{
    /// <summary>A forest of trees for each class.</summary>
    FastForestOva,

    /// <summary>Boosted trees for each class.</summary>
    FastTreeOva,

    /// <summary>Boosted trees of all classes.</summary>
    LightGbm,

    /// <summary>Multinomial logistic regression by L-BFGS.</summary>
    LbfgsMaximumEntropy,

    /// <summary>Logistic regression by L-BFGS for each class.</summary>
    LbfgsLogisticRegressionOva,

    /// <summary>Multinomial logistic regression by dual coordinate ascent.</summary>
    SdcaMaximumEntropy,
}

/// <summary>An experiment with several classes; the label is of any type. The model's <c>PredictedLabel</c> has the label's own values.</summary>
public sealed class MulticlassClassificationExperiment : ExperimentBase<MulticlassClassificationMetrics, MulticlassExperimentSettings>
{
    internal MulticlassClassificationExperiment(MLContext context, MulticlassExperimentSettings settings) : base(context, settings) { }

    private protected override TaskMetric<MulticlassClassificationMetrics> Metric(ColumnInformation columns) => new MulticlassMetric(Settings.OptimizingMetric, columns.LabelColumnName, "PredictedLabel");

    private protected override SweepablePipeline Trainers(SweepablePipeline featurizing, ColumnInformation columns) =>
        featurizing.Append(Context.Transforms.Conversion.MapValueToKey(columns.LabelColumnName))
            .Append(Context.Auto().MultiClassification(columns.LabelColumnName, Features, columns.ExampleWeightColumnName,
                useFastForest: Settings.Trainers.Contains(MulticlassClassificationTrainer.FastForestOva),
                useLgbm: Settings.Trainers.Contains(MulticlassClassificationTrainer.LightGbm),
                useFastTree: Settings.Trainers.Contains(MulticlassClassificationTrainer.FastTreeOva),
                useLbfgsMaximumEntrophy: Settings.Trainers.Contains(MulticlassClassificationTrainer.LbfgsMaximumEntropy),
                useLbfgsLogisticRegression: Settings.Trainers.Contains(MulticlassClassificationTrainer.LbfgsLogisticRegressionOva),
                useSdcaMaximumEntrophy: Settings.Trainers.Contains(MulticlassClassificationTrainer.SdcaMaximumEntropy),
                useSdcaLogisticRegression: false))
            .Append(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
