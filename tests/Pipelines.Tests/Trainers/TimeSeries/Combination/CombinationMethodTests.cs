using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Combination;

public class CombinationMethodTests
{
    [Fact]
    public void The_forecast_is_the_mean_of_those_of_the_members()
    {
        ForecastMethod[] members = [EtsMethod.Simple, EtsMethod.Holt, new SeasonalNaiveMethod()];
        double[][] forecasts = [.. members.Select(member => Forecast(member.Fit(Monthly(Airline), Training), 18))];
        double[] combined = Forecast(new CombinationMethod(members).Fit(Monthly(Airline), Training), 18);
        for (int i = 0; i < 18; i++) Assert.Equal(forecasts.Average(forecast => forecast[i]), combined[i], 1e-9);
    }

    [Fact]
    public void A_member_that_objects_is_left_out()
    {
        var method = new CombinationMethod(new FixedMethod(1, 1) { Objection = "it is too odd" }, new FixedMethod(4, 1));
        Assert.Null(method.ObjectionTo(Monthly(Airline)));
        Assert.Equal("Fixed(4)", method.Fit(Monthly(Airline), Training).Name);
        Assert.Equal([4.0, 4.0], Forecast(method.Fit(Monthly(Airline), Training), 2));
    }

    [Fact]
    public void The_objection_of_all_is_that_of_the_first() =>
        Assert.Equal("it is too odd", new CombinationMethod(new FixedMethod(1, 1) { Objection = "it is too odd" }, new FixedMethod(1, 1) { Objection = "no" }).ObjectionTo(Monthly(Airline)));

    [Fact]
    public void The_name_tells_of_the_members() =>
        Assert.Equal("Mean(Fixed(1), Fixed(2))", new CombinationMethod(new FixedMethod(1, 1), new FixedMethod(2, 1)).Fit(Monthly(Airline), Training).Name);

    [Fact]
    public void A_combination_of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => new CombinationMethod());
}
