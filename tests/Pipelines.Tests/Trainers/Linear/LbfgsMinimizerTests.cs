using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LbfgsMinimizerTests
{
    /// <summary>½ Σ c (x − m)².</summary>
    private sealed class Bowl(float[] curvatures, float[] middle) : ISmoothFunction
    {
        /// <summary>Tells how it is curved along each number, or nothing of it.</summary>
        public bool TellsCurvatures { get; init; }

        public int Evaluations { get; private set; }

        public float[] Curvatures() => TellsCurvatures ? curvatures : [.. curvatures.Select(_ => 1f)];

        public double Evaluate(float[] point, float[] gradient)
        {
            Evaluations++;
            double sum = 0;
            for (int i = 0; i < point.Length; i++)
            {
                double d = (double)point[i] - middle[i];
                gradient[i] = (float)(curvatures[i] * d);
                sum += 0.5 * curvatures[i] * d * d;
            }
            return sum;
        }
    }

    private sealed class Rosenbrock : ISmoothFunction
    {
        public float[] Curvatures() => [1, 1];

        public double Evaluate(float[] point, float[] gradient)
        {
            double x = point[0], y = point[1];
            gradient[0] = (float)(-2 * (1 - x) - 400 * x * (y - x * x));
            gradient[1] = (float)(200 * (y - x * x));
            return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
        }
    }

    [Fact]
    public void A_badly_scaled_bowl_is_minimized()
    {
        float[] point = [5, 5, 5, 5], middle = [1, -2, 3, 0];
        LbfgsMinimizer.Minimize(new Bowl([1, 10, 100, 10_000], middle), point, new LbfgsSettings { Tolerance = 1e-12 }, (_, _) => { });
        for (int i = 0; i < 4; i++) Assert.Equal(middle[i], point[i], 1e-3f);
    }

    [Fact]
    public void Where_the_curvatures_are_known_a_bowl_takes_a_step_or_two()
    {
        float[] point = [5, 5, 5, 5], middle = [1, -2, 3, 0];
        var bowl = new Bowl([1, 10, 100, 10_000], middle) { TellsCurvatures = true };
        LbfgsMinimizer.Minimize(bowl, point, new LbfgsSettings { Tolerance = 1e-12, MaximumIterations = 2 }, (_, _) => { });
        for (int i = 0; i < 4; i++) Assert.Equal(middle[i], point[i], 1e-5f);
        Assert.InRange(bowl.Evaluations, 1, 3);
    }

    [Fact]
    public void A_curved_valley_is_followed_to_its_end()
    {
        float[] point = [-1.2f, 1];
        LbfgsMinimizer.Minimize(new Rosenbrock(), point, new LbfgsSettings { Tolerance = 1e-12 }, (_, _) => { });
        Assert.Equal(1, point[0], 1e-2f);
        Assert.Equal(1, point[1], 1e-2f);
    }

    [Fact]
    public void An_L1_penalty_moves_each_number_towards_zero_and_no_further()
    {
        float[] point = new float[4];
        var settings = new LbfgsSettings { L1 = 1, PenalizedCount = 3, Tolerance = 1e-12 };
        LbfgsMinimizer.Minimize(new Bowl([1, 1, 1, 1], [3, -0.5f, -4, 0.5f]), point, settings, (_, _) => { });
        Assert.Equal(2, point[0], 1e-4f);
        Assert.Equal(0, point[1]);
        Assert.Equal(-3, point[2], 1e-4f);
        // The last number is not penalized.
        Assert.Equal(0.5f, point[3], 1e-4f);
    }

    [Fact]
    public void Numbers_that_may_not_be_negative_are_not()
    {
        float[] point = [-1, 1, 1];
        var settings = new LbfgsSettings { NonNegative = true, PenalizedCount = 2, Tolerance = 1e-12 };
        LbfgsMinimizer.Minimize(new Bowl([1, 2, 1], [-3, 2, -1]), point, settings, (_, _) => { });
        Assert.Equal(0, point[0]);
        Assert.Equal(2, point[1], 1e-4f);
        Assert.Equal(-1, point[2], 1e-4f);
    }

    [Fact]
    public void Iterations_are_reported_with_falling_values_and_can_be_limited()
    {
        List<double> values = [];
        float[] point = [-1.2f, 1];
        LbfgsMinimizer.Minimize(new Rosenbrock(), point, new LbfgsSettings { MaximumIterations = 7 }, (iteration, value) =>
        {
            Assert.Equal(values.Count + 1, iteration);
            values.Add(value);
        });
        Assert.InRange(values.Count, 1, 7);
        Assert.Equal(values.OrderDescending(), values);
    }
}
