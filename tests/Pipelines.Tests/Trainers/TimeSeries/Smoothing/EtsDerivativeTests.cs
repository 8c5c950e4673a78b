using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Smoothing;

public class EtsDerivativeTests
{
    public static TheoryData<string> Letters =>
    [
        "ANN", "MNN", "AAN", "MAN", "AAdN", "MAdN", "AMN", "MMN", "AMdN", "MMdN", "ANA", "MNA", "AAA", "MAA", "AAdA", "MAdA", "ANM", "MNM", "AAM", "MAM", "AAdM",
        "MAdM", "AMA", "MMA", "MMdA", "AMM", "MMM", "MMdM",
    ];

    [Theory]
    [MemberData(nameof(Letters))]
    public void Derivatives_are_what_small_moves_change(string letters)
    {
        double[] values = [.. Enumerable.Range(0, 30).Select(i => 1 + (0.01 * i) + (0.2 * Math.Sin(i * Math.PI / 2)) + (0.05 * Math.Cos(i * i)))];
        EtsForm form = EtsAgainstRTests.FormOf(letters);
        EtsRecursion recursion = new(values, form.HasSeason ? 4 : 1);
        EtsProblem problem = new(recursion, form, EtsStart.Of(values, 4, form.Trend, form.Season));
        double[] point = new double[problem.Count], derivatives = new double[problem.Count], unused = new double[problem.Count];
        problem.Write(new(0.3, 0.06, 0.2, form.Damped ? 0.9 : 1), point);
        problem.Evaluate(point, derivatives);
        for (int i = 0; i < point.Length; i++)
        {
            double at = point[i], step = 1e-5;
            point[i] = at + step;
            double above = problem.Evaluate(point, unused);
            point[i] = at - step;
            double below = problem.Evaluate(point, unused);
            point[i] = at;
            Assert.Equal((above - below) / (2 * step), derivatives[i], 1e-6 * (1 + Math.Abs(derivatives[i])));
        }
    }
}
