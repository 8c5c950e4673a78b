using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Settings of an experiment with two classes.</summary>
public sealed class BinaryExperimentSettings : ExperimentSettings
{
    /// <summary>What is optimized. Default accuracy.</summary>
    public BinaryClassificationMetric OptimizingMetric { get; set; } = BinaryClassificationMetric.Accuracy;

    /// <summary>The trainers to choose from. Default all.</summary>
    public ICollection<BinaryClassificationTrainer> Trainers { get; } = [.. Enum.GetValues<BinaryClassificationTrainer>()];

    /// <summary>There for programs written for ML.NET; the experiment has one tuner.</summary>
    public bool UseAutoZeroTuner { get; set; }
}

/// <summary>Trainers of an experiment with two classes.</summary>
public enum BinaryClassificationTrainer
{
    /// <summary>A forest of trees.</summary>
    FastForest,

    /// <summary>Boosted trees.</summary>
    FastTree,

    /// <summary>Boosted trees that grow leaf by leaf.</summary>
    LightGbm,

    /// <summary>Logistic regression by L-BFGS.</summary>
    LbfgsLogisticRegression,

    /// <summary>Logistic regression by dual coordinate ascent.</summary>
    SdcaLogisticRegression,
}

/// <summary>An experiment with two classes; the label is a truth value.</summary>
public sealed class BinaryClassificationExperiment : ExperimentBase<BinaryClassificationMetrics, BinaryExperimentSettings>
{
    internal BinaryClassificationExperiment(MLContext context, BinaryExperimentSettings settings) : base(context, settings) { }

    private protected override TaskMetric<BinaryClassificationMetrics> Metric(ColumnInformation columns) => new BinaryMetric(Settings.OptimizingMetric, columns.LabelColumnName, "PredictedLabel");

    private protected override SweepablePipeline Trainers(SweepablePipeline featurizing, ColumnInformation columns) =>
        featurizing.Append(Context.Auto().BinaryClassification(columns.LabelColumnName, Features, columns.ExampleWeightColumnName,
            useFastForest: Settings.Trainers.Contains(BinaryClassificationTrainer.FastForest),
            useLgbm: Settings.Trainers.Contains(BinaryClassificationTrainer.LightGbm),
            useFastTree: Settings.Trainers.Contains(BinaryClassificationTrainer.FastTree),
            useLbfgsLogisticRegression: Settings.Trainers.Contains(BinaryClassificationTrainer.LbfgsLogisticRegression),
            useSdcaLogisticRegression: Settings.Trainers.Contains(BinaryClassificationTrainer.SdcaLogisticRegression)));
}
