using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Calibration;

public class TemperatureScalingTests
{
    private static double Loss(float[] margins, int[] labels, int classCount, double factor)
    {
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double[] own = [.. margins.Skip(row * classCount).Take(classCount).Select(margin => margin * factor)];
            double doubt = 1.0 / (labels.Length + 2), normalizer = Math.Log(own.Sum(value => Math.Exp(value - own.Max()))) + own.Max();
            double rival = own.Where((_, k) => k != labels[row]).Max();
            loss += normalizer - (1 - doubt) * own[labels[row]] - doubt * rival;
        }
        return loss / labels.Length;
    }

    [Theory]
    [InlineData(2, 0.2f)]
    [InlineData(5, 1)]
    [InlineData(12, 4)]
    public void The_factor_is_the_best_of_a_fine_grid(int classCount, float scale)
    {
        var random = new Random(classCount);
        float[] margins = new float[400 * classCount];
        int[] labels = new int[400];
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = random.Next(classCount);
            for (int k = 0; k < classCount; k++) margins[row * classCount + k] = scale * (random.NextSingle() * 2 + (k == labels[row] && random.Next(4) > 0 ? 1 : 0));
        }
        double best = Enumerable.Range(0, 4000).Select(i => Math.Exp(Math.Log(0.01) + i / 4000.0 * Math.Log(10_000))).MinBy(factor => Loss(margins, labels, classCount, factor));
        float found = TemperatureScaling.InverseTemperature(margins, labels, classCount);
        Assert.InRange(found / best, 0.99, 1.01);
        Assert.Equal(Loss(margins, labels, classCount, best), Loss(margins, labels, classCount, found), 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void Rows_that_are_all_right_are_believed_as_far_as_their_number_goes(int rows)
    {
        float[] margins = [.. Enumerable.Range(0, rows).SelectMany(row => row % 2 == 0 ? new float[] { 1, -1 } : [-1, 1])];
        float factor = TemperatureScaling.InverseTemperature(margins, [.. Enumerable.Range(0, rows).Select(row => row % 2)], 2);
        Assert.Equal(1 - 1.0 / (rows + 2), 1 / (1 + Math.Exp(-2 * factor)), 1e-3);
    }

    [Fact]
    public void Margins_that_are_always_wrong_are_not_believed() =>
        Assert.InRange(TemperatureScaling.InverseTemperature([1, -1, -1, 1], [1, 0], 2), 0.01, 0.011);
}
