using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Tests.Trainers.Trees;

/// <summary>What other rows do while trees learn labels that are noise: there is nothing to learn but a mean.</summary>
public class ValidationSetTests
{
    [Fact]
    public void Early_stopping_keeps_the_best_trees_on_other_rows()
    {
        var context = new MLContext(1);
        var options = new LightGbmRegressionTrainer.Options { NumberOfIterations = 60, MinimumExampleCountPerLeaf = 1, EarlyStoppingRound = 5 };
        var stopped = context.Regression.Trainers.LightGbm(options).Fit(Noise(1), Noise(2));
        var all = context.Regression.Trainers.LightGbm(options).Fit(Noise(1));
        Assert.Equal(60, all.Model.TrainedTreeEnsemble.Trees.Count);
        Assert.InRange(stopped.Model.TrainedTreeEnsemble.Trees.Count, 1, 10);
        Assert.True(Error(context, stopped) < Error(context, all));
    }

    [Fact]
    public void Pruning_keeps_the_best_trees_on_other_rows_and_a_rule_stops_later()
    {
        var context = new MLContext(1);
        int Trees(FastTreeRegressionTrainer.Options options)
        {
            (options.NumberOfTrees, options.MinimumExampleCountPerLeaf) = (60, 1);
            return context.Regression.Trainers.FastTree(options).Fit(Noise(1), Noise(2)).Model.TrainedTreeEnsemble.Trees.Count;
        }
        int pruned = Trees(new() { EnablePruning = true });
        int stopped = Trees(new() { EarlyStoppingRule = new ConsecutiveGeneralityLossRule(3) });
        // From 0, it takes some trees to come near the mean.
        Assert.InRange(pruned, 5, 40);
        Assert.InRange(stopped, 5, 50);
        Assert.Equal(stopped, Trees(new() { EarlyStoppingRule = new ConsecutiveGeneralityLossRule(3), EnablePruning = true, WriteLastEnsemble = true }));
        Assert.Equal(60, Trees(new()));
        Assert.Contains("validation set", Assert.Throws<InvalidOperationException>(() => context.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options { EarlyStoppingRule = new LowProgressRule() }).Fit(Noise(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gam_keeps_the_best_rounds_on_other_rows()
    {
        var context = new MLContext(1);
        var options = new GamRegressionTrainer.Options { NumberOfIterations = 300, LearningRate = 0.2, MinimumExampleCountPerLeaf = 2 };
        var pruned = context.Regression.Trainers.Gam(options).Fit(Noise(1), Noise(2));
        var all = context.Regression.Trainers.Gam(options).Fit(Noise(1));
        Assert.True(Error(context, pruned) < Error(context, all));
        options.EnablePruning = false;
        Assert.Equal(Error(context, all), Error(context, context.Regression.Trainers.Gam(options).Fit(Noise(1), Noise(2))));
    }

    [Fact]
    public void Another_number_of_features_is_an_error()
    {
        var context = new MLContext(1);
        MemoryView other = new MemoryView().AddVectors("Features", [[1f], [2f]]).Add("Label", 1f, 2);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => context.Regression.Trainers.LightGbm().Fit(Noise(1), other));
        Assert.Contains("1 features", error.Message, StringComparison.Ordinal);
    }

    private static double Error(MLContext context, ITransformer model) => context.Regression.Evaluate(model.Transform(Noise(2))).MeanSquaredError;

    private static MemoryView Noise(int seed)
    {
        var random = new Random(seed);
        return new MemoryView().AddVectors("Features", [.. Enumerable.Range(0, 100).Select(_ => new float[] { random.NextSingle(), random.NextSingle() })])
            .Add("Label", [.. Enumerable.Range(0, 100).Select(_ => random.NextSingle() + 1)]);
    }
}
