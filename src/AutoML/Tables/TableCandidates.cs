using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;
using MLPipelines.Trainers;

namespace MLPipelines.AutoML;

/// <summary>The chains that an experiment over a table chooses from.</summary>
internal static class TableCandidates
{
    private const string Features = "Features";

    internal static SweepablePipeline For(MLContext context, TabularExperimentOptions options, PreparedTable table, IDataView data)
    {
        string[] texts = [.. data.Schema.Where(column => column.Type is Data.TextDataViewType && column.Name != options.LabelColumn).Select(column => column.Name)];
        if (options.Task == AutoMLTask.Classification && texts.Length > 0) return TextCandidate.Of(texts, table.Label.Column, Features, table.All.ScoreCount, 0);
        string[] numbers = [.. data.Schema.Where(column => column.Type is Data.NumberDataViewType && column.Name != options.LabelColumn).Select(column => column.Name)];
        var concatenate = new SweepableEstimator((c, _) => c.Transforms.Concatenate(Features, numbers), new SearchSpace.SearchSpace()) { Name = "Concatenate", Code = _ => $"mlContext.Transforms.Concatenate({CSharpText.Of(Features)}, {CSharpText.List(numbers)})" };
        var normalize = new SweepableEstimator((c, _) => c.Transforms.NormalizeMeanVariance(Features), new SearchSpace.SearchSpace()) { Name = "Normalize", Code = _ => $"mlContext.Transforms.NormalizeMeanVariance({CSharpText.Of(Features)})" };
        var space = new SearchSpace.SearchSpace { ["L2"] = new UniformSingleOption(1e-4f, 10, logBase: true, defaultValue: 1f) };
        SweepableEstimator trainer = options.Task == AutoMLTask.Regression
            ? new SweepableEstimator((c, p) => c.Regression.Trainers.Ols(new OlsTrainer.Options { LabelColumnName = table.Label.Column, L2Regularization = p["L2"].AsType<float>() }), space) { Name = "Ols", IsTrainer = true, Code = p => $"mlContext.Regression.Trainers.Ols(new OlsTrainer.Options {{ LabelColumnName = {CSharpText.Of(table.Label.Column)}, L2Regularization = {CSharpText.Of(p["L2"].AsType<float>())} }})" }
            : table.Label.TruthColumn is { } truth
                ? new SweepableEstimator((c, p) => c.BinaryClassification.Trainers.LbfgsLogisticRegression(truth, Features, l2Regularization: p["L2"].AsType<float>()), space) { Name = "LbfgsLogisticRegression", IsTrainer = true, Code = p => $"mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression({CSharpText.Of(truth)}, \"Features\", l2Regularization: {CSharpText.Of(p["L2"].AsType<float>())})" }
                : new SweepableEstimator((c, p) => c.MulticlassClassification.Trainers.LbfgsMaximumEntropy(table.Label.Column, Features, l2Regularization: p["L2"].AsType<float>()), space) { Name = "LbfgsMaximumEntropy", IsTrainer = true, Code = p => $"mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy({CSharpText.Of(table.Label.Column)}, \"Features\", l2Regularization: {CSharpText.Of(p["L2"].AsType<float>())})" };
        return new SweepablePipeline().Append(concatenate).Append(normalize).Append(trainer);
    }
}
