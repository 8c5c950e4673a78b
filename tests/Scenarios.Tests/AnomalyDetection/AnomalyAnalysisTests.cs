using MLPipelines.Scenarios.AnomalyDetection;

namespace MLPipelines.Scenarios.Tests.AnomalyDetection;

public class AnomalyAnalysisTests
{
    private static AnomalyAnalysis Look(double[] values, int? season = null, bool hasTimes = true)
    {
        var context = new MLContext(1);
        return AnomalyAnalysis.Of(MetricSeries.Read(Metrics.View(context, values), "Value", hasTimes ? "Time" : null), season);
    }

    [Fact]
    public void Noise_has_nothing_unusual() => Assert.All(Enumerable.Range(1, 5), seed => Assert.Empty(Look(Metrics.Noise(2000, seed: seed), hasTimes: false).Findings));

    [Fact]
    public void A_week_with_quiet_weekends_is_one_season_with_nothing_unusual()
    {
        AnomalyAnalysis analysis = Look(Metrics.Hours(24 * 7 * 8));
        Assert.Equal(168, analysis.Season);
        Assert.Empty(analysis.Findings);
    }

    [Fact]
    public void A_spike_is_found_with_what_was_expected_there()
    {
        double[] values = Metrics.Hours(24 * 7 * 8);
        double usual = values[700];
        values[700] += 40;
        AnomalyFinding spike = Assert.Single(Look(values).Findings);
        Assert.Equal((AnomalyKind.Spike, 700, 700, values[700]), (spike.Kind, spike.First, spike.Last, spike.Value));
        Assert.Equal(usual, spike.Expected, 6.0);
        Assert.InRange(spike.Severity, 2, 10);
    }

    [Fact]
    public void A_level_change_is_found_where_it_begins()
    {
        double[] values = Metrics.Hours(24 * 7 * 8);
        for (int i = 600; i < values.Length; i++) values[i] += 25;
        AnomalyFinding change = Assert.Single(Look(values).Findings);
        Assert.Equal(AnomalyKind.LevelChange, change.Kind);
        Assert.InRange(change.First, 599, 601);
        Assert.Equal(25, change.Value - change.Expected, 2.0);
    }

    [Fact]
    public void Without_a_season_a_level_change_is_found_too()
    {
        double[] values = Metrics.Noise(400);
        for (int i = 150; i < values.Length; i++) values[i] -= 8;
        AnomalyFinding change = Assert.Single(Look(values, hasTimes: false).Findings);
        Assert.Equal((AnomalyKind.LevelChange, 150), (change.Kind, change.First));
    }

    [Fact]
    public void A_day_that_goes_otherwise_is_a_seasonal_break()
    {
        double[] values = Metrics.Hours(24 * 7 * 8), noise = Metrics.Noise(24, 2, seed: 9);
        // A Thursday without its rise and fall.
        for (int i = 0; i < 24; i++) values[(24 * 24) + i] = 100 + noise[i];
        AnomalyFinding broken = Assert.Single(Look(values).Findings);
        Assert.Equal(AnomalyKind.SeasonalBreak, broken.Kind);
        Assert.InRange(broken.First, (24 * 24) - 6, (24 * 24) + 6);
    }

    [Fact]
    public void A_metric_that_wanders_has_no_level_changes()
    {
        double sum = 0;
        double[] values = [.. Metrics.Noise(3000).Select(step => sum += step)];
        Assert.DoesNotContain(Look(values, hasTimes: false).Findings, finding => finding.Kind == AnomalyKind.LevelChange);
    }

    [Fact]
    public void A_season_is_found_without_times()
    {
        double[] values = [.. Metrics.Noise(1000).Select((noise, i) => noise + (10 * Math.Sin(2 * Math.PI * i / 50)))];
        values[470] += 12;
        AnomalyAnalysis analysis = Look(values, hasTimes: false);
        Assert.Equal(50, analysis.Season);
        Assert.Equal((AnomalyKind.Spike, 470), (analysis.Findings[0].Kind, Assert.Single(analysis.Findings).First));
    }

    [Fact]
    public void A_trend_is_followed_to_both_ends() => Assert.Empty(Look([.. Enumerable.Range(0, 600).Select(i => 3.0 * i)], hasTimes: false).Findings);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Few_rows_are_looked_at(int rows) => Assert.Empty(Look(Metrics.Noise(rows), hasTimes: false).Findings);

    [Fact]
    public void A_constant_metric_has_nothing_unusual_and_its_first_change_is_a_spike()
    {
        double[] values = new double[500];
        Array.Fill(values, 7);
        Assert.Empty(Look(values).Findings);
        values[300] = 7.5;
        AnomalyFinding spike = Assert.Single(Look(values).Findings);
        Assert.Equal((AnomalyKind.Spike, 300), (spike.Kind, spike.First));
    }

    [Fact]
    public void Units_do_not_matter()
    {
        double[] values = Metrics.Hours(24 * 7 * 8);
        values[500] += 50;
        AnomalyFinding small = Assert.Single(Look(values).Findings), large = Assert.Single(Look([.. values.Select(value => value * 1024)]).Findings);
        Assert.Equal(small with { Value = small.Value * 1024, Expected = small.Expected * 1024 }, large);
    }

    [Fact]
    public void A_season_that_is_not_there_three_times_is_refused() =>
        Assert.Contains("three seasons", Assert.Throws<ArgumentOutOfRangeException>(() => Look(Metrics.Noise(100), season: 40)).Message, StringComparison.Ordinal);
}
