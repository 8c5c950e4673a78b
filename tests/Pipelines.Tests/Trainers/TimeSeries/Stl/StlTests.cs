using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

/// <summary>
/// Expected numbers are R's, 4.2.2: <c>s &lt;- stl(x, s.window = 7)</c> and so on, then
/// <c>for (i in at) cat(sprintf("(%d, %.12f, %.12f, %.12f),\n", i - 1, s$time.series[i,1], s$time.series[i,2], s$time.series[i,3]))</c>.
/// </summary>
public sealed class StlTests
{
    private static double[] Logarithms => [.. ClassicSeries.Airline.Select(value => Math.Log(value))];

    // y <- ts(100 + i * 0.05 + 10 * sin(2 * pi * i / 24) + 5 * cos(2 * pi * i / 168) + (i * 7919) %% 13 - 6 + 200 * ((i %% 97) == 5), frequency = 168)
    private static double[] Hourly => [.. Enumerable.Range(0, 1000).Select(i =>
        100 + i * 0.05 + 10 * Math.Sin(2 * Math.PI * i / 24) + 5 * Math.Cos(2 * Math.PI * i / 168) + i * 7919 % 13 - 6 + (i % 97 == 5 ? 200 : 0))];

    // x <- log(AirPassengers); stl(x, "periodic")
    [Fact]
    public void A_season_that_never_changes_is_found() => Check(Logarithms, new StlOptions(12),
        (0, -0.091640424147, 4.829388653953, -0.019249358511), (1, -0.114028283920, 4.830368139896, 0.054344768490),
        (49, -0.114028283920, 5.381701354606, 0.010441588545), (76, -0.015024784996, 5.617342734858, -0.003895990864),
        (142, -0.213527739593, 6.196307492002, -0.016633013285), (143, -0.100636250654, 6.204752356426, -0.035690517528));

    // stl(x, s.window = 7)
    [Fact]
    public void A_season_that_changes_is_found() => Check(Logarithms, new StlOptions(12) { SeasonWindow = 7 },
        (0, -0.091558638540, 4.809112714489, 0.000944795346), (1, -0.050783144912, 4.813908711332, 0.007559058045),
        (49, -0.100480035048, 5.373243959504, 0.005350734774), (76, -0.003730881005, 5.616069342683, -0.013916502680),
        (142, -0.213534624080, 6.189351737681, -0.009670374477), (143, -0.118580302397, 6.197001927714, -0.009996037073));

    // stl(ts(x[1:143], frequency = 12), s.window = 13, t.window = 21, robust = TRUE)
    // The length is odd: with an even one, R's partial sort does not always find both values in the middle, and its weights are others.
    [Fact]
    public void Far_points_lose_weight() => Check(Logarithms[..143], new StlOptions(12) { SeasonWindow = 13, TrendWindow = 21, RobustIterations = 15 },
        (0, -0.078804265151, 4.808486446789, -0.011183310343), (1, -0.077613029356, 4.813537999148, 0.034759654673),
        (49, -0.092844493657, 5.357608012984, 0.013351139904), (76, -0.014301180077, 5.616006655838, -0.003283516763),
        (141, -0.072853807742, 6.196731902506, 0.009519948233), (142, -0.218644939656, 6.205267283524, -0.020475604744));

    // stl(y, s.window = 11)
    [Fact]
    public void A_long_season_is_found() => Check(Hourly, new StlOptions(168) { SeasonWindow = 11 },
        (0, 2.611593473173, 103.781270996426, -7.392864469600), (5, 56.561330836318, 103.955607240592, 158.305152552147),
        (499, -5.091407125822, 126.990727026389, 2.304254202709), (800, 34.199628115180, 142.046936997996, -32.212660607400),
        (998, -1.993421508389, 152.618135654962, -0.070345403351), (999, -4.688078806809, 152.673954028263, 2.612473618223));

    // stl(ts(y[1:999], frequency = 168), "periodic", robust = TRUE)
    [Fact]
    public void Spikes_leave_the_rest_alone() => Check(Hourly[..999], new StlOptions(168) { RobustIterations = 15 },
        (0, 2.532516280187, 102.362950183848, -5.895466464036), (5, 110.826110518524, 102.612272379752, 105.383707730782),
        (499, -5.411553721723, 127.289736511705, 2.325391313294), (800, 6.626488324445, 142.310836075381, -4.903419894050),
        (997, -0.701915155065, 152.206736166719, -0.660200183330), (998, -3.245834681769, 152.257554602420, 1.542648822571));

    [Fact]
    public void Room_is_used_again_without_traces()
    {
        double[] seasonal = new double[144], trend = new double[144], remainder = new double[144], again = new double[144];
        var stl = new Stl(144, new StlOptions(12) { SeasonWindow = 7, RobustIterations = 2 });
        stl.Decompose(Logarithms, seasonal, trend, remainder);
        stl.Decompose(ClassicSeries.Airline, again, trend, remainder);
        stl.Decompose(Logarithms, again, trend, remainder);
        Assert.Equal(seasonal, again);
    }

    [Fact]
    public void Two_seasons_are_enough_and_one_is_not()
    {
        double[] seasonal = new double[24], trend = new double[24], remainder = new double[24];
        new Stl(24, new StlOptions(12)).Decompose(Logarithms.AsSpan(0, 24), seasonal, trend, remainder);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(seasonal[i], seasonal[i + 12]));
        Assert.Contains("at least two seasons of 12", Assert.Throws<ArgumentException>(() => new Stl(23, new StlOptions(12)).Decompose(Logarithms.AsSpan(0, 23), seasonal, trend, remainder)).Message);
    }

    private static void Check(double[] values, StlOptions options, params (int At, double Seasonal, double Trend, double Remainder)[] expected)
    {
        double[] seasonal = new double[values.Length], trend = new double[values.Length], remainder = new double[values.Length];
        new Stl(values.Length, options).Decompose(values, seasonal, trend, remainder);
        Assert.All(expected, e => Assert.Equal(e.Seasonal, seasonal[e.At], 1e-11));
        Assert.All(expected, e => Assert.Equal(e.Trend, trend[e.At], 1e-11));
        Assert.All(expected, e => Assert.Equal(e.Remainder, remainder[e.At], 1e-11));
    }
}
