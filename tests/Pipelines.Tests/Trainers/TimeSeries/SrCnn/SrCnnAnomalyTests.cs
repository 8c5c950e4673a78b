using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public sealed class SrCnnAnomalyTests
{
    private static readonly MLContext ML = new();

    // Twenty fives, a ten, five fives: the series of ML.NET's samples.
    private static readonly float[] Spike = [.. Enumerable.Repeat(5f, 20), 10, .. Enumerable.Repeat(5f, 5)];

    // The numbers in the comments of ML.NET's sample DetectAnomalyBySrCnnBatchPrediction.cs, which DetectAnomalyBySrCnn.cs states as well.
    [Fact]
    public void The_sample_of_MLNET_finds_its_spike()
    {
        double[][] found = Detect(Spike);
        Assert.Equal((1, "0.47", "0.93"), Print(found[20]));
        Assert.Equal((0, "0.31", "0.50"), Print(found[21]));
        Assert.Equal((0, "0.05", "0.30"), Print(found[22]));
        Assert.Equal((0, "0.01", "0.23"), Print(found[23]));
        Assert.Equal((0, "0.00", "0.21"), Print(found[24]));
        Assert.Equal((0, "0.01", "0.25"), Print(found[25]));
        Assert.All(found[..15], point => Assert.Equal((0, "0.00", "0.00"), Print(point)));
    }

    // The sample states the score 0.03 and the saliency 0.18 for these: the rounding of single precision in MKL's transform, whose
    // frequencies above 0 are not quite 0. Without rounding there is one frequency, and each of the 16 + 5 points has an equal part of it.
    [Fact]
    public void A_constant_window_has_no_score()
    {
        Assert.All(Detect(Spike)[15..20], point => Assert.Equal([0, 0, Math.Round(1 / 21.0, 12)], point.Select(number => Math.Round(number, 12))));
        Assert.All(Detect([.. Enumerable.Repeat(1e30f, 40)])[15..], point => Assert.Equal(0, point[1], 1e-12));
        Assert.All(Detect(new float[40]), point => Assert.Equal([0, 0, 0], point));
    }

    // ML.NET's test AnomalyDetectionWithSrCnn.
    [DatasetFact("forecasting/anomaly/mlnet-timeseries/anomaly_detection.csv")]
    public void A_file_is_searched()
    {
        IDataView data = ML.Data.LoadFromTextFile(Datasets.PathOf("forecasting/anomaly/mlnet-timeseries/anomaly_detection.csv"), [new("Value", DataKind.Single, 0)], hasHeader: true);
        double[][] found = Read(Estimator().Fit(data).Transform(data));
        Assert.Equal([20], Enumerable.Range(0, found.Length).Where(i => found[i][0] == 1));
    }

    [Fact]
    public void Scores_depend_neither_on_scale_nor_on_sign()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => i * 37 % 11 + (i == 70 ? 60f : 0))];
        double[][] found = Detect(values), scaled = Detect([.. values.Select(value => value * 1024)]), negative = Detect([.. values.Select(value => -value)]);
        Assert.Equal(1, found[70][0]);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(found[i][1], scaled[i][1], 1e-9);
            Assert.Equal(found[i][1], negative[i][1], 1e-9);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_is_not_finite_is_bridged(float value)
    {
        float[] gap = [.. Spike], bridged = [.. Spike];
        (gap[0], gap[1], gap[18], bridged[18]) = (value, value, value, 5);
        double[][] found = Detect(gap), expected = Detect(bridged);
        Assert.Equal([0, double.NaN, double.NaN], found[18]);
        Assert.Equal([0, double.NaN, double.NaN], found[0]);
        // Without a value before it there is none to stand in: the window is full two points later.
        Assert.Equal(0, found[16][2]);
        Assert.All(Enumerable.Range(19, 7), i => Assert.Equal(expected[i], found[i]));
    }

    // As ML.NET's sample DetectAnomalyBySrCnn.cs does it.
    [Fact]
    public void An_engine_follows_the_series_and_goes_on_after_a_check_point()
    {
        double[][] expected = Detect(Spike);
        ITransformer model = Estimator().Fit(Data(Spike));
        var engine = model.CreateTimeSeriesEngine<Observation, Judgement>(ML);
        for (int i = 0; i < 21; i++) Assert.Equal(expected[i], engine.Predict(new Observation { Value = Spike[i] }).Prediction);
        using var stream = new MemoryStream();
        engine.CheckPoint(ML, stream);
        stream.Position = 0;
        ITransformer loaded = ML.Model.Load(stream, out _);
        var second = loaded.CreateTimeSeriesEngine<Observation, Judgement>(ML);
        for (int i = 21; i < 26; i++) Assert.Equal(expected[i], second.Predict(new Observation { Value = Spike[i] }).Prediction);
        // Readings start at the state that was saved, however many there are.
        for (int i = 0; i < 2; i++) Assert.Equal(expected[21..], Read(loaded.Transform(Data(Spike[21..]))));
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Assert.Equal("windowSize", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.DetectAnomalyBySrCnn("P", "V", windowSize: 2)).ParamName);
        Assert.Equal("backAddWindowSize", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.DetectAnomalyBySrCnn("P", "V", backAddWindowSize: 0)).ParamName);
        Assert.Equal("lookaheadWindowSize", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.DetectAnomalyBySrCnn("P", "V", windowSize: 6, judgementWindowSize: 3)).ParamName);
        Assert.Equal("averagingWindowSize", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.DetectAnomalyBySrCnn("P", "V", averagingWindowSize: 65)).ParamName);
        Assert.Equal("judgementWindowSize", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.DetectAnomalyBySrCnn("P", "V", judgementWindowSize: 0)).ParamName);
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.DetectAnomalyBySrCnn("P", "V", threshold: double.NaN)).ParamName);
    }

    private static SrCnnAnomalyEstimator Estimator() => ML.Transforms.DetectAnomalyBySrCnn("Prediction", "Value", 16, 5, 5, 3, 8, 0.35);

    private static MemoryView Data(float[] values) => new MemoryView(batchSize: 7).Add("Value", values);

    private static double[][] Detect(float[] values) => Read(Estimator().Fit(Data(values)).Transform(Data(values)));

    private static double[][] Read(IDataView view) => ViewContents.Vectors<double>(view, "Prediction");

    private static (double Alert, string Score, string Mag) Print(double[] point) =>
        (point[0], point[1].ToString("0.00", CultureInfo.InvariantCulture), point[2].ToString("0.00", CultureInfo.InvariantCulture));

    public sealed class Observation
    {
        public float Value { get; set; }
    }

    public sealed class Judgement
    {
        [VectorType(3)]
        public double[] Prediction { get; set; } = [];
    }
}

public sealed class SrCnnContractTests : EstimatorContract
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.DetectAnomalyBySrCnn("Prediction", "Value", 8, 3, 4, 2, 5, 0.2);

    protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Value", [.. Enumerable.Range(0, 30).Select(i => i * 37 % 11 + (i == 20 ? 60f : 0))]);

    protected override string[] RequiredColumns => ["Value"];

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Value", 1.0, 2.0, 3.0);
}
