using MLPipelines.TimeSeries;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public class SequentialDetectionTests
{
    private readonly MLContext _context = new(seed: 1);

    private sealed class Point
    {
        public float Value { get; set; }
    }

    private sealed class Scores
    {
        public double[] Prediction { get; set; } = [];
    }

    private double[][] Run(IEstimator<ITransformer> estimator, params IEnumerable<float> values)
    {
        IDataView view = _context.Data.LoadFromEnumerable(values.Select(value => new Point { Value = value }).ToList());
        return [.. _context.Data.CreateEnumerable<Scores>(estimator.Fit(view).Transform(view), reuseRowObject: false).Select(scores => scores.Prediction)];
    }

    private static void AssertRows(double[][] expected, double[][] actual, double within)
    {
        for (int row = 0; row < expected.Length; row++) Assert.Equal(expected[row], actual[row], (a, b) => Math.Abs(a - b) <= within);
    }

    // ChangeDetection, SpikeDetection, SsaSpikeDetection and ChangePointDetectionWithSeasonality in ML.NET's TimeSeriesSimpleApi.cs, with its tolerances.
    [Fact]
    public void Scores_are_those_of_the_tests_of_MLNET()
    {
        AssertRows(
            [[0, 5, 0.5, 5.1200000000000114E-08], [0, 5, 0.4999999995, 5.1200000046080209E-08], [0, 5, 0.4999999995, 5.1200000092160303E-08], [0, 5, 0.4999999995, 5.12000001382404E-08]],
            Run(_context.Transforms.DetectIidChangePoint("Prediction", "Value", 80.0, 10), [5, 5, 5, 5, 5, .. Enumerable.Range(0, 5).Select(i => (float)(5 + (i * 1.1)))]), 1e-7);
        AssertRows(
            [[0, 5, 0.5], [0, 5, 0.5], [0, 5, 0.5], [0, 5, 0.5], [0, 5, 0.5], [1, 10, 0], [0, 5, 0.261375], [0, 5, 0.261375], [0, 5, 0.5], [0, 5, 0.5]],
            Run(_context.Transforms.DetectIidSpike("Prediction", "Value", 80.0, 2), 5, 5, 5, 5, 5, 10, 5, 5, 5, 5), 5e-7);
        AssertRows(
            [
                .. Enumerable.Repeat(new[] { 0, 0, 0.5 }, 8), [1, 5, 0], [1, -2.5, 0.093146], [0, -2.5, 0.215437], [0, 0, 0.465745], [0, 0, 0.465745], [0, 0, 0.261375], [0, 0, 0.377615], [0, 0, 0.5],
            ],
            Run(_context.Transforms.DetectSpikeBySsa("Prediction", "Value", 80.0, 4, 8, 2), [.. Enumerable.Repeat(5f, 8), 10, .. Enumerable.Repeat(5f, 7)]), 1e-6);
        AssertRows(
            [
                [0, -3.31410551071167, 0.5, 5.12000000000001E-08], [0, 1.570083498954773, 5.2001145245395008E-07, 0.012414560443710681],
                [0, 1.2854313850402832, 0.2881081472302483, 0.020389485008225454], [0, -1.0950632095336914, 0.3666388047550645, 0.02695657272695535],
            ],
            Run(_context.Transforms.DetectChangePointBySsa("Prediction", "Value", 95.0, 10, 50, 10), [.. Enumerable.Range(0, 50).Select(i => (float)(i % 10)), .. Enumerable.Range(0, 10).Select(i => i * 100f)]), 1e-6);
    }

    [Theory]
    [InlineData(AnomalySide.Positive, new[] { 1, 0 })]
    [InlineData(AnomalySide.Negative, new[] { 0, 1 })]
    [InlineData(AnomalySide.TwoSided, new[] { 1, 1 })]
    public void Spikes_are_looked_for_on_the_side_that_is_asked_for(AnomalySide side, int[] alerts)
    {
        float[] values = [.. Enumerable.Range(0, 60).Select(i => i == 30 ? 20f : i == 50 ? -20f : MathF.Sin(i * 2.3f))];
        double[][] rows = Run(_context.Transforms.DetectIidSpike("Prediction", "Value", 99.5, 12, side), values);
        Assert.Equal(alerts, new[] { (int)rows[30][0], (int)rows[50][0] });
        Assert.Equal(alerts.Sum(), rows.Sum(row => row[0]));
    }

    [Theory]
    [InlineData(MartingaleType.Power)]
    [InlineData(MartingaleType.Mixture)]
    public void A_change_of_level_is_one_alert(MartingaleType martingale)
    {
        float[] values = [.. Enumerable.Range(0, 120).Select(i => (i < 80 ? 0f : 15f) + MathF.Sin(i * 2.3f))];
        double[][] rows = Run(_context.Transforms.DetectIidChangePoint("Prediction", "Value", 95.0, 8, martingale), values);
        int alert = Assert.Single(Enumerable.Range(0, rows.Length), i => rows[i][0] == 1);
        Assert.InRange(alert, 80, 90);
    }

    [Fact]
    public void A_missing_value_is_not_judged_and_not_remembered()
    {
        float[] values = [1, 2, 1, 2, 1, 2, 1, 2];
        double[][] whole = Run(_context.Transforms.DetectIidSpike("Prediction", "Value", 95.0, 4), values);
        double[][] gappy = Run(_context.Transforms.DetectIidSpike("Prediction", "Value", 95.0, 4), [.. values[..5], float.NaN, float.PositiveInfinity, .. values[5..]]);
        Assert.Equal([0, double.NaN, double.NaN], gappy[5]);
        Assert.Equal(whole[5..], gappy[7..]);
    }

    // By hand: 8 observed where 4 was expected.
    [Theory]
    [InlineData(ErrorFunction.SignedDifference, 4)]
    [InlineData(ErrorFunction.AbsoluteDifference, 4)]
    [InlineData(ErrorFunction.SignedProportion, 1)]
    [InlineData(ErrorFunction.AbsoluteProportion, 1)]
    [InlineData(ErrorFunction.SquaredDifference, 16)]
    public void Errors_are_measured_as_asked_for(ErrorFunction function, double expected)
    {
        double[][] rows = Run(_context.Transforms.DetectSpikeBySsa("Prediction", "Value", 95.0, 4, 10, 3, errorFunction: function), [.. Enumerable.Repeat(4f, 12), 8]);
        Assert.Equal(expected, rows[12][1], 1e-5);
    }

    [Fact]
    public void A_series_of_zeros_has_no_anomalies() =>
        Assert.All(Run(_context.Transforms.DetectSpikeBySsa("Prediction", "Value", 99.5, 10, 50, 5), Enumerable.Repeat(0f, 50)), row => Assert.Equal([0, 0, 0.5], row, (a, b) => Math.Abs(a - b) < 1e-9));

    [Fact]
    public void An_old_outlier_leaves_nothing_behind()
    {
        var rule = AnomalyRule.Spikes(99, 5, AnomalySide.TwoSided);
        AnomalyScores fresh = new(rule), shaken = new(rule);
        double[] expected = new double[3], actual = new double[3];
        shaken.Add(1e9, actual);
        for (int i = 0; i < 20; i++)
        {
            if (i >= 5) fresh.Add(i % 3, expected);
            shaken.Add(i % 3, actual);
        }
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.DetectIidSpike("Prediction", "Value", 101.0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.DetectIidSpike("Prediction", "Value", 95.0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.DetectIidChangePoint("Prediction", "Value", 95.0, 5, MartingaleType.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.DetectIidChangePoint("Prediction", "Value", 95.0, 5, eps: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.DetectSpikeBySsa("Prediction", "Value", 95.0, 5, 10, 5));
    }
}
