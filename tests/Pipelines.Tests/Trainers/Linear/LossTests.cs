using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LossTests
{
    [Theory]
    [InlineData(0.3f, 1)]
    [InlineData(-2.5f, 1)]
    [InlineData(4, 0)]
    [InlineData(-30, 0)]
    [InlineData(60, 0)]
    public void The_logistic_gradient_is_the_slope_of_the_loss(float score, float label)
    {
        double slope = (Logistic(score + 1e-3f, label) - Logistic(score - 1e-3f, label)) / ((double)(score + 1e-3f) - (score - 1e-3f));
        float[] scores = [score];
        LogisticScoreLoss.ToGradient(scores, label);
        Assert.Equal(slope, scores[0], 1e-6);
    }

    [Fact]
    public void The_softmax_gradient_is_the_slope_of_the_loss()
    {
        float[] scores = [0.5f, -1, 2, 0.1f];
        float[] gradient = [.. scores];
        SoftmaxLoss.ToGradient(gradient, 1);
        for (int k = 0; k < scores.Length; k++)
        {
            float[] up = [.. scores], down = [.. scores];
            up[k] += 0.01f;
            down[k] -= 0.01f;
            double slope = (SoftmaxLoss.ToGradient(up, 1) - SoftmaxLoss.ToGradient(down, 1)) / 0.02;
            Assert.Equal(slope, gradient[k], 2e-5);
        }
    }

    [Fact]
    public void Softmax_of_huge_scores_is_still_a_distribution()
    {
        float[] scores = [1e30f, -1e30f, 1e30f];
        Softmax.Apply(scores);
        Assert.Equal([0.5f, 0, 0.5f], scores);
    }

    [Theory]
    [InlineData(0, 1, 0, 0.5f)]
    [InlineData(-3, 1, 0.2f, 10)]
    [InlineData(5, 0, -0.9f, 1000)]
    [InlineData(2, 1, 0.7f, 1e-4f)]
    [InlineData(-6, 1, 0, 3)]
    public void The_logistic_dual_step_is_the_best_one(float score, float label, float dual, float curvature)
    {
        var loss = default(LogisticDualLoss);
        float step = loss.Step(score, label, dual, curvature);
        AssertBest(loss, score, label, dual, curvature, step, (label > 0 ? 1 : -1) * 1e-4f);
    }

    [Theory]
    [InlineData(0, 1, 0, 0.5f)]
    [InlineData(-3, 7, 0.2f, 10)]
    public void The_squared_dual_step_is_the_best_one(float score, float label, float dual, float curvature)
    {
        var loss = default(SquaredDualLoss);
        AssertBest(loss, score, label, dual, curvature, loss.Step(score, label, dual, curvature), 1e-3f);
    }

    /// <summary>log pₖ + q pₖ − zₖ is the same for all classes, and p sums to 1.</summary>
    [Theory]
    [InlineData(0.01f)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(3000)]
    [InlineData(1e6f)]
    public void The_softmax_dual_step_solves_its_equations(float q)
    {
        var random = new Random(5);
        float[] old = new float[30], scores = new float[30], targets = new float[30], p = new float[30];
        for (int k = 0; k < 30; k++) (old[k], scores[k]) = (random.NextSingle(), 4 * random.NextSingle());
        float sum = old.Sum();
        for (int k = 0; k < 30; k++) targets[k] = scores[k] + q * (old[k] /= sum);
        double[] z = [.. targets.Select(t => (double)t)];
        new SoftmaxDualStep(30).Solve(targets, q, p);
        Assert.Equal(1, p.Sum(), 1e-5f);
        // Where p is as good as 0 its logarithm says nothing.
        int[] some = [.. Enumerable.Range(0, 30).Where(k => p[k] > 1e-6)];
        double[] nu = [.. some.Select(k => z[k] - q * p[k] - Math.Log(p[k]))];
        Assert.True(some.Length > 1);
        // q p is good to seven digits.
        Assert.Equal(nu.Min(), nu.Max(), 1e-5 + 1e-6 * q);
    }

    private static double Logistic(float score, float label)
    {
        float[] scores = [score];
        return LogisticScoreLoss.ToGradient(scores, label);
    }

    /// <summary>−loss*(−(a + Δ)) − Δ s − q Δ² / 2 is not larger on either side of the step.</summary>
    private static void AssertBest<TLoss>(TLoss loss, float score, float label, float dual, float curvature, float step, float nudge) where TLoss : IDualLoss
    {
        double at = Objective(step);
        Assert.True(at >= Objective(step + nudge) - 1e-9, "more is better");
        Assert.True(at >= Objective(step - nudge) - 1e-9, "less is better");

        double Objective(float change) => loss.DualLoss(label, dual + change) - (double)change * score - 0.5 * curvature * change * change;
    }
}
