using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public sealed class RootCauseTests
{
    private const string All = "##SUM##";

    private static readonly MLContext ML = new();
    private static readonly DateTime Time = new(2020, 3, 23);

    // ML.NET's sample LocalizeRootCause.cs states the score 0.26670448876705927, which is that of beta = 0.5, the default of an older
    // version; by hand with p = 200 / 500, q = 1200 / 1500, and explanatory power 1.
    [Fact]
    public void The_sample_of_MLNET_finds_the_data_centre()
    {
        List<TimeSeriesPoint> points = [.. Shared(All), Point("UK", All, All, 1500, 500, true), Point("UK", "Laptop", All, 300, 200, true), Point("UK", "Mobile", All, 1200, 300, true)];
        RootCauseItem item = Assert.Single(ML.AnomalyDetection.LocalizeRootCause(Input(points), beta: 0.5)!.Items);
        Assert.Equal(0.26670448876705927, item.Score, 1e-15);
        Assert.Equal(["DataCenter"], item.Path);
        Assert.Equal(AnomalyDirection.Up, item.Direction);
        Assert.Equal("[Country, UK] [DeviceType, ##SUM##] [DataCenter, DC1]", string.Join(" ", item.Dimension));
        double surprise = (0.4 * Math.Log2(0.8 / 1.2) + 0.8 * Math.Log2(1.6 / 1.2)) / 2;
        Assert.Equal(0.3 * (1 - Math.Pow(2, -surprise)) + 0.7 * 0.5, ML.AnomalyDetection.LocalizeRootCause(Input(points))!.Items[0].Score, 1e-15);
    }

    // ML.NET's sample LocalizeRootCauseMultidimension.cs. It states the score of the sample above for the first cause, whose points are
    // others here; by hand with p = 200 / 750, q = 1200 / 1800, and explanatory power 1000 / 1050.
    [Fact]
    public void The_sample_of_MLNET_orders_two_dimensions()
    {
        List<TimeSeriesPoint> points =
        [
            .. Shared(All), Point("UK", All, All, 1800, 750, true), Point("UK", "Laptop", All, 1500, 450, true), Point("UK", "Mobile", All, 600, 550, false),
            Point("UK", "Mobile", "DC3", 100, 100, false), Point("UK", "Laptop", "DC3", 200, 250, false), Point("UK", All, "DC3", 300, 350, false),
        ];
        List<RootCause> causes = ML.AnomalyDetection.LocalizeRootCauses(Input(points));
        Assert.Equal(2, causes.Count);
        RootCauseItem first = Assert.Single(causes[0].Items), second = Assert.Single(causes[1].Items);
        double p = 200 / 750.0, q = 1200 / 1800.0, surprise = (p * Math.Log2(2 * p / (p + q)) + q * Math.Log2(2 * q / (p + q))) / 2;
        Assert.Equal(0.5 * (1 - Math.Pow(2, -surprise)) + 0.5 * (1 - Math.Pow(2, -1000 / 1050.0)), first.Score, 1e-15);
        Assert.Equal(0.254746585094852, second.Score, 1e-15);
        Check(first, Place("UK", All, "DC1"), AnomalyDirection.Up, "DataCenter");
        Check(second, Place("UK", "Laptop", All), AnomalyDirection.Up, "DeviceType");
    }

    // ML.NET's tests RootCauseLocalization, MultiDimensionalRootCauseLocalization and RootCauseLocalizationForNullDimValue.
    [Theory]
    [InlineData(All)]
    [InlineData(null)]
    public void The_tests_of_MLNET_find_both_causes(object? symbol)
    {
        List<RootCause> causes = ML.AnomalyDetection.LocalizeRootCauses(Input(TestPoints(symbol), symbol));
        Assert.Equal(2, causes.Count);
        RootCauseItem first = Assert.Single(causes[0].Items), second = Assert.Single(causes[1].Items);
        Check(first, Place("UK", symbol, "DC1"), AnomalyDirection.Up, "DataCenter");
        Check(second, Place("UK", "Mobile", symbol), AnomalyDirection.Up, "DeviceType");
    }

    // ML.NET's tests RootCauseLocalizationForIntDimValue and RootCauseLocalizationForDiffDimValueType.
    [Fact]
    public void Values_are_compared_as_what_they_are()
    {
        List<TimeSeriesPoint> points = [.. TestPoints(0).Select(point => new TimeSeriesPoint(point.Value, point.ExpectedValue, point.IsAnomaly, point.Dimension.ToDictionary(pair => pair.Key, pair => Number(pair.Value))))];
        RootCauseItem item = Assert.Single(ML.AnomalyDetection.LocalizeRootCause(Input(points, 0, 10))!.Items);
        Check(item, Place(10, 0, 30), AnomalyDirection.Up, "DataCenter");
        var other = new RootCauseLocalizationInput(Time, Place(10, 0, 0), [new(Time, points)], AggregateType.Sum, "0");
        Assert.Null(ML.AnomalyDetection.LocalizeRootCause(other));

        static object Number(object value) => value switch { "UK" => 10, "Laptop" => 20, "Mobile" => 21, "DC1" => 30, "DC2" => 31, "DC3" => 32, _ => value };
    }

    // Only the anomaly and points with a value in each dimension: the gain of information is 1 bit for data centres and 0 for devices.
    [Fact]
    public void Points_without_sums_between_are_enough()
    {
        List<TimeSeriesPoint> points =
        [
            Point("UK", All, All, 2300, 400, true),
            Point("UK", "Laptop", "DC1", 1000, 100, true), Point("UK", "Mobile", "DC1", 1100, 100, true), Point("UK", "Laptop", "DC2", 100, 100, false), Point("UK", "Mobile", "DC2", 100, 100, false),
            Point("UK", "Laptop", "DC3", 0, 0, false), Point("UK", "Mobile", "DC3", 0, 0, false), Point("UK", "Laptop", "DC4", 0, 0, false), Point("UK", "Mobile", "DC4", 0, 0, false),
        ];
        RootCause cause = ML.AnomalyDetection.LocalizeRootCauses(Input(points))[0];
        RootCauseItem item = Assert.Single(cause.Items);
        Assert.Equal(Place("UK", All, "DC1"), item.Dimension);
        // The point of the data centre is the sum of its two: p = 200 / 400, q = 2100 / 2300, explanatory power 1.
        double q = 2100 / 2300.0, surprise = (0.5 * Math.Log2(1 / (0.5 + q)) + q * Math.Log2(2 * q / (0.5 + q))) / 2;
        Assert.Equal(0.5 * (1 - Math.Pow(2, -surprise)) + 0.25, item.Score, 1e-15);
        // Entropy of 2 of 8 less nothing, by 2 bits of data centres.
        Assert.Equal((-0.25 * Math.Log2(0.25) - 0.75 * Math.Log2(0.75)) / 2, cause.GainRatio, 1e-15);
    }

    [Fact]
    public void A_fall_is_caused_by_what_fell()
    {
        List<TimeSeriesPoint> points =
        [
            Point("UK", All, All, 500, 1500, true), Point("UK", All, "DC1", 100, 1200, true), Point("UK", All, "DC2", 400, 300, true), Point("UK", All, "DC3", 0, 0, false), Point("UK", All, "DC4", 0, 0, false),
        ];
        var input = new RootCauseLocalizationInput(Time, Place("UK", All, All), [new(Time, points)], AggregateType.Max, All);
        RootCauseItem item = Assert.Single(ML.AnomalyDetection.LocalizeRootCause(input)!.Items);
        Check(item, Place("UK", All, "DC1"), AnomalyDirection.Down, "DataCenter");
        Assert.Equal(1, item.Score);
    }

    [Fact]
    public void What_all_values_share_is_its_own_cause()
    {
        List<TimeSeriesPoint> points = [Point("UK", All, All, 200, 100, true), Point("UK", All, "DC1", 100, 50, true), Point("UK", All, "DC2", 100, 50, true)];
        RootCause[] causes = [.. ML.AnomalyDetection.LocalizeRootCauses(Input(points)).Where(cause => cause.Items.Count > 0)];
        RootCauseItem item = Assert.Single(Assert.Single(causes).Items);
        Assert.Equal(Place("UK", All, All), item.Dimension);
        Assert.Empty(item.Path);
    }

    [Fact]
    public void Without_the_anomaly_among_the_points_there_is_a_cause_without_items()
    {
        List<TimeSeriesPoint> points = [.. TestPoints(All).Where(point => point.Value != 1800)];
        Assert.Empty(ML.AnomalyDetection.LocalizeRootCause(Input(points))!.Items);
        Assert.Empty(ML.AnomalyDetection.LocalizeRootCause(Input([]))!.Items);
    }

    [Fact]
    public void What_cannot_be_used_is_named()
    {
        List<TimeSeriesPoint> points = TestPoints(All);
        Assert.Contains("0 of the 1 slices", Assert.Throws<ArgumentException>(() => ML.AnomalyDetection.LocalizeRootCause(new(Time.AddDays(1), Place("UK", All, All), [new(Time, points)], All))).Message);
        Assert.Equal("beta", Assert.Throws<ArgumentOutOfRangeException>(() => ML.AnomalyDetection.LocalizeRootCauses(Input(points), beta: 1.1)).ParamName);
        Assert.Equal("rootCauseThreshold", Assert.Throws<ArgumentOutOfRangeException>(() => ML.AnomalyDetection.LocalizeRootCauses(Input(points), rootCauseThreshold: double.NaN)).ParamName);
        points[3].Dimension.Remove("DataCenter");
        Assert.Contains("Country = UK, DeviceType = Laptop has no dimension 'DataCenter'", Assert.Throws<ArgumentException>(() => ML.AnomalyDetection.LocalizeRootCauses(Input(points))).Message);
        points[3] = Point("UK", "Laptop", "DC2", double.NaN, 100, false);
        Assert.Contains("DataCenter = DC2 has the value NaN", Assert.Throws<ArgumentException>(() => ML.AnomalyDetection.LocalizeRootCauses(Input(points))).Message);
    }

    [Fact]
    public void Points_and_causes_are_equal_where_their_dimensions_are()
    {
        Assert.Equal(Point("UK", "Laptop", "DC1", 1, 2, true), Point("UK", "Laptop", "DC1", 3, 4, false));
        Assert.NotEqual(Point("UK", "Laptop", "DC1", 1, 2, true), Point("UK", "Laptop", "DC2", 1, 2, true));
        Assert.Equal(new RootCauseItem(Place(1, 2, null)).GetHashCode(), new RootCauseItem(Place(1, 2, null), ["x"]).GetHashCode());
        Assert.False(new RootCauseItem(Place(1, 2, 3)).Equals(new RootCauseItem(new() { ["Country"] = 1, ["Other"] = 2, ["DataCenter"] = 3 })));
    }

    private static void Check(RootCauseItem item, Dictionary<string, object> place, AnomalyDirection direction, string path)
    {
        Assert.Equal(place, item.Dimension);
        Assert.Equal(direction, item.Direction);
        Assert.Equal([path], item.Path);
    }

    private static RootCauseLocalizationInput Input(List<TimeSeriesPoint> points, object? symbol = null, object? country = null)
    {
        symbol ??= points.Exists(point => point.Dimension.ContainsValue(null!)) ? null : All;
        return new(Time, Place(country ?? "UK", symbol, symbol), [new(Time, points)], AggregateType.Sum, symbol);
    }

    private static List<TimeSeriesPoint> Shared(object? all) =>
    [
        Point("UK", "Laptop", "DC1", 200, 100, true), Point("UK", "Mobile", "DC1", 1000, 100, true), Point("UK", all, "DC1", 1200, 200, true),
        Point("UK", "Laptop", "DC2", 100, 100, false), Point("UK", "Mobile", "DC2", 200, 200, false), Point("UK", all, "DC2", 300, 300, false),
    ];

    private static List<TimeSeriesPoint> TestPoints(object? all) =>
    [
        .. Shared(all), Point("UK", all, all, 1800, 850, true), Point("UK", "Laptop", all, 500, 450, false), Point("UK", "Mobile", all, 1300, 400, true),
        Point("UK", "Mobile", "DC3", 100, 100, false), Point("UK", "Laptop", "DC3", 200, 250, false), Point("UK", all, "DC3", 300, 350, false),
    ];

    private static TimeSeriesPoint Point(object country, object? device, object? centre, double value, double expected, bool isAnomaly) => new(value, expected, isAnomaly, Place(country, device, centre));

    private static Dictionary<string, object> Place(object country, object? device, object? centre) => new() { ["Country"] = country, ["DeviceType"] = device!, ["DataCenter"] = centre! };
}
