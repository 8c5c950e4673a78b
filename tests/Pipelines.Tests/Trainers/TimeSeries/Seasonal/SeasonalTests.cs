using System.Globalization;
using System.IO.Compression;
using MLPipelines.Testing;
using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Seasonal;

public class SeasonalTests
{
    // Rscript -e 'print(decompose(AirPassengers, "multiplicative")$figure, digits = 15)'
    [Fact]
    public void The_multiplicative_figure_is_that_of_R()
    {
        double[] expected =
        [
            0.910230367372201, 0.883625320694376, 1.007366287603545, 0.975906012322847, 0.981378027495129, 1.112775826679273, 1.226555542931201, 1.219910969445625, 1.060491932646818,
            0.921757240410498, 0.801178082413474, 0.898824389985011,
        ];
        AssertNear(expected, new ClassicalDecomposition(Airline, 12, multiplicative: true).Figure);
    }

    // Rscript -e 'd <- decompose(AirPassengers, "additive"); d$figure; d$trend[7:10]; d <- decompose(ts(AirPassengers[1:40], frequency = 7)); d$figure; d$trend[4:6]'
    [Fact]
    public void Additive_figures_and_trends_of_even_and_odd_seasons_are_those_of_R()
    {
        ClassicalDecomposition even = new(Airline, 12, multiplicative: false), odd = new(Airline.AsSpan(0, 40), 7, multiplicative: false);
        double[] figure =
        [
            -24.74873737373739, -36.18813131313131, -2.24116161616162, -8.03661616161616, -4.50631313131313, 35.40277777777779, 63.83080808080809, 62.82323232323233, 16.52020202020203,
            -20.64267676767676, -53.59343434343435, -28.61994949494951,
        ];
        AssertNear(figure, even.Figure);
        AssertNear([126.791666666667, 127.25, 127.958333333333, 128.583333333333], even.Trend.Skip(6).Take(4));
        Assert.True(double.IsNaN(even.Trend[5]) && double.IsNaN(even.Trend[^6]) && double.IsFinite(even.Trend[^7]));
        AssertNear([1.320408163265312, -5.593877551020405, -3.008163265306129, 0.777551020408162, 2.634693877551018, 4.520408163265306, -0.651020408163263], odd.Figure);
        AssertNear([127.857142857143, 133, 135.571428571429], odd.Trend.Skip(3).Take(3));
    }

    [Fact]
    public void Passengers_have_a_season_of_a_year_and_water_of_none()
    {
        Assert.True(SeasonalityTest.IsSeasonal(Airline, 12));
        Assert.False(SeasonalityTest.IsSeasonal(Water, 12));
        Assert.False(SeasonalityTest.IsSeasonal(Airline.AsSpan(0, 35), 12));
        Assert.False(SeasonalityTest.IsSeasonal(Airline, 1));
    }

    [Fact]
    public void A_decomposition_needs_two_seasons_and_a_product_positive_values()
    {
        Assert.Throws<ArgumentException>(() => new ClassicalDecomposition(Airline.AsSpan(0, 23), 12, multiplicative: false));
        Assert.Throws<ArgumentException>(() => new ClassicalDecomposition([1, 2, 0, 4], 2, multiplicative: true));
    }

    [DatasetFact("forecasting/naive2-reference")]
    public void Naive2_is_that_of_R()
    {
        double[][] inputs = Rows("r_naive_2_inputs.csv"), outputs = Rows("r_naive_2_outputs.csv");
        Assert.Equal(100, inputs.Length);
        for (int row = 0; row < inputs.Length; row++)
        {
            double[] forecast = Forecast(new Naive2Method().Fit(new Series("row", inputs[row], ReferenceSeason), Training), outputs[row].Length);
            for (int i = 0; i < forecast.Length; i++) Assert.Equal(outputs[row][i], forecast[i], 1e-9 * Math.Abs(outputs[row][i]));
        }
    }

    // Rows of 14 values hold no three seasons of 5 or more, and R's forecasts are the last value.
    private const int ReferenceSeason = 12;

    // Published: sMAPE of Naive2, M4 competition, 18.383 for hours and 9.161 for weeks.
    [DatasetFact("forecasting/m4/Hourly-train.csv.gz")]
    public void Naive2_has_the_published_errors_on_hours() => Assert.Equal(18.383, Smape("Hourly", 24), 5e-4);

    [DatasetFact("forecasting/m4/Weekly-train.csv.gz")]
    public void Naive2_has_the_published_errors_on_weeks() => Assert.Equal(9.161, Smape("Weekly", 1), 5e-4);

    private static double Smape(string period, int season)
    {
        double[][] train = Wide($"{period}-train.csv.gz"), test = Wide($"{period}-test.csv.gz");
        double sum = 0;
        for (int row = 0; row < train.Length; row++)
        {
            Series series = season > 1 ? new("row", train[row], season) : new("row", train[row]);
            double[] forecast = Forecast(new Naive2Method().Fit(series, Training), test[row].Length);
            sum += forecast.Zip(test[row], (mean, value) => 200 * Math.Abs(mean - value) / (Math.Abs(mean) + Math.Abs(value))).Average();
        }
        return sum / train.Length;
    }

    private static double[][] Rows(string file) =>
        [.. File.ReadLines(Datasets.PathOf($"forecasting/naive2-reference/{file}")).Skip(1).Select(line => Numbers(line.Split(',')))];

    private static double[][] Wide(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(Datasets.PathOf($"forecasting/m4/{file}")), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => Numbers(line.Split(',')[1..]))];
    }

    private static double[] Numbers(IEnumerable<string> fields) =>
        [.. fields.Select(field => field.Trim('"', '\r')).Where(field => field.Length > 0).Select(field => double.Parse(field, CultureInfo.InvariantCulture))];

    private static void AssertNear(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-11 * Math.Max(1, Math.Abs(pair.First))));
}
