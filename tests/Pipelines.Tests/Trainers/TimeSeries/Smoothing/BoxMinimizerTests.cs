using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Smoothing;

public class BoxMinimizerTests
{
    [Fact]
    public void The_valley_of_Rosenbrock_is_followed_to_its_end()
    {
        double[] point = [-1.2, 1];
        double value = new BoxMinimizer(2).Minimize(new Rosenbrock(), point, [-5, -5], [5, 5], 500, 1e-14);
        Assert.InRange(value, 0, 1e-10);
        Assert.Equal(1, point[0], 1e-4);
        Assert.Equal(1, point[1], 1e-4);
    }

    [Fact]
    public void A_bound_in_the_way_is_kept()
    {
        double[] point = [-1.2, 1];
        new BoxMinimizer(2).Minimize(new Rosenbrock(), point, [-5, -5], [0.5, 5], 500, 1e-14);
        // On the bound x = 0.5 the least is at y = x².
        Assert.Equal(0.5, point[0]);
        Assert.Equal(0.25, point[1], 1e-5);
    }

    private sealed class Rosenbrock : IBoundedFunction
    {
        public double Evaluate(ReadOnlySpan<double> point, Span<double> derivatives)
        {
            double gap = point[1] - (point[0] * point[0]);
            derivatives[0] = (-400 * point[0] * gap) - (2 * (1 - point[0]));
            derivatives[1] = 200 * gap;
            return (100 * gap * gap) + ((1 - point[0]) * (1 - point[0]));
        }
    }
}
