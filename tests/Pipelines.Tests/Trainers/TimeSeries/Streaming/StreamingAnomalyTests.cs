using MLPipelines.Data;
using MLPipelines.Programs;
using MLPipelines.Testing;
using MLPipelines.TimeSeries;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Streaming;

public sealed class StreamingAnomalyTests
{
    /// <summary>Normal noise by Box and Muller.</summary>
    private static double[] Noise(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }

    private static double[][] Detect(double[] values, double confidence = 99.5, int quietPeriod = 100) =>
        ViewContents.Vectors<double>(new MLContext().AnomalyDetection.DetectStreamingAnomalies(new MemoryView().Add("Value", values), "Anomaly", "Value", confidence, quietPeriod), "Anomaly");

    private static int[] Alerts(double[][] rows) => [.. Enumerable.Range(0, rows.Length).Where(row => rows[row][0] == 1)];

    [Fact]
    public void A_spike_in_noise_alerts()
    {
        double[] values = Noise(1000);
        values[700] += 12;
        Assert.Contains(700, Alerts(Detect(values)));
    }

    [Fact]
    public void Noise_alerts_less_often_than_the_confidence_allows()
    {
        int alerts = Enumerable.Range(1, 5).Sum(seed => Alerts(Detect(Noise(4000, seed))).Length);
        Assert.InRange(alerts, 0, 0.005 * 5 * 4000);
    }

    [Fact]
    public void A_level_change_alerts_soon_and_once()
    {
        double[] values = Noise(1500);
        for (int i = 1000; i < values.Length; i++) values[i] += 6;
        int[] alerts = [.. Alerts(Detect(values, quietPeriod: 500)).Where(row => row >= 1000)];
        Assert.NotEmpty(alerts);
        Assert.InRange(alerts[0], 1000, 1005);
        Assert.InRange(alerts[^1], 1000, 1030);
    }

    [Fact]
    public void A_pattern_that_breaks_alerts_although_every_value_is_usual()
    {
        double[] noise = Noise(1200);
        double[] values = [.. noise.Select((e, i) => Math.Sin(2 * Math.PI * i / 24) + (0.05 * e))];
        // Half a period at its highest value.
        for (int i = 900; i < 912; i++) values[i] = 1;
        Assert.Contains(Alerts(Detect(values)), row => row is >= 900 and < 920);
    }

    [Fact]
    public void A_constant_metric_never_alerts() => Assert.Empty(Alerts(Detect([.. Enumerable.Repeat(42.0, 2000)])));

    [Fact]
    public void The_first_change_of_a_constant_metric_alerts()
    {
        double[] values = [.. Enumerable.Repeat(42.0, 1000)];
        values[600] = 43;
        Assert.Equal(600, Alerts(Detect(values))[0]);
    }

    [Fact]
    public void Units_do_not_matter()
    {
        double[] values = Noise(800);
        values[500] = 9;
        // Powers of two, so that nothing is rounded.
        Assert.Equal(Detect(values), Detect([.. values.Select(value => -1024 * value)]));
    }

    [Fact]
    public void Missing_and_infinite_values_are_passed_over()
    {
        double[] values = Noise(600);
        double[] withGaps = [.. values[..300], double.NaN, double.PositiveInfinity, .. values[300..]];
        double[][] rows = Detect(withGaps);
        foreach (double[] row in rows[300..302]) Assert.Equal([0, double.NaN, double.NaN], row);
        Assert.Equal(Detect(values), [.. rows[..300], .. rows[302..]]);
    }

    [Fact]
    public void Huge_values_leave_finite_numbers()
    {
        double[] values = Noise(400);
        (values[200], values[201]) = (double.MaxValue, -double.MaxValue);
        Assert.All(Detect(values), row => Assert.All(row, number => Assert.True(double.IsFinite(number))));
    }

    [Fact]
    public void What_follows_the_training_rows_is_judged_as_if_they_were_one()
    {
        // More than the histories hold, so that the oldest are forgotten on both sides.
        double[] values = Noise(9000);
        values[8000] += 20;
        var context = new MLContext();
        StreamingAnomalyDetector detector = context.Transforms.DetectStreamingAnomaly("Anomaly", "Value").Fit(new MemoryView().Add("Value", values[..7000]));
        using var file = new MemoryStream();
        context.Model.Save(detector, new MemoryView().Add("Value", 0.0).Schema, file);
        file.Position = 0;
        IDataView rest = context.Model.Load(file, out _).Transform(new MemoryView().Add("Value", values[7000..]));
        Assert.Equal(Detect(values)[7000..], ViewContents.Vectors<double>(rest, "Anomaly"));
    }

