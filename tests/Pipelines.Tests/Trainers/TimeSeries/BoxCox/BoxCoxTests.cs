using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.BoxCox;

public class BoxCoxTests
{
    [Fact]
    public void The_power_is_that_of_Guerrero()
    {
        // R: BoxCox.lambda(AirPassengers, lower = 0, upper = 1) = 6.61e-05, its end of the range: the logarithm.
        Assert.Equal(0, GuerreroPower.Of(Airline, 12));
        // R: y <- (((1:120) + 10 * sin(2 * pi * (1:120) / 12)) / 3 + 30)^2; BoxCox.lambda(ts(y, frequency = 12), lower = 0, upper = 1)
        double[] squares = [.. Enumerable.Range(1, 120).Select(i => Math.Pow(((i + (10 * Math.Sin(2 * Math.PI * i / 12))) / 3) + 30, 2))];
        Assert.Equal(0.4980477, GuerreroPower.Of(squares, 12), 1e-4);
        Assert.Equal(1, GuerreroPower.Of([5, 5, 5, 5, 5, 5, 5, 5], 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void A_transformed_value_comes_back(double power)
    {
        var transform = new BoxCoxTransform(power);
        foreach (double value in new[] { 1e-6, 0.5, 1, 700 }) Assert.Equal(value, transform.Undo(transform.Apply(value)), 1e-9 * value);
    }

    [Fact]
    public void Logarithms_are_forecast_by_the_inner_method()
    {
        SeriesModel model = new BoxCoxMethod(new ArimaMethod(new(0, 1, 1, 0, 1, 1)), 0).Fit(Monthly(Airline), Training);
        // 512 is the power of two below the largest value.
        SeriesModel inner = new ArimaMethod(new(0, 1, 1, 0, 1, 1)).Fit(Monthly([.. Airline.Select(value => Math.Log(value / 512))]), Training);
        Assert.Equal(Forecast(inner, 24).Select(value => 512 * Math.Exp(value)), Forecast(model, 24));
        Assert.Equal("Log+ARIMA(0,1,1)(0,1,1)[12]", model.Name);
    }

    [Fact]
    public void Values_that_are_not_positive_are_left_as_they_are_or_objected_to()
    {
        double[] values = [.. Airline.Select(value => value - 120)];
        Assert.Equal(Forecast(new ArimaMethod().Fit(Monthly(values), Training), 12), Forecast(new BoxCoxMethod(new ArimaMethod()).Fit(Monthly(values), Training), 12));
        Assert.Equal("not all of its values are positive", new BoxCoxMethod(new ArimaMethod(), 0).ObjectionTo(Monthly(values)));
    }
}
