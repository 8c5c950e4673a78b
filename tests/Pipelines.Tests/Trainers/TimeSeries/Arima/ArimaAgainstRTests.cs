using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Arima;

/// <summary>
/// Numbers of R 4.2, forecast 8.20: f &lt;- Arima(x, order = …, seasonal = …); coef(f), f$sigma2, f$loglik, f$aicc and forecast(f, h = 24, level = 95). Where
/// there are differences R's likelihood is of the differenced series, x &lt;- diff(diff(log(AirPassengers)), 12) with include.mean = FALSE: that of the series itself it
/// approximates with a prior of variance 1e6.
/// </summary>
public class ArimaAgainstRTests
{
    private const double Bound = 1.959963984540054;

    /// <summary>R: lh.</summary>
    private static readonly double[] Hormone =
    [
        2.4, 2.4, 2.4, 2.2, 2.1, 1.5, 2.3, 2.3, 2.5, 2, 1.9, 1.7, 2.2, 1.8, 3.2, 3.2, 2.7, 2.2, 2.2, 1.9, 1.9, 1.8, 2.7, 3,
        2.3, 2, 2, 2.9, 2.9, 2.7, 2.7, 2.3, 2.6, 2.4, 1.8, 1.7, 1.5, 1.4, 2.1, 3.3, 3.5, 3.5, 3.1, 2.6, 2.1, 3.4, 3, 2.9,
    ];

    /// <summary>R: Nile.</summary>
    private static readonly double[] Nile =
    [
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260,
        1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821,
        768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801,
        1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
    ];

    /// <summary>R: lynx.</summary>
    private static readonly double[] Lynx =
    [
        269, 321, 585, 871, 1475, 2821, 3928, 5943, 4950, 2577, 523, 98, 184, 279, 409, 2285, 2685, 3409, 1824, 409, 151, 45, 68, 213, 546, 1033, 2129, 2536, 957,
        361, 377, 225, 360, 731, 1638, 2725, 2871, 2119, 684, 299, 236, 245, 552, 1623, 3311, 6721, 4254, 687, 255, 473, 358, 784, 1594, 1676, 2251, 1426, 756,
        299, 201, 229, 469, 736, 2042, 2811, 4431, 2511, 389, 73, 39, 49, 59, 188, 377, 1292, 4031, 3495, 587, 105, 153, 387, 758, 1307, 3465, 6991, 6313, 3794,
        1836, 345, 382, 808, 1388, 2713, 3800, 3091, 2985, 3790, 674, 81, 80, 108, 229, 399, 1132, 2432, 3574, 2935, 1537, 529, 485, 662, 1000, 1590, 2657, 3396,
    ];

    /// <summary>R: USAccDeaths.</summary>
    private static readonly double[] Deaths =
    [
        9007, 8106, 8928, 9137, 10017, 10826, 11317, 10744, 9713, 9938, 9161, 8927, 7750, 6981, 8038, 8422, 8714, 9512, 10120, 9823, 8743, 9129, 8710, 8680,
        8162, 7306, 8124, 7870, 9387, 9556, 10093, 9620, 8285, 8466, 8160, 8034, 7717, 7461, 7767, 7925, 8623, 8945, 10078, 9179, 8037, 8488, 7874, 8647,
        7792, 6957, 7726, 8106, 8890, 9299, 10625, 9302, 8314, 8850, 8265, 8796, 7836, 6892, 7791, 8192, 9115, 9434, 10484, 9827, 9110, 9070, 8633, 9240,
    ];

    /// <summary>R: ldeaths.</summary>
    private static readonly double[] LungDeaths =
    [
        3035, 2552, 2704, 2554, 2014, 1655, 1721, 1524, 1596, 2074, 2199, 2512, 2933, 2889, 2938, 2497, 1870, 1726, 1607, 1545, 1396, 1787, 2076, 2837,
        2787, 3891, 3179, 2011, 1636, 1580, 1489, 1300, 1356, 1653, 2013, 2823, 3102, 2294, 2385, 2444, 1748, 1554, 1498, 1361, 1346, 1564, 1640, 2293,
        2815, 3137, 2679, 1969, 1870, 1633, 1529, 1366, 1357, 1570, 1535, 2491, 3084, 2605, 2573, 2143, 1693, 1504, 1461, 1354, 1333, 1492, 1781, 1915,
    ];

