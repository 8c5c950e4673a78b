using MLPipelines.AutoML.Tests.Tables;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.AutoML.Tests.Experiments;

public class OlderExperimentTests
{
    private readonly MLContext _context = new(seed: 2);

    [Fact]
    public void Two_classes()
    {
        var settings = new BinaryExperimentSettings { MaxModels = 2 };
        settings.Trainers.Remove(BinaryClassificationTrainer.FastForest);
        ExperimentResult<BinaryClassificationMetrics> result = _context.Auto().CreateBinaryClassificationExperiment(settings).Execute(Truths());
        Assert.Equal(2, result.RunDetails.Count());
        Assert.True(result.BestRun.ValidationMetrics.Accuracy > 0.85);
        Assert.Equal(result.RunDetails.Max(run => run.ValidationMetrics.Accuracy), result.BestRun.ValidationMetrics.Accuracy, 0.05);
        // The model of all rows, from the columns as they were.
        Assert.True(_context.BinaryClassification.EvaluateNonCalibrated(result.BestRun.Model!.Transform(Truths(seed: 3))).Accuracy > 0.85);
        Assert.NotNull(result.BestRun.Estimator.Fit(Truths()));
    }

    [Fact]
    public void Several_classes_of_texts_come_back_as_texts()
    {
        var settings = new MulticlassExperimentSettings { MaxModels = 1 };
        var data = new MemoryView().Add("X", [.. Enumerable.Range(0, 90).Select(i => (float)(i % 3) + (i * 0.001f))]).AddText("Label", [.. Enumerable.Range(0, 90).Select(i => ((string[])["low", "middle", "high"])[i % 3])]);
        var result = _context.Auto().CreateMulticlassClassificationExperiment(settings).Execute(data);
        Assert.Equal(data.GetColumn<string>("Label"), result.BestRun.Model!.Transform(data).GetColumn<string>("PredictedLabel"));
        Assert.Equal(1, result.BestRun.ValidationMetrics.MicroAccuracy, 1e-9);
    }

    [Fact]
    public void Numbers_with_rows_to_validate_with_and_a_featurizer_before()
    {
        var settings = new RegressionExperimentSettings { MaxModels = 2, OptimizingMetric = RegressionMetric.RootMeanSquaredError };
        List<RunDetail<RegressionMetrics>> told = [];
        var result = _context.Auto().CreateRegressionExperiment(settings).Execute(SomeTables.Numbers(), SomeTables.Numbers(seed: 4), "Price",
            _context.Transforms.CopyColumns("Copy", "X"), new Told<RunDetail<RegressionMetrics>>(told.Add));
        Assert.Equal(2, told.Count);
        Assert.Equal(result.RunDetails.Min(run => run.ValidationMetrics.RootMeanSquaredError), result.BestRun.ValidationMetrics.RootMeanSquaredError);
        Assert.Same(result.BestRun.Model, result.RunDetails.Best(RegressionMetric.RootMeanSquaredError).Model);
    }

    [Fact]
    public void Folds_are_told_one_by_one()
    {
        var settings = new RegressionExperimentSettings { MaxModels = 1 };
        var result = _context.Auto().CreateRegressionExperiment(settings).Execute(SomeTables.Numbers(), 3, new ColumnInformation { LabelColumnName = "Price" });
        Assert.Equal(3, result.BestRun.Results.Count());
        Assert.All(result.BestRun.Results, fold => Assert.True(fold.ValidationMetrics.RSquared > 0.5 && fold.Model is not null));
    }

    [Fact]
    public void Rankings_of_groups_of_texts()
    {
        var random = new Random(1);
        float[] relevance = [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(4))];
        var data = new MemoryView().Add("Label", relevance).AddText("GroupId", [.. Enumerable.Range(0, 300).Select(i => $"query {i / 10}")])
            .Add("X", [.. relevance.Select(value => value + random.NextSingle())]).Add("Y", [.. relevance.Select(_ => random.NextSingle())]);
        var result = _context.Auto().CreateRankingExperiment(new RankingExperimentSettings { MaxModels = 1 }).Execute(data);
        Assert.True(result.BestRun.ValidationMetrics.NormalizedDiscountedCumulativeGains[^1] > 0.9);
    }

    private static IDataView Truths(int seed = 1)
    {
        IDataView table = SomeTables.TwoClasses(200, seed);
        return new MLContext(1).Transforms.Conversion.MapValue("Label", new KeyValuePair<string, bool>[] { new("yes", true), new("no", false) }, "Answer")
            .Append(new MLContext(1).Transforms.SelectColumns("X", "Y", "City", "Label")).Fit(table).Transform(table);
    }

    private sealed class Told<T>(Action<T> hear) : IProgress<T>
    {
        public void Report(T value) => hear(value);
    }
}
