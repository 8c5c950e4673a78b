using System.Text.Json.Nodes;
using MLPipelines.Persistence;
using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Models;

/// <summary>What holds of every method.</summary>
public class ForecastMethodContractTests
{
    private static readonly Dictionary<string, ForecastMethod> ByName = new()
    {
        ["seasonal naive"] = new SeasonalNaiveMethod(),
        ["naive 2"] = new Naive2Method(),
        ["ETS"] = new EtsMethod(),
        ["simple"] = EtsMethod.Simple,
        ["Holt"] = EtsMethod.Holt,
        ["damped"] = EtsMethod.DampedTrend,
        ["damped, adjusted"] = new SeasonallyAdjustedMethod("Damped", EtsMethod.DampedTrend),
        ["Theta"] = new ThetaMethod(ThetaForm.Standard),
        ["optimized Theta"] = new ThetaMethod(ThetaForm.Optimized),
        ["dynamic Theta"] = new ThetaMethod(),
        ["ARIMA"] = new ArimaMethod(),
        ["ARIMA of given orders"] = new ArimaMethod(new(1, 1, 1, 0, 1, 1)),
        ["multiple seasons"] = new MultipleSeasonsMethod(),
        ["multiple seasons, ETS"] = new MultipleSeasonsMethod(new EtsMethod()),
        ["seasonal regression"] = new SeasonalRegressionMethod(),
        ["Box-Cox"] = new BoxCoxMethod(new ArimaMethod()),
        ["SSA"] = new SsaMethod(),
        ["combination"] = new CombinationMethod(new ThetaMethod(), EtsMethod.DampedTrend),
        ["automatic"] = new AutoForecastMethod(new AutoForecastOptions { Horizon = 6 }),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    // SSA smooths its window anew with the value that stands in.
    public static TheoryData<string> NamesWithoutSmoothing => [.. ByName.Keys.Where(name => name != "SSA")];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_series_in_another_unit_is_forecast_in_that_unit(string name)
    {
        double[] thousandths = [.. Airline.Select(value => value * 1024)];
        SeriesModel plain = ByName[name].Fit(Monthly(Airline), Training), scaled = ByName[name].Fit(Monthly(thousandths), Training);
        double[] means = Forecast(plain, 14), scaledMeans = Forecast(scaled, 14), deviations = Deviations(plain, 14), scaledDeviations = Deviations(scaled, 14);
        for (int i = 0; i < 14; i++)
        {
            Assert.Equal(means[i] * 1024, scaledMeans[i], 1e-9 * scaledMeans[i]);
            Assert.Equal(deviations[i] * 1024, scaledDeviations[i], 1e-9 * scaledDeviations[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_model_is_loaded_bit_by_bit(string name)
    {
        foreach (double[] values in new[] { Airline, Water })
        {
            SeriesModel model = ByName[name].Fit(Monthly(values), Training), loaded = Reload(model);
            Assert.Equal(model.Name, loaded.Name);
            Assert.Equal(model.State, loaded.State);
            Assert.Equal(Forecast(model, 30), Forecast(loaded, 30));
            Assert.Equal(Deviations(model, 30), Deviations(loaded, 30));
            double[] state = [.. model.State], same = [.. loaded.State];
            model.Observe(state, 500);
            loaded.Observe(same, 500);
            Assert.Equal(state, same);
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithoutSmoothing))]
    public void Without_an_observation_forecasts_move_on(string name)
    {
        SeriesModel model = ByName[name].Fit(Monthly(Airline), Training);
        double[] state = [.. model.State], next = new double[29];
        model.Observe(state, double.NaN);
        model.At(state).Forecast(state, next, []);
        Assert.All(Forecast(model, 30)[1..].Zip(next), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * pair.First));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_observation_counts(string name)
    {
        SeriesModel model = ByName[name].Fit(Monthly(Airline), Training);
        double[] high = [.. model.State], low = [.. model.State], above = new double[24], below = new double[24];
        model.Observe(high, 900);
        model.Observe(low, 200);
        model.Forecast(high, above, []);
        model.Forecast(low, below, []);
        Assert.True(above.Sum() > below.Sum() + 100);
        Assert.Equal(model.State, ByName[name].Fit(Monthly(Airline), Training).State);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Errors_grow_with_the_horizon(string name)
    {
        double[] deviations = Deviations(ByName[name].Fit(Plain(Water), Training), 20);
        Assert.True(deviations[0] > 0);
        for (int i = 1; i < 20; i++) Assert.True(deviations[i] >= deviations[i - 1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_constant_stays_what_it_is(string name)
    {
        foreach (double constant in new[] { 0, 7.25, -3, 1e9 })
        {
            SeriesModel model = ByName[name].Fit(Monthly([.. Enumerable.Repeat(constant, 40)]), Training);
            Assert.All(Forecast(model, 13), mean => Assert.Equal(constant, mean, 1e-9 * Math.Abs(constant)));
            Assert.All(Deviations(model, 13), deviation => Assert.InRange(deviation, 0, 1e-6 * Math.Abs(constant)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Negative_values_and_zeros_are_forecast(string name)
    {
        double[] values = [.. Wave(60, 12, 0, 0, 10).Select((value, i) => Math.Round(value + Math.Cos(i * i)))];
        SeriesModel model = ByName[name].Fit(Monthly(values), Training);
        Assert.All(Forecast(model, 24), mean => Assert.InRange(mean, -200, 200));
        Assert.All(Deviations(model, 24), deviation => Assert.InRange(deviation, 0, 200));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Short_series_are_fitted_or_objected_to(string name)
    {
        for (int length = 1; length < 30; length++)
        {
            Series series = Monthly(Airline[..length]);
            if (ByName[name].ObjectionTo(series) is { } objection)
            {
                Assert.Contains($"{length} values", objection);
                continue;
            }
            SeriesModel model = ByName[name].Fit(series, Training);
            Assert.All(Forecast(model, 12), mean => Assert.True(double.IsFinite(mean)));
            Assert.All(Deviations(model, 12), deviation => Assert.True(double.IsFinite(deviation)));
        }
    }

    private static SeriesModel Reload(SeriesModel model)
    {
        JsonObject parameters = [];
        Dictionary<string, byte[]> entries = [];
        SeriesModelWriter writer = new();
        writer.Write(model);
        writer.Save(new StepPartsWriter("step", parameters, entries));
        return new SeriesModelReader(new StepPartsReader("model.zip", "step", 1, parameters, entries)).ReadModel();
    }
}
