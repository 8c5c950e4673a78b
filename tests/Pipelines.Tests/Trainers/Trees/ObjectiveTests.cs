using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public class ObjectiveTests
{
    public static TheoryData<string> Names => ["squared", "absolute", "quantile", "huber", "poisson", "gamma", "tweedie", "logistic", "sharp logistic", "softmax"];

    private static (BoostingObjective Objective, float[] Labels) Of(string name) => name switch
    {
        "squared" => (new SquaredObjective(), [1f, -2, 0.5f]),
        "absolute" => (new AbsoluteObjective(), [1f, -2, 0.5f]),
        "quantile" => (new QuantileObjective(0.8), [1f, -2, 0.5f]),
        "huber" => (new HuberObjective(0.7), [1f, -2, 0.5f]),
        "poisson" => (new PoissonObjective(caution: 0), [0f, 3, 1]),
        "gamma" => (new GammaObjective(), [0.2f, 3, 1]),
        "tweedie" => (new TweedieObjective(1.3), [0f, 3, 1]),
        "logistic" => (new LogisticObjective(), [0f, 1, 0]),
        "sharp logistic" => (new LogisticObjective(2, 3), [0f, 1, 1]),
        _ => (new SoftmaxObjective(3), [2f, 0, 1]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_slope_of_the_loss(string name)
    {
        (BoostingObjective objective, float[] labels) = Of(name);
        float[] scores = Scores(labels.Length * objective.OutputCount), gradients = new float[scores.Length], hessians = new float[scores.Length];
        objective.Gradients(labels, scores, gradients, hessians);
        const float step = 1f / 256;
        for (int i = 0; i < scores.Length; i++)
        {
            double difference = (LossAt(objective, labels, scores, i, step) - LossAt(objective, labels, scores, i, -step)) / (2 * step);
            Assert.Equal(difference, gradients[i], 1e-3);
        }
    }

    [Theory]
    [InlineData("squared")]
    [InlineData("poisson")]
    [InlineData("gamma")]
    [InlineData("tweedie")]
    [InlineData("logistic")]
    [InlineData("sharp logistic")]
    [InlineData("softmax")]
    public void Hessians_are_the_slope_of_gradients(string name)
    {
        (BoostingObjective objective, float[] labels) = Of(name);
        float[] scores = Scores(labels.Length * objective.OutputCount), gradients = new float[scores.Length], other = new float[scores.Length], hessians = new float[scores.Length];
        const float step = 1f / 128;
        // Softmax: a score that is moved alone, K / (K - 1) of the diagonal.
        double factor = name == "softmax" ? 1.5 : 1;
        for (int i = 0; i < scores.Length; i++)
        {
            float[] moved = [.. scores];
            moved[i] += step;
            objective.Gradients(labels, moved, gradients, hessians);
            moved[i] -= 2 * step;
            objective.Gradients(labels, moved, other, hessians);
            objective.Gradients(labels, scores, new float[scores.Length], hessians);
            Assert.Equal(factor * (gradients[i] - other[i]) / (2 * step), hessians[i], 2e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Initial_scores_are_the_best_constants(string name)
    {
        (BoostingObjective objective, float[] labels) = Of(name);
        // Of six labels the fifth is the quantile of 0.8, with nothing between two of them.
        if (name == "quantile") labels = [3, 1, -2, 0.5f, 7, 0];
        if (name is "huber" or "softmax") labels = [.. labels, .. labels, 1];
        var set = new BoostingSet(TreeData.Matrix([.. labels.Select(_ => new[] { 0f })]), labels);
        double[] initial = objective.InitialScores(set);
        float[] scores = [.. initial.SelectMany(score => Enumerable.Repeat((float)score, labels.Length))];
        double best = objective.Loss(labels, scores);
        // The median is a good start for Huber's loss, not its best one.
        double tolerance = name == "huber" ? 0.2 : 1e-6;
        for (int k = 0; k < objective.OutputCount; k++)
        {
            foreach (float step in new[] { -0.05f, 0.05f })
            {
                float[] moved = [.. scores.Select((score, i) => i / labels.Length == k ? score + step : score)];
                Assert.True(objective.Loss(labels, moved) >= best - tolerance, $"{name}: output {k} is better {step} away");
            }
        }
    }

    [Fact]
    public void Lambdas_of_two_rows_are_as_by_hand()
    {
        // Scores 0.5 and 0 with grades 0 and 1: the pair is in the wrong order. Change of NDCG: (1 - 0) (1 - 1/log2 3) / 1 = 0.3690702464; the chance of the wrong
        // order 1 / (1 + e^-0.5) = 0.6224593312; their product 0.2297312192, and with 0.6224593312 (1 - 0.6224593312) the curvature 0.0867328588.
        var objective = new LambdaRankObjective(normalize: false);
        float[] gradients = new float[2], hessians = new float[2];
        objective.Gradients([0, 1], [0.5f, 0], gradients, hessians);
        Assert.Equal([0.2297312f, -0.2297312f], gradients, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.0867329f, 0.0867329f], hessians, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(1 - 1 / Math.Log2(3), objective.Loss([0, 1], [0.5f, 0]), 1e-9);
        Assert.Equal(0, objective.Loss([0, 1], [0, 0.5f]), 1e-9);
    }

    [Fact]
    public void Lambdas_of_a_query_sum_to_zero_and_pull_the_best_up()
    {
        var objective = new LambdaRankObjective();
        float[] gradients = new float[5], hessians = new float[5];
        objective.Gradients([0, 3, 1, 0, 2], [0.1f, -0.5f, 0.3f, 0.8f, 0], gradients, hessians);
        Assert.Equal(0, gradients.Sum(), 1e-5);
        Assert.Equal(1, Array.IndexOf(gradients, gradients.Min()));
        Assert.All(hessians, hessian => Assert.True(hessian >= 0));
    }

    [Fact]
    public void Lambdas_of_equal_labels_are_zero()
    {
        float[] gradients = [9, 9], hessians = [9, 9];
        new LambdaRankObjective().Gradients([1, 1], [0, 1], gradients, hessians);
        Assert.Equal([0f, 0f], gradients);
        new LambdaRankObjective().Gradients([0, 0], [0, 1], gradients, hessians);
        Assert.Equal([0f, 0f], gradients);
    }

    private static float[] Scores(int count) => [.. Enumerable.Range(0, count).Select(i => 0.3f * i - 0.61f)];

    private static double LossAt(BoostingObjective objective, float[] labels, float[] scores, int i, float step)
    {
        float[] moved = [.. scores];
        moved[i] += step;
        return objective.Loss(labels, moved);
    }
}