    [Fact]
    public void An_engine_follows_the_metric_and_goes_on_from_a_checkpoint()
    {
        double[] values = Noise(400);
        values[350] = 15;
        var context = new MLContext();
        ITransformer detector = context.Transforms.DetectStreamingAnomaly("Anomaly", "Value").Fit(new MemoryView().Add("Value", Array.Empty<double>()));
        double[][] expected = Detect(values);
        using var file = new MemoryStream();
        using (var engine = detector.CreateTimeSeriesEngine<Observation, Judged>(context))
        {
            for (int i = 0; i < 300; i++) Assert.Equal(expected[i], engine.Predict(new Observation { Value = values[i] }).Anomaly);
            engine.CheckPoint(context, file);
        }
        file.Position = 0;
        using var later = context.Model.Load(file, out _).CreateTimeSeriesEngine<Observation, Judged>(context);
        for (int i = 300; i < 400; i++) Assert.Equal(expected[i], later.Predict(new Observation { Value = values[i] }).Anomaly);
        Assert.Equal(1, expected[350][0]);
    }

    private sealed class Observation
    {
        public double Value { get; set; }
    }

    private sealed class Judged
    {
        public double[] Anomaly { get; set; } = [];
    }

    [Fact]
    public void A_score_is_given_once_per_event()
    {
        double[] values = Noise(500);
        (values[300], values[301], values[302], values[320]) = (10, 10, 40, 30);
        double[][] rows = Detect(values);
        Assert.Equal([true, true, false], new[] { rows[300][1] > 0, rows[302][1] > rows[300][1], rows[320][1] > 0 });
        Assert.All(rows, row => Assert.True(row[1] == 0 || Math.Abs(Math.Exp(-row[1]) - row[2]) < 1e-15));
    }

    [Fact]
    public void A_surprise_is_counted_inside_the_history_and_follows_a_power_law_beyond()
    {
        // python3 -c "from math import log; print(-log((51+.5)/101), log(200/91)/(sum(log(i/91) for i in range(91,101))/10)-log(.1))"
        // Squares have twice the logarithms everywhere, which changes nothing.
        SurpriseHistory history = SurpriseHistory.Of([.. Enumerable.Range(1, 100).Select(i => (double)i * i)]);
        Assert.Equal(0.67353871, history.Of(50 * 50), 8);
        Assert.Equal(18.77174532, history.Of(200 * 200), 8);
    }

    [Fact]
    public void The_oldest_deviations_are_forgotten()
    {
        var history = new SurpriseHistory();
        for (int i = 0; i < SurpriseHistory.Capacity; i++) history.Add(1000);
        for (int i = 1; i < SurpriseHistory.Capacity; i++) history.Add(i % 100);
        Assert.Equal(1, history.ToArray().Count(deviation => deviation == 1000));
        SurpriseHistory copy = SurpriseHistory.Of(history.ToArray());
        history.Add(7);
        copy.Add(7);
        Assert.Equal(history.ToArray(), copy.ToArray());
        Assert.Equal(history.Of(150), copy.Of(150));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(99, -1)]
    public void Settings_out_of_range_are_refused(double confidence, int quietPeriod) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MLContext().Transforms.DetectStreamingAnomaly("Anomaly", "Value", confidence, quietPeriod));

    [DatasetFact("forecasting/nab/nab-data-and-labels.tar.gz")]
    public void It_scores_59_on_the_Numenta_Anomaly_Benchmark()
    {
        AnomalyWindowMetrics metrics = AnomalyWindowMetrics.AtBestThreshold([.. NabCorpus.Read(Datasets.PathOf("forecasting/nab/nab-data-and-labels.tar.gz"))
            .Select(file => new AnomalyScoredSeries(Detect(file.Values).Select(row => row[1]).ToArray(), file.Windows))]);
        Assert.InRange(metrics.Score, 59, 60);
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Value"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.DetectStreamingAnomaly("Anomaly", "Value", 95, 3);

        protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Value", [.. Noise(200).Select(value => (float)value)]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Value", "a", "b", "c");
    }
}
