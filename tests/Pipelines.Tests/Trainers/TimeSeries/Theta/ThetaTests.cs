using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Theta;

public class ThetaTests
{
    // Rscript -e 'library(forecast); print(thetaf(AirPassengers, h = 14)$mean, digits = 15)'
    [Fact]
    public void Passengers_are_forecast_as_by_R()
    {
        double[] expected =
        [
            440.078191081586, 428.384280556983, 489.707098669638, 475.704627661373, 479.670388669209, 545.366272154216, 602.752001822396, 601.100763091486, 523.951492158653,
            456.627144912830, 397.953734665557, 447.644908742896, 454.529768932994, 442.413454457602,
        ];
        double[] forecast = Forecast(new ThetaMethod(ThetaForm.Standard).Fit(Monthly(Airline), Training), 14);
        for (int i = 0; i < 14; i++) Assert.Equal(expected[i], forecast[i], 1e-3 * expected[i]);
    }

    // Rscript -e 'library(forecast); t <- thetaf(water, h = 14, level = 95); t$mean[c(1, 2, 14)]; t$upper[c(1, 2, 14)]'
    [Fact]
    public void Water_is_forecast_as_by_R_with_its_intervals()
    {
        SeriesModel model = new ThetaMethod(ThetaForm.Standard).Fit(Plain(Water), Training);
        double[] forecast = Forecast(model, 14), deviations = Deviations(model, 14);
        (int Step, double Mean, double Upper)[] expected = [(0, 614.281591595218, 679.199327655481), (1, 615.561849628324, 707.364781724925), (13, 630.924946025598, 873.802217456357)];
        foreach ((int step, double mean, double upper) in expected)
        {
            Assert.Equal(mean, forecast[step], 1e-3);
            Assert.Equal(upper, forecast[step] + (1.959963984540054 * deviations[step]), 1e-2);
        }
    }

    [Theory]
    [InlineData(ThetaForm.Optimized)]
    [InlineData(ThetaForm.DynamicOptimized)]
    public void A_line_goes_on_where_theta_is_learned(ThetaForm form)
    {
        double[] values = Wave(50, 12, 20, 3, 0);
        double[] forecast = Forecast(new ThetaMethod(form).Fit(Plain(values[..40]), Training), 10);
        for (int i = 0; i < 10; i++) Assert.Equal(values[40 + i], forecast[i], 0.05);
    }

    [Fact]
    public void The_dynamic_line_is_that_of_least_squares()
    {
        double mean = 0, origin = 0, slope = 0;
        for (int i = 0; i < Water.Length; i++)
        {
            ThetaModel.Redraw(i + 1, Water[i], ref mean, ref origin, ref slope);
        }
        double middle = (Water.Length + 1) / 2.0, average = Water.Average();
        double least = Water.Select((value, i) => (i + 1 - middle) * (value - average)).Sum() / Water.Select((_, i) => (i + 1 - middle) * (i + 1 - middle)).Sum();
        Assert.Equal(average, mean, 1e-9);
        Assert.Equal(least, slope, 1e-9);
        Assert.Equal(average - (least * middle), origin, 1e-9);
    }
}
