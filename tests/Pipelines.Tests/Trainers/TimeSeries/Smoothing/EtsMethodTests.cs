using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Smoothing;

public class EtsMethodTests
{
    private static readonly EtsMethod Additive = new() { Error = EtsComponent.Additive, Trend = EtsComponent.Additive, Damped = false, Season = EtsComponent.Additive };

    [Fact]
    public void A_line_with_a_wave_goes_on()
    {
        double[] values = Wave(72, 12, 50, 0.5, 10);
        double[] forecast = Forecast(new EtsMethod().Fit(Monthly(values[..60]), Training), 12);
        for (int i = 0; i < 12; i++) Assert.Equal(values[60 + i], forecast[i], 1e-6);
    }

    [Fact]
    public void A_shift_of_the_series_shifts_additive_forecasts()
    {
        double[] shifted = [.. Airline.Select(value => value - 300)];
        double[] plain = Forecast(Additive.Fit(Monthly(Airline), Training), 12), moved = Forecast(Additive.Fit(Monthly(shifted), Training), 12);
        for (int i = 0; i < 12; i++) Assert.Equal(plain[i] - 300, moved[i], 0.02);
    }

    [Fact]
    public void Fixed_letters_are_kept_and_the_rest_is_chosen()
    {
        EtsMethod method = new() { Error = EtsComponent.Additive, Trend = EtsComponent.Additive, Damped = true };
        Assert.Equal(["ETS(A,Ad,N)", "ETS(A,Ad,A)"], method.Forms(Monthly(Airline)).Select(form => form.ToString()));
        Assert.Equal(15, new EtsMethod().Forms(Monthly(Airline)).Count());
        Assert.Equal(6, new EtsMethod().Forms(Plain(Airline)).Count());
        Assert.Contains("ETS(M,Md,M)", new EtsMethod { AllowMultiplicativeTrend = true }.Forms(Monthly(Airline)).Select(form => form.ToString()));
    }

    [Fact]
    public void Nothing_multiplicative_is_made_of_values_that_are_not_positive()
    {
        double[] values = [.. Airline.Select(value => value - 104)];
        Assert.All(new EtsMethod().Forms(Monthly(values)), form => Assert.False(form.NeedsPositive));
        EtsMethod relative = new() { Error = EtsComponent.Multiplicative };
        Assert.Equal("not all of its values are positive, as a multiplicative form needs", relative.ObjectionTo(Monthly(values)));
    }

    [Fact]
    public void Too_few_values_are_an_objection()
    {
        Assert.Equal("it has 3 values, and 5 are needed", new EtsMethod().ObjectionTo(Plain([1, 2, 4])));
        Assert.Null(new EtsMethod().ObjectionTo(Plain([1, 2, 4, 3, 5])));
        Assert.Equal("it has 23 values, and 24 are needed", new EtsMethod { Season = EtsComponent.Additive }.ObjectionTo(Monthly(Airline[..23])));
        Assert.Equal("it has no season", new EtsMethod { Season = EtsComponent.Additive }.ObjectionTo(Plain(Airline)));
    }

    [Fact]
    public void A_season_of_a_week_of_hours_is_learned()
    {
        double[] values = Wave(840, 168, 100, 0, 20);
        double[] forecast = Forecast(new EtsMethod().Fit(new Series("week", values.AsMemory(0, 672), 168), Training), 168);
        for (int i = 0; i < 168; i++) Assert.Equal(values[672 + i], forecast[i], 1e-3);
    }

    [Fact]
    public void Observations_move_states_as_the_recursion_over_the_series_does()
    {
        foreach (string letters in new[] { "ANN", "MAdN", "AAA", "MAM", "MMdM" })
        {
            EtsForm form = EtsAgainstRTests.FormOf(letters);
            double[] values = [.. Airline[..60].Select(value => value / 100)];
            EtsRecursion recursion = new(values, form.HasSeason ? 12 : 1);
            EtsStart start = EtsStart.Of(values, 12, form.Trend, form.Season);
            EtsParameters parameters = new(0.3, form.HasTrend ? 0.05 : 0, form.HasSeason ? 0.1 : 0, form.Damped ? 0.9 : 1);
            (recursion.Level, recursion.Slope) = (start.Level, start.Slope);
            start.Seasons.CopyTo(recursion.Seasons);
            double[] state = [start.Level, .. form.HasTrend ? [start.Slope] : Array.Empty<double>(), .. start.Seasons];
            EtsModel model = new(state, form, parameters, 1);
            recursion.Run(form, parameters);
            double[] moved = [.. state];
            foreach (double value in values) model.Observe(moved, value);
            Assert.Equal(recursion.LastLevel, moved[0], 1e-12);
            if (form.HasTrend) Assert.Equal(recursion.LastSlope, moved[1], 1e-12);
            if (form.HasSeason) Assert.Equal(recursion.LastSeasons[11], moved[^1], 1e-12);
        }
    }

    [Fact]
    public void Ninety_five_percent_of_simulated_values_are_in_the_interval()
    {
        var random = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        int inside = 0, all = 0;
        for (int path = 0; path < 200; path++)
        {
            double level = 100;
            double[] values = new double[104];
            for (int i = 0; i < values.Length; i++)
            {
                double error = Normal();
                values[i] = level + error;
                level += 0.3 * error;
            }
            SeriesModel model = EtsMethod.Simple.Fit(Plain(values[..96]), Training);
            double[] mean = Forecast(model, 8), deviations = Deviations(model, 8);
            for (int i = 0; i < 8; i++, all++)
                if (Math.Abs(values[96 + i] - mean[i]) <= 1.96 * deviations[i]) inside++;
        }
        Assert.InRange((double)inside / all, 0.92, 0.97);
    }
}
