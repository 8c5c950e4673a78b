using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Settings of an experiment that predicts numbers.</summary>
public sealed class RegressionExperimentSettings : ExperimentSettings
{
    /// <summary>What is optimized. Default R².</summary>
    public RegressionMetric OptimizingMetric { get; set; } = RegressionMetric.RSquared;

    /// <summary>The trainers to choose from. Default all.</summary>
    public ICollection<RegressionTrainer> Trainers { get; } = [.. Enum.GetValues<RegressionTrainer>()];
}

/// <summary>Trainers of an experiment that predicts numbers.</summary>
public enum RegressionTrainer
{
    /// <summary>A forest of trees.</summary>
    FastForest,

    /// <summary>Boosted trees.</summary>
    FastTree,

    /// <summary>Boosted trees of a Tweedie distribution. As in ML.NET's present AutoML it chooses nothing.</summary>
    FastTreeTweedie,

    /// <summary>Boosted trees that grow leaf by leaf.</summary>
    LightGbm,

    /// <summary>Poisson regression by L-BFGS.</summary>
    LbfgsPoissonRegression,

    /// <summary>Linear regression by dual coordinate ascent.</summary>
    StochasticDualCoordinateAscent,
}

/// <summary>An experiment that predicts numbers; the label is a Single.</summary>
public sealed class RegressionExperiment : ExperimentBase<RegressionMetrics, RegressionExperimentSettings>
{
    internal RegressionExperiment(MLContext context, RegressionExperimentSettings settings) : base(context, settings) { }

    private protected override TaskMetric<RegressionMetrics> Metric(ColumnInformation columns) => new RegressionTaskMetric(Settings.OptimizingMetric, columns.LabelColumnName, "Score");

    private protected override SweepablePipeline Trainers(SweepablePipeline featurizing, ColumnInformation columns) =>
        featurizing.Append(Context.Auto().Regression(columns.LabelColumnName, Features, columns.ExampleWeightColumnName,
            useFastForest: Settings.Trainers.Contains(RegressionTrainer.FastForest),
            useLgbm: Settings.Trainers.Contains(RegressionTrainer.LightGbm),
            useFastTree: Settings.Trainers.Contains(RegressionTrainer.FastTree),
            useLbfgsPoissonRegression: Settings.Trainers.Contains(RegressionTrainer.LbfgsPoissonRegression),
            useSdca: Settings.Trainers.Contains(RegressionTrainer.StochasticDualCoordinateAscent)));
}

/// <summary>The best of several trials.</summary>
public static class RegressionExperimentResultExtensions
{
    /// <summary>The trial with the best metric; those that failed are left out.</summary>
    public static RunDetail<RegressionMetrics> Best(this IEnumerable<RunDetail<RegressionMetrics>> results, RegressionMetric metric = RegressionMetric.RSquared)
    {
        var task = new RegressionTaskMetric(metric, "", "");
        return results.Where(run => run.ValidationMetrics is not null).MinBy(run => task.LossOf(run.ValidationMetrics))!;
    }

    /// <summary>The trial whose folds have the best mean of the metric; those that failed are left out.</summary>
    public static CrossValidationRunDetail<RegressionMetrics> Best(this IEnumerable<CrossValidationRunDetail<RegressionMetrics>> results, RegressionMetric metric = RegressionMetric.RSquared)
    {
        var task = new RegressionTaskMetric(metric, "", "");
        return results.Where(run => run.Results.All(fold => fold.ValidationMetrics is not null)).MinBy(run => run.Results.Average(fold => task.LossOf(fold.ValidationMetrics)))!;
    }
}
