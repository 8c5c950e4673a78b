using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Smoothing;

public class EtsAgainstRTests
{
    private const double Normal95 = 1.959963984540054;

    public static TheoryData<string, double[], double[], double, double, double, double[], double[]> Fits => EtsReference.Fits;

    [Theory]
    [MemberData(nameof(Fits))]
    public void The_parameters_that_R_found_give_the_likelihood_forecasts_and_intervals_of_R(
        string letters, double[] values, double[] parameters, double likelihood, double deviation, double criterion, double[] means, double[] uppers)
    {
        _ = criterion;
        EtsForm form = FormOf(letters);
        int season = form.HasSeason ? 12 : 1;
        (EtsModel model, double found) = Run(values, form, season, parameters);
        Assert.Equal(likelihood, found, 1e-8);
        Assert.Equal(deviation, model.Deviation, 1e-9 * deviation);
        int[] steps = season == 12 ? [1, 6, 12, 13, 24] : [1, 2, 10];
        double[] forecast = Forecast(model, 24), deviations = Deviations(model, 24);
        for (int i = 0; i < steps.Length; i++)
        {
            // Beyond a season R's expected values of multiplicative seasons have terms of the order of the variance, and ours are the plain path; R
            // does not damp the first step of such a forecast (fitted(ets(c(y, 440), model = m))[145] is 441.769), and lets γ act a step early without a trend.
            bool exactMean = form.Season != EtsComponent.Multiplicative || (steps[i] <= season && !form.Damped);
            bool exact = exactMean && (form.HasTrend || steps[i] < season || form.Season != EtsComponent.Additive);
            double mean = forecast[steps[i] - 1], upper = mean + (Normal95 * deviations[steps[i] - 1]);
            Assert.Equal(means[i], mean, (exactMean ? 1e-9 : 2e-3) * means[i]);
            Assert.Equal(uppers[i], upper, (exact ? 1e-9 : 3e-3) * uppers[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void No_fit_is_less_likely_than_that_of_R(
        string letters, double[] values, double[] parameters, double likelihood, double deviation, double criterion, double[] means, double[] uppers)
    {
        _ = (parameters, deviation, means, uppers);
        EtsForm form = FormOf(letters);
        EtsFitted? fitted = new EtsFit(values, form.HasSeason ? 12 : 1).Fit(form);
        Assert.NotNull(fitted);
        Assert.True(fitted.LogLikelihood >= likelihood - 1e-3, $"{fitted.LogLikelihood} after {likelihood}");
        Assert.Equal(criterion + (2 * likelihood), fitted.Aicc + (2 * fitted.LogLikelihood), 1e-8);
    }

    // Rscript -e 'library(forecast); m <- ets(water); m$method; forecast(m, 3)' -> ETS(A,N,N), 613.0012
    [Fact]
    public void The_choice_for_water_is_that_of_R()
    {
        SeriesModel model = new EtsMethod().Fit(Plain(Water), Training);
        Assert.Equal("ETS(A,N,N)", model.Name);
        Assert.All(Forecast(model, 3), mean => Assert.Equal(613.0012, mean, 1e-3));
    }

    [Fact]
    public void Passengers_grow_with_a_multiplicative_season()
    {
        EtsModel model = Assert.IsType<EtsModel>(new EtsMethod().Fit(Monthly(Airline), Training));
        Assert.Equal("ETS(M,A,M)", model.Name);
    }

    // m <- ets(AirPassengers, model = "AAM", restrict = FALSE); p <- forecast(m, h = 24, level = 95, simulate = TRUE, npaths = 50000), seed 1;
    // the same with model = "MMM", damped = TRUE. Half the width of the interval by 1.96, steps 1, 6, 12, 13, 24.
    [Theory]
    [InlineData("AAdM", "0.719400003715065 0.0568435606574780 0.000100013144526222 0.979931411106477 120.945937994476 1.90326243954085 0.886710030648155 0.797828109079908 0.921073831978420 1.05392845898521 1.24616811944445 1.25997566928571 1.11945021569517 0.984506281161694 0.970572424197983 0.985144044922228 0.865741070080517", "10.4359379308825 26.5603558248430 33.8142576245429 36.9252084866559 60.8421634343837")]
    [InlineData("MMdM", "0.730713737219930 0.0123420517973889 0.000102090959244268 0.979999224047588 120.962460294012 1.01600305549051 0.893966528541004 0.796790972493723 0.920206898126107 1.05805203481029 1.21886214565290 1.23123684055175 1.11124399619656 0.980697001742243 0.981189285193010 1.01328006270297 0.888208536287670", "17.1454432786409 42.2219731164616 49.9802571376358 52.7491822886508 77.3833712140289")]
    public void Deviations_without_a_formula_are_near_simulated_ones(string letters, string parameters, string expected)
    {
        (EtsModel model, _) = Run(Airline, FormOf(letters), 12, Numbers(parameters));
        double[] deviations = Deviations(model, 24);
        Assert.All(Numbers(expected).Zip([1, 6, 12, 13, 24]), pair => Assert.InRange(deviations[pair.Second - 1], 0.95 * pair.First, 1.05 * pair.First));
    }

    /// <summary>R's parameters: α, β, γ, φ, level, slope, and the effects of December back to February.</summary>
    private static (EtsModel Model, double LogLikelihood) Run(double[] values, EtsForm form, int season, double[] numbers)
    {
        int next = 0;
        double alpha = numbers[next++], beta = form.HasTrend ? numbers[next++] : 0, gamma = form.HasSeason ? numbers[next++] : 0, phi = form.Damped ? numbers[next++] : 1;
        EtsRecursion recursion = new(values, season);
        recursion.Level = numbers[next++];
        if (form.HasTrend) recursion.Slope = numbers[next++];
        if (form.HasSeason)
        {
            double[] effects = numbers[next..];
            recursion.Seasons[0] = (form.Season == EtsComponent.Multiplicative ? season : 0) - effects.Sum();
            for (int i = 1; i < season; i++) recursion.Seasons[i] = effects[season - 1 - i];
        }
        EtsParameters parameters = new(alpha, beta, gamma, phi);
        double cost = recursion.Run(form, parameters);
        double[] state = [recursion.LastLevel, .. form.HasTrend ? [recursion.LastSlope] : Array.Empty<double>(), .. form.HasSeason ? recursion.LastSeasons.ToArray() : []];
        double deviation = Math.Sqrt(recursion.SquaredErrors / (values.Length - form.ParameterCount(season)));
        return (new EtsModel(state, form, parameters, deviation), -values.Length / 2.0 * (cost + Math.Log(values.Length)));
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];

    internal static EtsForm FormOf(string letters) => new(Component(letters[0]), Component(letters[1]), letters.Contains('d'), Component(letters[^1]));

    private static EtsComponent Component(char letter) => letter switch { 'A' => EtsComponent.Additive, 'M' => EtsComponent.Multiplicative, _ => EtsComponent.None };
}
