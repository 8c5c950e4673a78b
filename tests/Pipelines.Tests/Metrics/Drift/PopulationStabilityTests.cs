using MLPipelines.Drift;

namespace MLPipelines.Tests.Metrics.Drift;

// Expected numbers: numpy 1.24,
//   def psi(e, a):
//       e = np.array(e, float); a = np.array(a, float); k = (e > 0) | (a > 0); e = e[k]; a = a[k]; n = len(e)
//       e = (e + .5) / (e.sum() + .5 * n); a = (a + .5) / (a.sum() + .5 * n); return ((a - e) * np.log(a / e)).sum()
public class PopulationStabilityTests
{
    [Theory]
    [InlineData(new double[] { 100, 100, 100, 100 }, new double[] { 10, 20, 30, 40 }, 0.21799421315274758)]
    [InlineData(new double[] { 500, 300, 200, 0 }, new double[] { 0, 30, 70, 0 }, 2.900878384030383)]
    [InlineData(new double[] { 90, 10 }, new double[] { 50, 50 }, 0.8530592449672881)]
    public void The_index_is_that_of_the_formula(double[] expected, double[] actual, double index)
    {
        Assert.Equal(index, PopulationStability.Index(expected, actual), 12);
    }

    [Fact]
    public void Equal_shares_have_an_index_of_nearly_0() =>
        Assert.InRange(PopulationStability.Index([1000, 2000, 3000], [100, 200, 300]), 0, 1e-4);

    [Fact]
    public void Without_rows_there_is_no_drift()
    {
        Assert.Equal(0, PopulationStability.Index([1, 2], [0, 0]));
        Assert.Equal(0, PopulationStability.ByChance([1, 2], [0, 0]));
    }

    /// <summary>scipy.stats.chi2.sf(9 + 3 * 18 ** .5, 9) is 0.0098, and for 1 degree of freedom 0.022.</summary>
    [Theory]
    [InlineData(10, 2000, 200)]
    [InlineData(10, 2000, 50)]
    [InlineData(2, 2000, 100)]
    public void Samples_of_one_distribution_hardly_ever_exceed_what_chance_does(int bins, int before, int now)
    {
        var random = new Random(1);
        int exceeded = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            double[] expected = Sample(before), actual = Sample(now);
            if (PopulationStability.Index(expected, actual) > PopulationStability.ByChance(expected, actual)) exceeded++;
        }
        Assert.InRange(exceeded, 0, 30);

        double[] Sample(int rows)
        {
            double[] counts = new double[bins];
            for (int i = 0; i < rows; i++) counts[random.Next(bins)]++;
            return counts;
        }
    }
}
