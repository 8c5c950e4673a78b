using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LinearScoresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(77)]
    [InlineData(150)]
    [InlineData(400)]
    public void Scores_are_the_sums_of_weights_times_features(int classCount)
    {
        var random = new Random(classCount);
        int stride = ClassStride.For(classCount);
        float[] weights = new float[50 * stride], biases = new float[stride], steps = new float[stride];
        for (int j = 0; j < 50; j++)
            for (int k = 0; k < classCount; k++) weights[j * stride + k] = random.NextSingle() - 0.5f;
        for (int k = 0; k < classCount; k++) (biases[k], steps[k]) = (random.NextSingle(), random.NextSingle());
        int[] indices = [3, 8, 9, 20, 21, 40, 49];
        float[] values = [1, -2, 0.5f, 3, 0.25f, -1, 2], dense = new float[50];
        for (int i = 0; i < indices.Length; i++) dense[indices[i]] = values[i];

        double[] expected = [.. Enumerable.Range(0, classCount).Select(k => biases[k] + indices.Select((j, i) => (double)values[i] * weights[j * stride + k]).Sum())];
        float[] scores = new float[classCount], denseScores = new float[classCount];
        LinearScores.Compute(RowVector<float>.Sparse(50, indices, values), weights, stride, biases, scores);
        LinearScores.Compute(RowVector<float>.Dense(dense), weights, stride, biases, denseScores);
        for (int k = 0; k < classCount; k++)
        {
            Assert.Equal(expected[k], scores[k], 1e-5);
            Assert.Equal(expected[k], denseScores[k], 1e-5);
        }

        float[] moved = [.. weights];
        LinearScores.Add(RowVector<float>.Sparse(50, indices, values), steps, moved, stride);
        for (int j = 0; j < 50; j++)
            for (int k = 0; k < stride; k++) Assert.Equal(weights[j * stride + k] + dense[j] * steps[k], moved[j * stride + k], 1e-6f);
    }

    [Fact]
    public void Shrinking_takes_the_threshold_off()
    {
        float[] sums = [0.5f, -0.5f, 0.1f, -0.1f], weights = new float[4];
        LinearScores.AddAndShrink(RowVector<float>.Dense([1]), [0.2f, -0.2f, 0.1f, -0.1f], sums, weights, stride: 4, threshold: 0.25f);
        Assert.Equal([0.7f, -0.7f, 0.2f, -0.2f], sums);
        Assert.Equal(0.45f, weights[0], 1e-6f);
        Assert.Equal(-0.45f, weights[1], 1e-6f);
        Assert.Equal([0f, 0f], weights[2..]);
    }
}
