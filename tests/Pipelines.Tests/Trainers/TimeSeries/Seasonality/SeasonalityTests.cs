using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public sealed class SeasonalityTests
{
    private static readonly MLContext ML = new();

    // ML.NET's test TestDetectSeasonality; its sample DetectSeasonality.cs asks the first 40 values.
    [Theory]
    [InlineData(-1, 6)]
    [InlineData(60, 6)]
    [InlineData(20, -1)]
    public void A_sine_has_the_period_of_MLNET(int window, int expected) =>
        Assert.Equal(expected, Detect([.. Enumerable.Range(0, 100).Select(i => Math.Sin(2 * Math.PI + i))], window));

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(24)]
    public void The_period_of_a_noisy_pattern_is_found(int period)
    {
        var random = new Random(1);
        double[] pattern = [.. Enumerable.Range(0, period).Select(_ => random.NextDouble())];
        foreach (double level in new[] { 0, 1e4 })
            Assert.Equal(period, Detect([.. Enumerable.Range(0, 1500).Select(i => level + pattern[i % period] + 0.1 * random.NextDouble())]));
    }

    // A peak once a year: its twelve harmonics are equally strong.
    [Fact]
    public void The_period_is_that_of_the_pattern_and_not_of_its_harmonics()
    {
        var random = new Random(2);
        Assert.Equal(12, Detect([.. Enumerable.Range(0, 240).Select(i => (i % 12 == 11 ? 3 : 1) + 0.1 * random.NextDouble())]));
    }

    [Fact]
    public void A_week_of_days_is_a_period()
    {
        double[] hours = [.. Enumerable.Range(0, 24 * 7 * 12).Select(hour => (hour / 24 % 7 < 5 ? 2 : 0.7) * (1 + Math.Sin(2 * Math.PI * hour / 24)))];
        Assert.Equal(168, Detect(hours));
    }

    [Fact]
    public void Noise_about_a_level_has_no_period()
    {
        int found = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            if (Detect([.. Enumerable.Range(0, 400).Select(_ => 1000 + random.NextDouble())], threshold: 0.9999) > 0) found++;
        }
        Assert.Equal(0, found);
    }

    [Fact]
    public void What_has_no_season_has_no_period()
    {
        Assert.Equal(-1, Detect([]));
        Assert.Equal(-1, Detect([1]));
        Assert.Equal(-1, Detect([.. Enumerable.Repeat(0.0, 100)]));
        Assert.Equal(-1, Detect([.. Enumerable.Repeat(7.1, 100)]));
        Assert.Equal(-1, Detect([.. Enumerable.Range(0, 100).Select(i => 3.0 * i)]));
    }

    [Fact]
    public void What_cannot_be_used_is_named()
    {
        Assert.Contains("row 1, column 'Value': found NaN", Assert.Throws<MLPipelinesException>(() => Detect([1, double.NaN, 3])).Message);
        Assert.Equal("seasonalityWindowSize", Assert.Throws<ArgumentOutOfRangeException>(() => Detect([1], window: 0)).ParamName);
        Assert.Equal("randomnessThreshold", Assert.Throws<ArgumentOutOfRangeException>(() => Detect([1], threshold: 1.5)).ParamName);
        Assert.Contains("'Value' is Single, expected Double", Assert.Throws<ArgumentOutOfRangeException>(() => ML.AnomalyDetection.DetectSeasonality(new MemoryView().Add("Value", 1f), "Value")).Message);
    }

    private static int Detect(double[] values, int window = -1, double threshold = 0.95) =>
        ML.AnomalyDetection.DetectSeasonality(new MemoryView(batchSize: 16).Add("Value", values), "Value", window, threshold);
}
