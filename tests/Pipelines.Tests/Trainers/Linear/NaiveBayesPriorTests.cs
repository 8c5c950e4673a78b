using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class NaiveBayesPriorTests
{
    /// <summary>strength · ln(p / q), with p = (s + m b) / (S + m): the formula of the documentation, in double precision.</summary>
    private static double Expected(FeatureMatrix features, int[] classes, int classCount, float[]? weights, int[]? rows, int feature, int label, double strength)
    {
        double[,] sums = new double[features.ColumnCount, classCount];
        foreach (int row in rows ?? Enumerable.Range(0, features.RowCount))
        {
            float[] values = new float[features.ColumnCount];
            features[row].CopyTo(values);
            for (int j = 0; j < values.Length; j++) sums[j, classes[row]] += values[j] * (weights?[row] ?? 1);
        }
        double all = sums.Cast<double>().Sum(), mass = all / classCount;
        double own = sums[feature, label], total = Enumerable.Range(0, features.ColumnCount).Sum(j => sums[j, label]);
        double everywhere = Enumerable.Range(0, classCount).Sum(k => sums[feature, k]), background = everywhere / all;
        if (everywhere == 0) return 0;
        double p = (own + mass * background) / (total + mass), q = (everywhere - own + mass * background) / (all - total + mass);
        return strength * Math.Log(p / q);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(20)]
    public void The_weights_are_those_of_the_formula(int classCount)
    {
        const int columns = 600;
        var (features, classes) = WaveData.Bags(150, columns, 10, classCount, seed: 8);
        float[] weights = [.. Enumerable.Range(0, 150).Select(i => i % 4 / 2f)];
        int[] some = [.. Enumerable.Range(0, 150).Where(row => row % 3 > 0)];
        // Class 1 has no row in the second case.
        foreach (var (ofClass, rowWeights, rows) in new[] { (classes, null, null), (Array.ConvertAll(classes, c => c == 1 && classCount > 2 ? 0 : c), weights, some) })
        {
            var examples = new TrainingSet(features, Array.ConvertAll(ofClass, c => (float)c), rowWeights, classCount);
            float[] prior = NaiveBayesPrior.Weights(examples, ofClass, rows, strength: 0.5f);
            int problems = classCount == 2 ? 1 : classCount, stride = ClassStride.For(problems);
            for (int j = 0; j < columns; j += 7)
            {
                for (int p = 0; p < problems; p++)
                    Assert.Equal(Expected(features, ofClass, classCount, rowWeights, rows, j, classCount == 2 ? 1 : p, 0.5), prior[j * stride + p], 2e-4);
            }
        }
    }

    [Fact]
    public void Dense_rows_give_the_same_as_sparse_ones()
    {
        FeatureMatrix dense = new([.. Enumerable.Range(0, 80).Select(i => MathF.Max(0, MathF.Sin(i)))], 20, 4), sparse = WaveData.Sparse(dense);
        int[] classes = [.. Enumerable.Range(0, 20).Select(i => i % 3)];
        float[] labels = Array.ConvertAll(classes, c => (float)c);
        Assert.Equal(NaiveBayesPrior.Weights(new TrainingSet(dense, labels, null, 3), classes, null, 1), NaiveBayesPrior.Weights(new TrainingSet(sparse, labels, null, 3), classes, null, 1));
    }

    [Fact]
    public void Features_that_are_nowhere_weigh_nothing()
    {
        var examples = new TrainingSet(new FeatureMatrix(new float[12], 4, 3), [0, 1, 2, 0], null, 3);
        Assert.All(NaiveBayesPrior.Weights(examples, [0, 1, 2, 0], null, 1), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Negative_features_are_an_error()
    {
        var examples = new TrainingSet(new FeatureMatrix([1, -0.5f], 2, 1), [0, 1], null, 2);
        var error = Assert.Throws<MLPipelinesException>(() => NaiveBayesPrior.Weights(examples, [0, 1], null, 1));
        Assert.Contains("negative feature value -0.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("PriorStrength", error.Message, StringComparison.Ordinal);
    }
}