    /// <summary>R: JohnsonJohnson.</summary>
    private static readonly double[] Earnings =
    [
        0.71, 0.63, 0.85, 0.44, 0.61, 0.69, 0.92, 0.55, 0.72, 0.77, 0.92, 0.6, 0.83, 0.8, 1, 0.77, 0.92, 1, 1.24, 1, 1.16, 1.3, 1.45, 1.25, 1.26, 1.38, 1.86, 1.56,
        1.53, 1.59, 1.83, 1.86, 1.53, 2.07, 2.34, 2.25, 2.16, 2.43, 2.7, 2.25, 2.79, 3.42, 3.69, 3.6, 3.6, 4.32, 4.32, 4.05, 4.86, 5.04, 5.04, 4.41, 5.58, 5.85, 6.57, 5.31,
        6.03, 6.39, 6.93, 5.85, 6.93, 7.74, 7.83, 6.12, 7.74, 8.91, 8.28, 6.84, 9.54, 10.26, 9.54, 8.73, 11.88, 12.06, 12.15, 8.91, 14.04, 12.96, 14.85, 9.99, 16.2, 14.67, 16.02, 11.61,
    ];

    /// <summary>R: WWWusage.</summary>
    private static readonly double[] Users =
    [
        88, 84, 85, 85, 84, 85, 83, 85, 88, 89, 91, 99, 104, 112, 126, 138, 146, 151, 150, 148, 147, 149, 143, 132, 131, 139, 147, 150, 148, 145, 140, 134, 131, 131,
        129, 126, 126, 132, 137, 140, 142, 150, 159, 167, 170, 171, 172, 172, 174, 175, 172, 172, 174, 174, 169, 165, 156, 142, 131, 121, 112, 104, 102, 99, 99, 95, 88,
        84, 84, 87, 89, 88, 85, 86, 89, 91, 91, 94, 101, 110, 121, 135, 145, 149, 156, 165, 171, 175, 177, 182, 193, 204, 208, 210, 215, 222, 228, 226, 222, 220,
    ];

    private static double[] LogAirline => [.. Airline.Select(value => Math.Log(value))];

    [Fact]
    public void The_airline_model_is_estimated()
    {
        ArimaEstimate estimate = Estimate(Differencing.Difference(Differencing.Difference(LogAirline, 12), 1), 12, new(0, 1, 1, 0, 1, 1));
        Check(estimate, [-0.401823376654, -0.556936090928], 0, 0.00136899983494, 244.696486833, -483.203997288);
    }

    [Fact]
    public void The_airline_is_forecast_with_bounds()
    {
        // forecast(Arima(log(AirPassengers), order = c(0, 1, 1), seasonal = c(0, 1, 1)), h = 24, level = 95); the prior of R moves the bounds by 1e-4.
        SeriesModel model = new ArimaMethod(new(0, 1, 1, 0, 1, 1)).Fit(Monthly(LogAirline), Training);
        double[] mean = Forecast(model, 24), deviation = Deviations(model, 24);
        Assert.Equal("ARIMA(0,1,1)(0,1,1)[12]", model.Name);
        Assert.Equal([6.110186, 6.053775, 6.168025, 6.264274], [mean[0], mean[1], mean[11], mean[23]], (expected, actual) => Math.Abs(expected - actual) < 2e-6);
        Assert.Equal([6.037607, 6.006778, 5.990621], [Lower(0), Lower(11), Lower(23)], (expected, actual) => Math.Abs(expected - actual) < 3e-4);

        double Lower(int step) => mean[step] - Bound * deviation[step];
    }

    [Fact]
    public void Autoregressions_with_a_mean_are_estimated_and_forecast()
    {
        double[] lynx = [.. Lynx.Select(value => Math.Log10(value))];
        Check(Estimate(lynx, 1, new(2, 0, 0, HasConstant: true)), [1.37760537336, -0.739875767557], 2.90381621491, 0.0524506295108, 6.50465952724, -4.64234657742);
        SeriesModel model = new ArimaMethod(new(2, 0, 0, HasConstant: true)).Fit(Plain(lynx), Training);
        double[] mean = Forecast(model, 24), deviation = Deviations(model, 24);
        Assert.Equal([3.38262236641, 3.09940796924, 2.93369881401, 2.88838231377], [mean[0], mean[1], mean[11], mean[23]], (expected, actual) => Math.Abs(expected - actual) < 1e-5);
        Assert.Equal([3.83149532548, 4.01319105245, 3.98041736061], [mean[0] + Bound * deviation[0], mean[11] + Bound * deviation[11], mean[23] + Bound * deviation[23]],
            (expected, actual) => Math.Abs(expected - actual) < 1e-5);
        Check(Estimate(Hormone, 1, new(3, 0, 0, HasConstant: true)), [0.644796516548, -0.0633735287511, -0.219806191714], 2.39312746844, 0.194902132014, -27.092411066, 65.6133935606);
    }

