using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers.FastTree;

namespace MLPipelines.Tests.Trainers.Trees;

public class RankingTrainerTests
{
    [Fact]
    public void Rows_of_a_group_may_be_anywhere()
    {
        var context = new MLContext(1);
        MemoryView sorted = Rows();
        int[] order = [.. Enumerable.Range(0, 200).OrderBy(row => row * 71 % 200)];
        foreach (IEstimator<ITransformer> trainer in new IEstimator<ITransformer>[]
        {
            context.Ranking.Trainers.FastTree(numberOfTrees: 20, minimumExampleCountPerLeaf: 2), context.Ranking.Trainers.LightGbm(numberOfIterations: 20, minimumExampleCountPerLeaf: 2),
        })
        {
            var ranked = context.Ranking.Evaluate(trainer.Fit(sorted).Transform(sorted));
            var scattered = context.Ranking.Evaluate(trainer.Fit(MemoryView.Copy(sorted, order)).Transform(sorted));
            Assert.True(ranked.NormalizedDiscountedCumulativeGains[2] > 0.95, $"NDCG@3 {ranked.NormalizedDiscountedCumulativeGains[2]}");
            Assert.Equal(ranked.NormalizedDiscountedCumulativeGains[2], scattered.NormalizedDiscountedCumulativeGains[2], 1.5e-2);
        }
    }

    [Fact]
    public void A_relevance_beyond_the_gains_is_an_error_that_says_so()
    {
        var context = new MLContext(1);
        MemoryView rows = new MemoryView().AddVectors("Features", [[1f], [2f]]).Add("Label", 1f, 7).AddKeys("GroupId", [1, 1], "a");
        var error = Assert.Throws<MLPipelinesException>(() => context.Ranking.Trainers.FastTree().Fit(rows));
        Assert.Contains("0 to 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("7", error.Message, StringComparison.Ordinal);
        context.Ranking.Trainers.LightGbm().Fit(rows);
    }

    [Fact]
    public void A_model_of_a_ranking_is_saved_and_loaded()
    {
        var context = new MLContext(1);
        MemoryView rows = Rows();
        var model = context.Ranking.Trainers.FastTree(numberOfTrees: 3).Fit(rows);
        using var stream = new MemoryStream();
        context.Model.Save(model, rows.Schema, stream);
        stream.Position = 0;
        Assert.IsType<RankingPredictionTransformer<FastTreeRankingModelParameters>>(context.Model.Load(stream, out _));
    }

    /// <summary>20 groups of 10 rows, whose relevance the first feature tells within a group.</summary>
    private static MemoryView Rows()
    {
        var random = new Random(5);
        float[] labels = [.. Enumerable.Range(0, 200).Select(_ => (float)random.Next(5))];
        return new MemoryView().AddVectors("Features", [.. labels.Select(label => new float[] { label + random.NextSingle() * 1.5f, random.NextSingle() })])
            .Add("Label", labels).AddKeys("GroupId", [.. Enumerable.Range(0, 200).Select(row => (uint)(row / 10 + 1))], [.. Enumerable.Range(0, 20).Select(g => $"g{g}")]);
    }
}
