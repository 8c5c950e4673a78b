using MLPipelines.Recommendation;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Recommendation.Ratings;

public class RatingBaselineTests
{
    /// <summary>
    /// numpy, for each fold, clipped to 1..5: mu = r.mean(); 10 times bi = np.bincount(i, r - mu - bu[u], 1683) / (10 + np.bincount(i, minlength=1683)), then
    /// bu = np.bincount(u, r - mu - bi[i], 944) / (15 + np.bincount(u, minlength=944)).
    /// </summary>
    [DatasetTheory("recommendation/ml-100k")]
    [InlineData(1, 0.9599438333)]
    [InlineData(2, 0.9476515797)]
    [InlineData(3, 0.9405230283)]
    [InlineData(4, 0.9382840267)]
    [InlineData(5, 0.9422794836)]
    public void Errors_on_MovieLens_are_those_of_numpy(int fold, double expected) =>
        Assert.Equal(expected, RatingData.MovieLensError(new RatingBaselineMethod(), fold), 1e-6);

    [Fact]
    public void The_objective_falls_with_every_pass()
    {
        var losses = new List<double>();
        var environment = new TrainingEnvironment(1) { Progress = new Listener(losses) };
        new RatingBaselineMethod().Fit(RatingData.Planted(0.3, out _), environment);
        Assert.Equal(10, losses.Count);
        Assert.All(losses.Skip(1).Zip(losses), pair => Assert.True(pair.First <= pair.Second * (1 + 1e-12)));
        Assert.True(losses[^1] < losses[0]);
    }

    private sealed class Listener(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss!.Value);
    }
}
