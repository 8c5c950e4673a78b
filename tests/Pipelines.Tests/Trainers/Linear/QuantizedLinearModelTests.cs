using System.Runtime.Intrinsics;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class QuantizedLinearModelTests
{
    private const int FeatureCount = 37;

    private static (QuantizedLinearModel Model, sbyte[] Weights, float[] Scales, float[] Biases) Random(int classCount, float inverseTemperature)
    {
        var random = new Random(classCount);
        sbyte[] weights = new sbyte[FeatureCount * classCount];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        float[] scales = [.. Enumerable.Range(0, FeatureCount).Select(_ => random.NextSingle() / 100)], biases = [.. Enumerable.Range(0, classCount).Select(_ => random.NextSingle() - 0.5f)];
        return (new QuantizedLinearModel(weights, scales, biases, inverseTemperature), weights, scales, biases);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(77)]
    [InlineData(80)]
    [InlineData(81)]
    [InlineData(96)]
    [InlineData(100)]
    [InlineData(160)]
    [InlineData(1000)]
    [InlineData(1025)]
    public void Scores_are_those_of_plain_arithmetic(int classCount)
    {
        var (model, weights, scales, biases) = Random(classCount, inverseTemperature: 1.7f);
        Assert.Equal((classCount, FeatureCount), (model.ScoreCount, model.FeatureCount));
        float[] values = [.. Enumerable.Range(0, FeatureCount).Select(j => j % 3 == 0 ? 0 : MathF.Sin(j))];
        int[] stored = [.. Enumerable.Range(0, FeatureCount).Where(j => j % 3 != 0)];
        double[] expected = new double[classCount];
        for (int k = 0; k < classCount; k++)
        {
            expected[k] = biases[k];
            for (int j = 0; j < FeatureCount; j++) expected[k] += (double)values[j] * scales[j] * weights[j * classCount + k];
            Assert.Equal(weights[5 * classCount + k] * scales[5], model.WeightOf(5, k));
        }
        float[] margins = new float[classCount], sparse = new float[classCount], scores = new float[classCount];
        model.Margins(RowVector<float>.Dense(values), margins);
        model.Margins(RowVector<float>.Sparse(FeatureCount, stored, Array.ConvertAll(stored, j => values[j])), sparse);
        Assert.Equal(margins, sparse);
        model.Score(RowVector<float>.Dense(values), scores);
        double sum = expected.Sum(margin => Math.Exp(1.7 * margin));
        for (int k = 0; k < classCount; k++)
        {
            Assert.Equal(expected[k], margins[k], 1e-4);
            Assert.Equal(Math.Exp(1.7 * expected[k]) / sum, scores[k], 1e-4);
        }
        Assert.Equal(1, scores.Sum(), 1e-4f);
    }

    [Fact]
    public void A_row_without_items_gives_the_biases()
    {
        var (model, _, _, biases) = Random(5, 1);
        float[] margins = new float[5];
        model.Margins(RowVector<float>.Sparse(FeatureCount, [], []), margins);
        Assert.Equal(biases, margins);
    }

    [Fact]
    public void Widening_is_the_same_on_every_machine()
    {
        for (int first = sbyte.MinValue; first <= sbyte.MaxValue; first += 16)
        {
            sbyte[] bytes = [.. Enumerable.Range(first, 16).Select(value => (sbyte)value)];
            float[] floats = new float[16];
            QuantizedLinearModel.WidenAnywhere(Vector128.Create(bytes)).CopyTo(floats);
            Assert.Equal(bytes.Select(value => (float)value), floats);
            // What the machine's own instructions make of the same bytes.
            sbyte[] weights = [.. bytes];
            var model = new QuantizedLinearModel(weights, [1], new float[16], 1);
            model.Margins(RowVector<float>.Dense([1]), floats);
            Assert.Equal(bytes.Select(value => (float)value), floats);
        }
    }

    [Fact]
    public void Large_margins_do_not_overflow()
    {
        var model = new QuantizedLinearModel([127, -127, 0], [1000], [0, 0, ExampleWeights.AbsentBias], 50);
        float[] scores = new float[3];
        foreach (float value in new[] { 1f, -1f, 1e-9f })
        {
            model.Score(RowVector<float>.Dense([value]), scores);
            Assert.All(scores, score => Assert.InRange(score, 0, 1));
            Assert.Equal(1, scores.Sum(), 1e-5f);
            Assert.Equal(0, scores[2]);
        }
    }

    [Fact]
    public void Rounding_moves_a_weight_by_half_a_step_at_most()
    {
        float[] weights = [.. Enumerable.Range(0, 300).Select(i => 10 * MathF.Sin(i * i))];
        weights[3] = weights[4] = weights[5] = 0;
        var model = QuantizedLinearModel.Quantize(weights, [1, 2, 3], 1);
        for (int j = 0; j < 100; j++)
        {
            float step = Enumerable.Range(0, 3).Max(k => MathF.Abs(weights[3 * j + k])) / 127;
            for (int k = 0; k < 3; k++) Assert.InRange(MathF.Abs(model.WeightOf(j, k) - weights[3 * j + k]), 0, step / 2 * 1.0001f);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new QuantizedLinearModel([1, 2, 3], [1], [0, 0], 1));
        Assert.Throws<ArgumentException>(() => new QuantizedLinearModel([1], [1], [0], 1));
        foreach (float temperature in new[] { 0, -1, float.NaN, float.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new QuantizedLinearModel([1, 2], [1], [0, 0], temperature));
        var model = new QuantizedLinearModel([1, 2], [1], [0, 0], 1);
        Assert.Contains("expected 1", Assert.Throws<ArgumentException>(() => model.Score(RowVector<float>.Dense([1, 2]), new float[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scoring_allocates_nothing()
    {
        foreach (int classCount in new[] { 2, 77, 2000 })
        {
            var (model, _, _, _) = Random(classCount, 1);
            float[] values = new float[FeatureCount], scores = new float[classCount];
            model.Score(RowVector<float>.Dense(values), scores);
            Assert.Equal(0, Allocation.Of(() => model.Score(RowVector<float>.Dense(values), scores)));
        }
    }
}
