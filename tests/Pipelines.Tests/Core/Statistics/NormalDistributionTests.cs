namespace MLPipelines.Tests.Core.Statistics;

public class NormalDistributionTests
{
    // SciPy: norm.ppf(share)
    [Theory]
    [InlineData(1e-6, -4.753424308822899)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.3, -0.5244005127080409)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.9999, 3.719016485455709)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(1, double.PositiveInfinity)]
    public void Quantiles_are_those_of_scipy(double share, double expected) => Assert.Equal(expected, NormalDistribution.Quantile(share), 10);
}