    [Fact]
    public void Mixed_models_are_estimated()
    {
        Check(Estimate(Hormone, 1, new(1, 0, 1, HasConstant: true)), [0.452202021976, 0.198167326585], 2.41005961049, 0.20513294315, -28.7620332052, 66.4542989685);
        Check(Estimate(Differencing.Difference(Nile, 1), 1, new(1, 1, 1)), [0.254371347774, -0.874136333507], 0, 20176.9023743, -630.627382954, 1267.50739749);
    }

    /// <summary>R: auto.arima(x) with its defaults, and its aicc.</summary>
    [Theory]
    [InlineData("AirPassengers", "ARIMA(2,1,1)(0,1,0)[12]")]
    [InlineData("log AirPassengers", "ARIMA(0,1,1)(0,1,1)[12]")]
    [InlineData("lynx", "ARIMA(2,0,2) with mean")]
    [InlineData("Nile", "ARIMA(1,1,1)")]
    [InlineData("lh", "ARIMA(1,0,0) with mean")]
    [InlineData("USAccDeaths", "ARIMA(0,1,1)(0,1,1)[12]")]
    [InlineData("ldeaths", "ARIMA(0,0,2)(2,1,0)[12] with drift")]
    [InlineData("JohnsonJohnson", "ARIMA(3,1,1)(0,1,0)[4]")]
    [InlineData("WWWusage", "ARIMA(1,1,1)")]
    public void The_automatic_choice_is_that_of_R(string name, string chosen)
    {
        Series series = name switch
        {
            "AirPassengers" => Monthly(Airline),
            "log AirPassengers" => Monthly(LogAirline),
            "lynx" => Plain(Lynx),
            "Nile" => Plain(Nile),
            "lh" => Plain(Hormone),
            "USAccDeaths" => Monthly(Deaths),
            "ldeaths" => Monthly(LungDeaths),
            "JohnsonJohnson" => new(name, Earnings, 4),
            _ => Plain(Users),
        };
        Assert.Equal(chosen, new ArimaMethod().Fit(series, Training).Name);
    }

    [Fact]
    public void The_test_of_stationarity_has_the_statistic_of_urca()
    {
        // ur.kpss(x, type = "mu", use.lag = trunc(3 * sqrt(length(x)) / 13))@teststat
        Assert.Equal(1.31522646318, Differencing.StationarityStatistic(Nile), 1e-10);
        Assert.Equal(0.367889110815, Differencing.StationarityStatistic(Hormone), 1e-10);
        Assert.Equal(0.0694650820944, Differencing.StationarityStatistic(Lynx), 1e-10);
    }

    [Fact]
    public void The_strength_of_a_season_is_that_of_mstl()
    {
        // m <- mstl(x); r <- m[, "Remainder"]; 1 - var(r) / var(r + m[, "Seasonal12"])
        Assert.Equal(0.94067249031, Differencing.StrengthOfSeason(Airline, 12), 1e-9);
        Assert.Equal(0.888293322752, Differencing.StrengthOfSeason(LungDeaths, 12), 1e-9);
    }

    private static ArimaEstimate Estimate(double[] differenced, int season, ArimaOrders orders) => new ArimaEstimator(differenced, season).Estimate(orders, true, default);

    private static void Check(ArimaEstimate estimate, double[] coefficients, double mean, double variance, double likelihood, double criterion)
    {
        Assert.Equal(coefficients.Length, estimate.Coefficients.Length);
        for (int i = 0; i < coefficients.Length; i++) Assert.Equal(coefficients[i], estimate.Coefficients[i], 3e-5);
        Assert.Equal(mean, estimate.Mean, 3e-5);
        Assert.Equal(variance, estimate.Variance, 1e-5 * variance);
        Assert.Equal(likelihood, estimate.LogLikelihood, 1e-6);
        Assert.Equal(criterion, estimate.Criterion, 1e-6);
    }
}
