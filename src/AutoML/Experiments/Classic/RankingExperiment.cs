using MLPipelines.AutoML.CodeGen;
using MLPipelines.Data;
using MLPipelines.SearchSpace;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.AutoML;

/// <summary>Settings of an experiment that ranks.</summary>
public sealed class RankingExperimentSettings : ExperimentSettings
{
    /// <summary>What is optimized. Default NDCG.</summary>
    public RankingMetric OptimizingMetric { get; set; } = RankingMetric.Ndcg;

    /// <summary>The trainers to choose from. Default all.</summary>
    public ICollection<RankingTrainer> Trainers { get; } = [.. Enum.GetValues<RankingTrainer>()];

    /// <summary>How many places of each group count. Default 10.</summary>
    public uint OptimizationMetricTruncationLevel { get; set; } = 10;
}

/// <summary>Trainers of an experiment that ranks.</summary>
public enum RankingTrainer
{
    /// <summary>Boosted trees that grow leaf by leaf.</summary>
    LightGbmRanking,

    /// <summary>Boosted trees.</summary>
    FastTreeRanking,
}

/// <summary>An experiment that ranks the rows of groups; the label is a relevance, and the groups may be of any type.</summary>
public sealed class RankingExperiment : ExperimentBase<RankingMetrics, RankingExperimentSettings>
{
    internal RankingExperiment(MLContext context, RankingExperimentSettings settings) : base(context, settings) { }

    private protected override TaskMetric<RankingMetrics> Metric(ColumnInformation columns) =>
        new RankingTaskMetric(Settings.OptimizingMetric, columns.LabelColumnName, Group(columns), "Score", Settings.OptimizationMetricTruncationLevel);

    private protected override SweepablePipeline Trainers(SweepablePipeline featurizing, ColumnInformation columns) =>
        featurizing.Append(Context.Transforms.Conversion.Hash(Group(columns)))
            .Append(Context.Auto().Ranking(columns.LabelColumnName, Features, Group(columns), columns.ExampleWeightColumnName,
                useLgbm: Settings.Trainers.Contains(RankingTrainer.LightGbmRanking), useFastTree: Settings.Trainers.Contains(RankingTrainer.FastTreeRanking)));

    private protected override string? SamplingKey(ColumnInformation columns) => Group(columns);

    private protected override ColumnInformation Information(string labelColumnName, string? samplingKeyColumn) => new()
    {
        LabelColumnName = labelColumnName,
        GroupIdColumnName = samplingKeyColumn ?? "GroupId",
        SamplingKeyColumnName = samplingKeyColumn ?? "GroupId",
    };

    private static string Group(ColumnInformation columns) => columns.GroupIdColumnName ?? "GroupId";
}

/// <summary>The best of several trials.</summary>
public static class RankingExperimentResultExtensions
{
    /// <summary>The trial with the best metric; those that failed are left out.</summary>
    public static RunDetail<RankingMetrics> Best(this IEnumerable<RunDetail<RankingMetrics>> results, RankingMetric metric = RankingMetric.Ndcg, uint optimizationMetricTruncationLevel = 10)
    {
        var task = new RankingTaskMetric(metric, "", "", "", optimizationMetricTruncationLevel);
        return results.Where(run => run.ValidationMetrics is not null).MinBy(run => task.LossOf(run.ValidationMetrics))!;
    }

    /// <summary>The trial whose folds have the best mean of the metric; those that failed are left out.</summary>
    public static CrossValidationRunDetail<RankingMetrics> Best(this IEnumerable<CrossValidationRunDetail<RankingMetrics>> results, RankingMetric metric = RankingMetric.Ndcg, uint optimizationMetricTruncationLevel = 10)
    {
        var task = new RankingTaskMetric(metric, "", "", "", optimizationMetricTruncationLevel);
        return results.Where(run => run.Results.All(fold => fold.ValidationMetrics is not null)).MinBy(run => run.Results.Average(fold => task.LossOf(fold.ValidationMetrics)))!;
    }
}
