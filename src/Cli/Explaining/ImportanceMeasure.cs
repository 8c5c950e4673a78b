using MLPipelines.Cli.Apply;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Data;

namespace MLPipelines.Cli.Explaining;

/// <summary>Measures how much each column matters.</summary>
internal static class ImportanceMeasure
{
    /// <param name="labelled">Measures the model.</param>
    /// <param name="rows">Rows with labels, in memory.</param>
    /// <param name="metric">The metric whose change is the importance.</param>
    /// <param name="permutations">How many times the values of each column are dealt out.</param>
    /// <param name="before">The metrics of the rows as they are.</param>
    /// <param name="environment">Where the seed comes from.</param>
    internal static List<ColumnImportance> Permutation(LabelledRows labelled, CachedView rows, (string Name, bool IsError) metric, int permutations, Evaluation before, TrainingEnvironment environment)
    {
        List<ColumnImportance> importance = [];
        double usual = Value(before);
        foreach (string column in labelled.Columns.Needed)
        {
            var statistics = new MetricStatistics();
            // A seed per column: adding a column to a model does not change what the others come to.
            var random = new Random(environment.SeedFor("explain " + column));
            for (int i = 0; i < permutations; i++)
            {
                double dealt = Value(labelled.Measure(PermutedColumn.Of(rows, rows.Schema[column].Index, random)));
                statistics.Add(metric.IsError ? dealt - usual : usual - dealt);
            }
            importance.Add(new ColumnImportance(column, statistics.Mean, permutations > 1 ? statistics.StandardError : double.NaN));
        }
        return importance;

        double Value(Evaluation evaluation) => evaluation.Metrics.First(pair => pair.Key == metric.Name).Value;
    }

    /// <summary>The mean size of what each column contributes to a row's score.</summary>
    internal static List<ColumnImportance> Contribution(ExplainedModel model, IDataView rows, FeatureSources sources, CancellationToken cancellation)
    {
        double[] sizes = new double[sources.Names.Count];
        long count = new RowExplainer(model, rows, sources).ForEach([], (row, _, _) =>
        {
            for (int i = 0; i < sizes.Length; i++) sizes[i] += Math.Abs(row.Contributions[i]);
        }, cancellation);
        return [.. sources.Names.Select((name, i) => new ColumnImportance(name, sizes[i] / Math.Max(1, count)))];
    }

    /// <summary>Shares of the gain, or of the number, of all splits.</summary>
    internal static List<ColumnImportance> Splits(ExplainedModel model, FeatureSources sources, bool byGain)
    {
        double[] sums = new double[sources.Names.Count], own = new double[sums.Length];
        for (int part = 0; part < model.Parts.Count; part++)
        {
            Array.Clear(own);
            foreach (var trees in model.Parts[part].Trees) sources.Add<double>(part, byGain ? trees.FeatureGains() : trees.FeatureSplits(), 1, own);
            // Parts of a blend count by their weights, however many trees they have.
            double total = own.Sum();
            for (int i = 0; i < sums.Length && total > 0; i++) sums[i] += model.Parts[part].Weight * own[i] / total;
        }
        double all = sums.Sum();
        return [.. sources.Names.Select((name, i) => new ColumnImportance(name, all > 0 ? sums[i] / all : 0))];
    }
}
