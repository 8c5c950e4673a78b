using MLPipelines.Programs;
using MLPipelines.Testing;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Metrics;

// Expected numbers, from the formulas of Lavin and Ahmad 2015:
//   python3 -c "from math import exp; s = lambda y: 2 / (1 + exp(5 * y)) - 1; g = s(-.8) / s(-1); print(g, .11 * s(.5), s(-.2) / s(-1))"
//   0.97710684 -0.09331120 0.46838684
public sealed class AnomalyWindowMetricsTests
{
    private const double SecondOfFiveRows = 0.97710684, LastOfFiveRows = 0.46838684, HalfALengthBehind = -0.09331120;

    /// <summary>20 rows, of which 3 are probation, with a window in rows 10 to 14.</summary>
    private static AnomalyScoredSeries Series(params (int Row, double Score)[] scores)
    {
        double[] all = new double[20];
        foreach ((int row, double score) in scores) all[row] = score;
        return new(all, new AnomalyWindow(10, 14));
    }

    [Fact]
    public void The_first_alert_in_a_window_gains_by_how_early_it_is()
    {
        Assert.Equal(1, AnomalyWindowMetrics.At(0.5, [Series((10, 1))]).Sum, 8);
        Assert.Equal(SecondOfFiveRows, AnomalyWindowMetrics.At(0.5, [Series((11, 1), (14, 1))]).Sum, 8);
        Assert.Equal(LastOfFiveRows, AnomalyWindowMetrics.At(0.5, [Series((14, 1))]).Sum, 8);
    }

    [Fact]
    public void An_alert_outside_costs_less_shortly_behind_a_window()
    {
        Assert.Equal(-1 - 0.11, AnomalyWindowMetrics.At(0.5, [Series((9, 1))]).Sum, 8);
        Assert.Equal(-1 + HalfALengthBehind, AnomalyWindowMetrics.At(0.5, [Series((16, 1))]).Sum, 8);
    }

    [Fact]
    public void Alerts_in_the_probation_do_not_count() => Assert.Equal(-1, AnomalyWindowMetrics.At(0.5, [Series((2, 1))]).Sum);

    [Fact]
    public void The_best_threshold_is_that_of_all_series_together()
    {
        // Found at 0.7 in the second series, where the first one has a false alert as well: 2 windows for one false alert are worth it.
        AnomalyWindowMetrics metrics = AnomalyWindowMetrics.AtBestThreshold([Series((11, 0.9), (5, 0.8), (16, 0.1)), Series((10, 0.7))]);
        Assert.Equal(0.7, metrics.Threshold);
        Assert.Equal(SecondOfFiveRows - 0.11 + 1, metrics.Sum, 8);
        Assert.Equal(100 * (SecondOfFiveRows - 0.11 + 1 + 2) / 4, metrics.Score, 6);
        Assert.Equal((2, 2, 2, 1), (metrics.WindowCount, metrics.FoundWindowCount, metrics.AlertsInWindows, metrics.FalseAlerts));
    }

    [Fact]
    public void A_detector_that_never_alerts_scores_0_and_one_that_is_always_right_100()
    {
        AnomalyScoredSeries silent = new(new double[20].Select(_ => double.NaN).ToArray(), new AnomalyWindow(10, 14));
        Assert.Equal(0, AnomalyWindowMetrics.AtBestThreshold([silent]).Score);
        foreach (AnomalyWindowProfile profile in new[] { AnomalyWindowProfile.Standard, AnomalyWindowProfile.RewardLowFalsePositives, AnomalyWindowProfile.RewardLowFalseNegatives })
            Assert.Equal(100, AnomalyWindowMetrics.AtBestThreshold([Series((10, 1))], profile).Score);
    }

    [Fact]
    public void Probation_is_15_percent_and_at_most_750_rows()
    {
        Assert.Equal(3, new AnomalyScoredSeries(new double[21]).Probation);
        Assert.Equal(750, new AnomalyScoredSeries(new double[20_000]).Probation);
    }

    [Fact]
    public void Windows_out_of_order_are_refused()
    {
        Assert.Contains("rows 5 to 20", Assert.Throws<ArgumentException>(() => new AnomalyScoredSeries(new double[20], new AnomalyWindow(5, 20))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new AnomalyScoredSeries(new double[20], new AnomalyWindow(5, 8), new AnomalyWindow(8, 9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnomalyWindow(5, 4));
    }

    [DatasetFact("forecasting/nab/nab-data-and-labels.tar.gz")]
    public void The_benchmarks_simplest_detector_scores_what_was_published()
    {
        // numenta/NAB results/final_results.json: windowedGaussian 39.6495, 20.8680, 47.4100.
        AnomalyScoredSeries[] corpus = [.. NabCorpus.Read(Datasets.PathOf("forecasting/nab/nab-data-and-labels.tar.gz")).Select(file => new AnomalyScoredSeries(WindowedGaussian.Score(file.Values), file.Windows))];
        Assert.Equal(39.65, AnomalyWindowMetrics.AtBestThreshold(corpus).Score, 2);
        Assert.Equal(20.87, AnomalyWindowMetrics.AtBestThreshold(corpus, AnomalyWindowProfile.RewardLowFalsePositives).Score, 2);
        Assert.Equal(47.41, AnomalyWindowMetrics.AtBestThreshold(corpus, AnomalyWindowProfile.RewardLowFalseNegatives).Score, 2);
    }
}
