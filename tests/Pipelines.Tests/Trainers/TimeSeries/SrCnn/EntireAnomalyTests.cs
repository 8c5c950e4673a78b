using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public sealed class EntireAnomalyTests
{
    private const string Files = "forecasting/anomaly/mlnet-timeseries/";

    private static readonly MLContext ML = new();

    // Twenty fives, a ten, five fives: the series of ML.NET's sample and tests.
    private static readonly double[] Spike = [.. Enumerable.Repeat(5.0, 20), 10, .. Enumerable.Repeat(5.0, 5)];

    // The comments of ML.NET's sample DetectEntireAnomalyBySrCnn.cs, but for the score 0.50 of the spike and the margin from 4.99 to 5.01: these are of
    // version 1.5, whose margins were others. The table in today's source has 0.0909 for the sensitivity 90 and 1 for 55: the
    // margin is 5 ± 5 · 0.0909, and the distance of one unit has the score 1 − 0.55.
    [Fact]
    public void The_sample_of_MLNET_finds_its_spike()
    {
        string[] saliencies =
        [
            "0.21", "0.11", "0.03", "0.01", "0.03", "0.06", "0.02", "0.01", "0.01", "0.01", "0.00", "0.01", "0.01", "0.02", "0.07", "0.08", "0.02", "0.05", "0.12", "0.17",
            "0.80", "0.16", "0.11", "0.05", "0.11", "0.19",
        ];
        double[][] found = Read(ML.AnomalyDetection.DetectEntireAnomalyBySrCnn(Data(Spike), "Prediction", "Value", threshold: 0.35, batchSize: 512, sensitivity: 90.0, detectMode: SrCnnDetectMode.AnomalyAndMargin));
        for (int i = 0; i < Spike.Length; i++)
        {
            string[] expected = [i == 20 ? "1.00" : "0.00", i == 20 ? "0.45" : "0.00", saliencies[i], "5.00", "5.00", "5.45", "4.55"];
            Assert.Equal(expected, found[i].Select(number => Math.Abs(number).ToString("0.00", CultureInfo.InvariantCulture)));
        }
    }

    // ML.NET's test TestSrCnnBatchAnomalyDetector.
    [Theory]
    [InlineData(-1)]
    [InlineData(24)]
    [InlineData(26)]
    [InlineData(512)]
    public void Runs_of_any_length_find_the_spike(int batchSize)
    {
        double[][] only = Detect(SrCnnDetectMode.AnomalyOnly), expected = Detect(SrCnnDetectMode.AnomalyAndExpectedValue), margin = Detect(SrCnnDetectMode.AnomalyAndMargin);
        for (int i = 0; i < Spike.Length; i++)
        {
            Assert.Equal((3, 4, 7), (only[i].Length, expected[i].Length, margin[i].Length));
            Assert.Equal((i == 20 ? 1.0 : 0, i == 20 ? 1.0 : 0, i == 20 ? 1.0 : 0), (only[i][0], expected[i][0], margin[i][0]));
        }
        Assert.Equal(5, expected[20][3], 0.01);
        Assert.Equal([5.0, 5.0, 5.01, 4.99], margin[20][3..].Select(number => Math.Round(number, 2)));

        double[][] Detect(SrCnnDetectMode mode) => Read(ML.AnomalyDetection.DetectEntireAnomalyBySrCnn(Data(Spike), "Prediction", "Value", 0.35, batchSize, 98, mode));
    }

    // ML.NET's test TestSrCnnAnomalyDetectorWithSeasonalData.
    [DatasetTheory(Files)]
    [InlineData(SrCnnDeseasonalityMode.Stl)]
    [InlineData(SrCnnDeseasonalityMode.Mean)]
    [InlineData(SrCnnDeseasonalityMode.Median)]
    public void A_season_is_no_anomaly(SrCnnDeseasonalityMode mode)
    {
        double[] values = Load("period_no_anomaly.csv");
        CheckAlerts(values, new() { Threshold = 0.3, BatchSize = -1, Sensitivity = 64, DetectMode = SrCnnDetectMode.AnomalyAndMargin, Period = 288, DeseasonalityMode = mode }, _ => false);
    }

    // ML.NET's test TestSrCnnAnomalyDetectorWithSeasonalAnomalyData.
    [DatasetTheory(Files)]
    [InlineData(SrCnnDeseasonalityMode.Stl)]
    [InlineData(SrCnnDeseasonalityMode.Mean)]
    [InlineData(SrCnnDeseasonalityMode.Median)]
    public void A_break_in_a_season_is_an_anomaly(SrCnnDeseasonalityMode mode)
    {
        double[] values = Load("period_anomaly.csv");
        CheckAlerts(values, new() { Threshold = 0.23, BatchSize = -1, Sensitivity = 63, DetectMode = SrCnnDetectMode.AnomalyAndMargin, Period = 288, DeseasonalityMode = mode }, i => i is >= 2988 and <= 3095);
    }

    // ML.NET's test TestSrCnnAnomalyDetectorWithAnomalyAtBeginning.
    [DatasetFact(Files + "anomaly_at_beginning.csv")]
    public void An_anomaly_at_the_beginning_is_found() =>
        CheckAlerts(Load("anomaly_at_beginning.csv"), new() { Threshold = 0.3, BatchSize = -1, Sensitivity = 80, DetectMode = SrCnnDetectMode.AnomalyAndMargin }, i => i == 1);

    // ML.NET's test TestSrCnnAnomalyDetectorBigSpike.
    [DatasetTheory(Files)]
    [InlineData(SrCnnDetectMode.AnomalyOnly)]
    [InlineData(SrCnnDetectMode.AnomalyAndExpectedValue)]
    public void Only_the_big_spike_is_found(SrCnnDetectMode mode)
    {
        double[][] found = Detect(Load("big_spike_data.csv"), new() { Threshold = 0.3, BatchSize = -1, Sensitivity = 80, DetectMode = mode });
        Assert.Equal([26], Alerts(found));
    }

    // ML.NET's test TestSrcnnEntireDetectNonnegativeData.
    [DatasetFact(Files + "non_negative_case.csv")]
    public void Values_of_one_sign_are_expected_where_there_are_no_others()
    {
        double[] values = Load("non_negative_case.csv");
        var options = new SrCnnEntireAnomalyDetectorOptions { Threshold = 0.1, BatchSize = -1, Sensitivity = 99, DetectMode = SrCnnDetectMode.AnomalyAndMargin };
        Assert.All(Detect(values, options), point => Assert.True(point[3] >= 0));
        Assert.All(Detect([.. values.Select(value => -value)], options), point => Assert.True(point[3] <= 0));
    }

    [Theory]
    [InlineData(SrCnnDeseasonalityMode.Stl)]
    [InlineData(SrCnnDeseasonalityMode.Mean)]
    [InlineData(SrCnnDeseasonalityMode.Median)]
    public void An_anomaly_within_a_strong_season_is_found(SrCnnDeseasonalityMode mode)
    {
        // At the top of the season the value of its bottom: no unusual value, at an unusual place.
        double[] values = Seasonal(480);
        values[294] -= 100;
        double[][] found = Detect(values, new() { DetectMode = SrCnnDetectMode.AnomalyAndExpectedValue, Period = 24, BatchSize = -1, DeseasonalityMode = mode });
        Assert.Equal([294], Alerts(found));
        Assert.Equal(150, found[294][3], 6.0);
    }

    [Fact]
    public void A_short_last_run_is_looked_at_with_the_end_of_the_one_before()
    {
        double[] values = Seasonal(105);
        values[102] = 400;
        var options = new SrCnnEntireAnomalyDetectorOptions { BatchSize = 50, DetectMode = SrCnnDetectMode.AnomalyAndMargin };
        double[][] found = Detect(values, options);
        Assert.Equal(Detect(values[..50], options), found[..50]);
        Assert.Equal(Detect(values[50..100], options), found[50..100]);
        Assert.Equal(Detect(values[55..], options)[45..], found[100..]);
        Assert.Equal(1, found[102][0]);
    }

    [Fact]
    public void Rows_keep_their_columns_and_runs_of_the_source_do_not_matter()
    {
        double[] values = Seasonal(105);
        var expected = ViewContents.Read(Find(values, 4096));
        Assert.Equal(105, expected["Name"].Count);
        foreach (int batchSize in new[] { 1, 7, 50, 64 })
        {
            var found = ViewContents.Read(Find(values, batchSize));
            foreach (var (name, rows) in expected) Assert.Equal(rows, found[name]);
        }
        IDataView only = Find(values, 9);
        Assert.Equal(values, ViewContents.Values<double>(only, "Value"));
        Assert.Equal(["Alert", "Raw Score", "Mag"], only.Schema["Prediction"].SlotNamesOrNull()!);

        static IDataView Find(double[] values, int batchSize) => ML.AnomalyDetection.DetectEntireAnomalyBySrCnn(
            new MemoryView(batchSize).Add("Value", values).AddText("Name", [.. values.Select((_, i) => $"n{i}")]), "Prediction", "Value", batchSize: 50);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e6)]
    [InlineData(-1)]
    public void What_is_found_scales_with_the_series(double factor)
    {
        double[] values = Seasonal(200);
        values[150] = 400;
        var options = new SrCnnEntireAnomalyDetectorOptions { BatchSize = -1, DetectMode = SrCnnDetectMode.AnomalyAndExpectedValue };
        double[][] found = Detect(values, options), scaled = Detect([.. values.Select(value => value * factor)], options);
        Assert.Equal([150], Alerts(found));
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(found[i][0], scaled[i][0]);
            Assert.Equal(found[i][1], scaled[i][1], 1e-9);
            Assert.Equal(found[i][3] * factor, scaled[i][3], 1e-9 * Math.Abs(factor));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7.1)]
    [InlineData(1e15)]
    public void A_constant_series_has_no_anomalies(double value)
    {
        foreach (SrCnnDetectMode mode in Enum.GetValues<SrCnnDetectMode>())
        {
            foreach (int period in new[] { 0, 1, 5 })
            {
                double[][] found = Detect([.. Enumerable.Repeat(value, 40)], new() { DetectMode = mode, Period = period });
                Assert.All(found, point => Assert.Equal((0, true), (point[0], point.All(double.IsFinite))));
                if (mode != SrCnnDetectMode.AnomalyOnly) Assert.All(found, point => Assert.Equal(value, point[3], 1e-12 * Math.Max(1, Math.Abs(value))));
            }
        }
    }

    [Fact]
    public void What_cannot_be_looked_at_is_named()
    {
        Assert.Equal("DetectEntireAnomalyBySrCnn: column 'Value': found 11 values, expected at least 12.", Assert.Throws<MLPipelinesException>(() => Detect(Spike[..11], new())).Message);
        Assert.Equal("DetectEntireAnomalyBySrCnn: column 'Value': found 26 values, expected at least 28, two periods of 14. Give a shorter period, or 0 for none.",
            Assert.Throws<MLPipelinesException>(() => Detect(Spike, new() { Period = 14 })).Message);
        foreach (double value in new[] { double.NaN, double.NegativeInfinity })
        {
            double[] values = [.. Spike];
            values[13] = value;
            Assert.Contains("row 13, column 'Value': found " + value.ToString(CultureInfo.InvariantCulture), Assert.Throws<MLPipelinesException>(() => Detect(values, new())).Message);
        }
        Assert.Empty(Detect([], new()));
        Assert.Contains("'Value' is Single, expected Double", Assert.Throws<ArgumentOutOfRangeException>(() => ML.AnomalyDetection.DetectEntireAnomalyBySrCnn(new MemoryView().Add("Value", 1f), "P", "Value")).Message);
        Assert.Contains("'Other' not found", Assert.Throws<ArgumentOutOfRangeException>(() => ML.AnomalyDetection.DetectEntireAnomalyBySrCnn(Data(Spike), "P", "Other")).Message);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Check(nameof(SrCnnEntireAnomalyDetectorOptions.Threshold), new() { Threshold = 1.1 });
        Check(nameof(SrCnnEntireAnomalyDetectorOptions.Sensitivity), new() { Sensitivity = -1 });
        Check(nameof(SrCnnEntireAnomalyDetectorOptions.BatchSize), new() { BatchSize = 11 });
        Check(nameof(SrCnnEntireAnomalyDetectorOptions.BatchSize), new() { BatchSize = 100, Period = 26 });
        Check(nameof(SrCnnEntireAnomalyDetectorOptions.Period), new() { Period = -1 });
        Check(nameof(SrCnnEntireAnomalyDetectorOptions.DetectMode), new() { DetectMode = (SrCnnDetectMode)3 });
        Check(nameof(SrCnnEntireAnomalyDetectorOptions.DeseasonalityMode), new() { DeseasonalityMode = (SrCnnDeseasonalityMode)3 });

        static void Check(string name, SrCnnEntireAnomalyDetectorOptions options) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => Detect(Spike, options)).ParamName);
    }

    // The pseudo-code in a comment of ML.NET's SrCnnEntireAnomalyDetector.cs makes a table of these.
    [Fact]
    public void Margins_are_those_of_MLNET()
    {
        Assert.Equal(532, SensitivityMargins.Of(0));
        Assert.Equal(32.8, SensitivityMargins.Of(24), 1e-12);
        Assert.Equal(6.25, SensitivityMargins.Of(44), 1e-12);
        Assert.Equal(0.64, SensitivityMargins.Of(64), 1e-12);
        Assert.Equal(0.13818181818181818, SensitivityMargins.Of(86), 1e-12);
        Assert.Equal(0.043636363636363695, SensitivityMargins.Of(93), 1e-12);
        Assert.Equal(0.0002999999999999999, SensitivityMargins.Of(99), 1e-12);
        Assert.Equal((0.0002999999999999999 + 0.0022249999999999995) / 2, SensitivityMargins.Of(98.5), 1e-12);
        Assert.Equal(0, SensitivityMargins.Of(100));
        for (int sensitivity = 0; sensitivity <= 100; sensitivity++) Assert.Equal(1 - sensitivity / 100.0, SensitivityMargins.ScoreOf(SensitivityMargins.Of(sensitivity)), 1e-12);
        Assert.Equal(0.445, SensitivityMargins.ScoreOf(0.98), 1e-12);
        Assert.Equal(1, SensitivityMargins.ScoreOf(1e9));
    }

    private static double[] Seasonal(int count) => [.. Enumerable.Range(0, count).Select(i => 100 + 50 * Math.Sin(2 * Math.PI * i / 24) + i * 37 % 11 * 0.3)];

    private static void CheckAlerts(double[] values, SrCnnEntireAnomalyDetectorOptions options, Func<int, bool> isAnomaly)
    {
        double[][] found = Detect(values, options);
        Assert.Equal(Enumerable.Range(0, values.Length).Where(isAnomaly), Alerts(found));
        for (int i = 0; i < values.Length; i++) Assert.Equal(isAnomaly(i), values[i] < found[i][6] || values[i] > found[i][5]);
    }

    private static IEnumerable<int> Alerts(double[][] found) => Enumerable.Range(0, found.Length).Where(i => found[i][0] == 1);

    private static MemoryView Data(double[] values) => new MemoryView(batchSize: 10).Add("Value", values);

    private static double[] Load(string file) => ViewContents.Values<double>(ML.Data.LoadFromTextFile(Datasets.PathOf(Files + file), [new("Value", DataKind.Double, 0)], hasHeader: true), "Value");

    private static double[][] Detect(double[] values, SrCnnEntireAnomalyDetectorOptions options) => Read(ML.AnomalyDetection.DetectEntireAnomalyBySrCnn(Data(values), "Prediction", "Value", options));

    private static double[][] Read(IDataView view) => ViewContents.Vectors<double>(view, "Prediction");
}
