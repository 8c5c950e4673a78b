using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>
/// At the optimum the gradient of the objective is zero, or, with an L1 penalty, within the penalty at weights that are zero.
/// The gradient is computed here in double precision from the weights alone, on sparse weighted examples. "Zero" is 2·10⁻⁵ per
/// example, where it starts at about 10⁻¹: it stands for 10⁻⁹ of the objective, which single-precision scores can tell.
/// </summary>
public class LinearGradientTests
{
    private const int ClassCount = 5;
    private readonly TrainingSet _examples;

    public LinearGradientTests()
    {
        var (features, classes) = WaveData.Bags(400, 150, 12, ClassCount, seed: 8);
        _examples = new TrainingSet(features, [.. classes.Select(c => (float)c)], WaveData.Weights(400), ClassCount);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0.5, 0)]
    public void Lbfgs_maximum_entropy(double l1, double l2)
    {
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { L1Regularization = (float)l1, L2Regularization = (float)l2, OptimizationTolerance = 1e-12f };
        var (weights, biases) = LbfgsLearner.Learn<SoftmaxLoss>(_examples, ClassCount, (null, new float[ClassCount]), options, "test", new TrainingEnvironment(1));
        AssertOptimal(weights, biases, l1, l2, biasPenalty: 0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 1)]
    public void Sdca_maximum_entropy(double threshold, double biasLearningRate)
    {
        var settings = new SdcaSettings { L2 = 1e-3f, L1Threshold = (float)threshold, MaximumPasses = 3000, Tolerance = 1e-8, FreeBias = biasLearningRate > 0 };
        var solver = new MulticlassSdcaSolver(_examples, [true, true, true, true, true], () => new SoftmaxDualLoss(ClassCount), settings, CancellationToken.None);
        solver.Run(_ => { });
        Assert.True(solver.HasConverged);
        // Objectives are means here: the gradient of a sum is as many times larger as there are examples.
        AssertOptimal(solver.Weights, solver.Biases.ToArray(), 1e-3 * threshold * 400, 1e-3 * 400, biasLearningRate > 0 ? 0 : 1e-3 * 400);
    }

    private void AssertOptimal(float[] weights, float[] biases, double l1, double l2, double biasPenalty)
    {
        double bound = 2e-5 * ExampleWeights.Sum(_examples);
        int stride = ClassStride.For(ClassCount), columns = _examples.Features.ColumnCount;
        double[] gradient = new double[columns * stride], biasGradient = new double[ClassCount];
        for (int row = 0; row < _examples.RowCount; row++)
        {
            RowVector<float> vector = _examples.Features[row];
            double[] p = [.. biases.Select(b => (double)b)];
            for (int i = 0; i < vector.Values.Length; i++)
                for (int k = 0; k < ClassCount; k++) p[k] += (double)vector.Values[i] * weights[vector.Indices[i] * stride + k];
            double largest = p.Max(), sum = p.Sum(s => Math.Exp(s - largest));
            for (int k = 0; k < ClassCount; k++)
            {
                double pull = _examples.WeightOf(row) * (Math.Exp(p[k] - largest) / sum - (k == (int)_examples.Labels[row] ? 1 : 0));
                biasGradient[k] += pull;
                for (int i = 0; i < vector.Values.Length; i++) gradient[vector.Indices[i] * stride + k] += pull * vector.Values[i];
            }
        }
        int zeros = 0;
        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < ClassCount; k++)
            {
                float weight = weights[j * stride + k];
                double slope = gradient[j * stride + k] + l2 * weight;
                if (weight == 0 && l1 > 0)
                {
                    zeros++;
                    Assert.InRange(slope, -l1 - bound, l1 + bound);
                }
                else
                {
                    Assert.InRange(slope + l1 * Math.Sign(weight), -bound, bound);
                }
            }
        }
        if (l1 > 0) Assert.InRange(zeros, columns * ClassCount / 10, columns * ClassCount - 1);
        for (int k = 0; k < ClassCount; k++) Assert.InRange(biasGradient[k] + biasPenalty * biases[k], -bound, bound);
    }
}
