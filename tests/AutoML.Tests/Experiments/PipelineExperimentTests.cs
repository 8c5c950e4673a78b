using MLPipelines.AutoML.Tests.Tables;
using MLPipelines.Data;

namespace MLPipelines.AutoML.Tests.Experiments;

public class PipelineExperimentTests
{
    [Fact]
    public void A_winner_that_was_cross_validated_learns_from_all_rows()
    {
        IDataView data = SomeTables.Numbers();
        var context = new MLContext(4);
        SweepablePipeline pipeline = context.Auto().Featurizer(data, excludeColumns: ["Price"]).Append(context.Auto().Regression("Price", useFastForest: false, useFastTree: false, useLgbm: false, useLbfgsPoissonRegression: false));
        AutoMLExperiment experiment = context.Auto().CreateExperiment().SetPipeline(pipeline).SetDataset(data, fold: 3)
            .SetRegressionMetric(RegressionMetric.RSquared, "Price").SetMaxModelToExplore(3);
        TrialResult best = experiment.Run();
        ITransformer fitted = pipeline.BuildFromOption(new MLContext(4), best.TrialSettings.Parameter["_pipeline_"]).Fit(data);
        Assert.Equal(fitted.Transform(data).GetColumn<float>("Score"), best.Model!.Transform(data).GetColumn<float>("Score"));
        Assert.All(experiment.Leaderboard, row => Assert.Equal("SdcaRegression", row.Trainer));
    }

    [Fact]
    public void Many_rows_are_first_tried_in_part()
    {
        IDataView data = SomeTables.Numbers(60_000);
        var context = new MLContext(4);
        SweepablePipeline pipeline = context.Auto().Featurizer(data, excludeColumns: ["Price"]).Append(context.Auto().Regression("Price", useFastForest: false, useFastTree: false, useLgbm: false, useLbfgsPoissonRegression: false));
        var split = context.Data.TrainTestSplit(data, 0.1);
        AutoMLExperiment experiment = context.Auto().CreateExperiment().SetPipeline(pipeline).SetDataset(split.TrainSet, split.TestSet, subSamplingTrainDataset: true)
            .SetRegressionMetric(RegressionMetric.RSquared, "Price").SetMaxModelToExplore(18);
        experiment.Run();
        long[] rows = [.. experiment.Leaderboard.Select(row => row.Rows)];
        Assert.Equal(10_000, rows[0]);
        Assert.Equal(54_000, rows[^1]);
        // The best of the sample come again with more rows, before anything new does.
        int grown = Array.FindIndex(rows, count => count > 10_000);
        var bestOfSample = experiment.Leaderboard.Take(grown).OrderBy(row => row.Loss).Take(1).Single();
        Assert.Contains(experiment.Leaderboard.Skip(grown).Take(4), row => row.Parameters.OrderBy(p => p.Key).SequenceEqual(bestOfSample.Parameters.OrderBy(p => p.Key)));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("grid")]
    [InlineData("smac")]
    [InlineData("cfo")]
    [InlineData("eci")]
    public void Any_tuner_searches(string name)
    {
        AutoMLExperiment experiment = ScriptedRunner.Experiment((_, x, _) => Math.Abs(x - 0.3));
        experiment = name switch
        {
            "random" => experiment.SetRandomSearchTuner(),
            "grid" => experiment.SetGridSearchTuner(),
            "smac" => experiment.SetSmacTuner(numberInitialPopulation: 5, numRandomEISearchConfigurations: 100),
            "cfo" => experiment.SetCostFrugalTuner(),
            _ => experiment.SetEciCostFrugalTuner(),
        };
        Assert.True(experiment.SetMaxModelToExplore(15).Run().Loss < 0.25);
    }

    [Fact]
    public void What_is_lacking_is_named()
    {
        var context = new MLContext(1);
        var thrown = Assert.Throws<InvalidOperationException>(() => context.Auto().CreateExperiment().SetMaxModelToExplore(1).Run());
        Assert.Contains("SetPipeline", thrown.Message, StringComparison.Ordinal);
        SweepablePipeline pipeline = context.Auto().Regression();
        thrown = Assert.Throws<InvalidOperationException>(() => context.Auto().CreateExperiment().SetPipeline(pipeline).SetRegressionMetric(RegressionMetric.RSquared).SetMaxModelToExplore(1).Run());
        Assert.Contains("SetDataset", thrown.Message, StringComparison.Ordinal);
    }
}
