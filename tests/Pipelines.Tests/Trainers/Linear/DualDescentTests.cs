using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class DualDescentTests
{
    private static readonly DualDescentOptions Tight = new() { Tolerance = 1e-5f, MaximumPasses = 20_000 };

    // i=np.arange(60)[:,None]; j=np.arange(4)[None,:]; X=np.sin(i*1.7+j*2.3+i*j*0.31)
    // y=np.argmax(np.cos(i*0.9+np.arange(3)[None,:]*2.1)+X[:,:3],axis=1); w=1+(np.arange(60)%3)
    // c=LinearSVC(C=1,intercept_scaling=1,tol=1e-9,max_iter=1000000).fit(X,y); c.coef_; c.intercept_
    private static readonly float[][] Plain =
    [
        [0.48279f, -0.13256f, -0.37928f, -0.02966f, -0.26455f],
        [-0.31001f, 0.46034f, -0.32603f, -0.07278f, -0.48169f],
        [-0.28368f, -0.25083f, 0.68778f, 0.15068f, -0.32049f],
    ];

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(1)]
    public void The_solution_is_that_of_scikit_learn(int width)
    {
        var result = OneVersusRestDualDescent.Train(WaveData.Dense(), WaveData.ThreeClasses(), 3, Tight with { BlockWidth = width });
        AssertSolution(Plain, result);
        AssertSolution(Plain, OneVersusRestDualDescent.Train(WaveData.Sparse(WaveData.Dense()), WaveData.ThreeClasses(), 3, Tight with { BlockWidth = width }));
    }

    [Fact]
    public void Class_costs_and_bias_scale_mean_what_they_mean_in_scikit_learn()
    {
        // LinearSVC(C=0.5,intercept_scaling=2,tol=1e-9,max_iter=1000000,class_weight={0:2,1:1,2:3}).fit(X,y)
        float[][] expected =
        [
            [0.49055f, -0.13379f, -0.36724f, -0.0304f, 0.00203f],
            [-0.29894f, 0.44353f, -0.31281f, -0.07503f, -0.47814f],
            [-0.2937f, -0.17406f, 0.75063f, 0.08578f, 0.06602f],
        ];
        var options = Tight with { Cost = 0.5f, BiasScale = 2, ClassCosts = [2, 1, 3] };
        AssertSolution(expected, OneVersusRestDualDescent.Train(WaveData.Dense(), WaveData.ThreeClasses(), 3, options));
    }

    [Fact]
    public void Row_weights_mean_what_they_mean_in_scikit_learn()
    {
        // LinearSVC(C=1,intercept_scaling=1,tol=1e-9,max_iter=1000000).fit(X,y,sample_weight=w)
        float[][] expected =
        [
            [0.48565f, -0.10768f, -0.40158f, -0.01767f, -0.27336f],
            [-0.28723f, 0.46334f, -0.33477f, -0.05836f, -0.48142f],
            [-0.32655f, -0.27358f, 0.72933f, 0.12597f, -0.32233f],
        ];
        var options = Tight with { RowWeights = WaveData.Weights() };
        AssertSolution(expected, OneVersusRestDualDescent.Train(WaveData.Dense(), WaveData.ThreeClasses(), 3, options));
    }

    [Fact]
    public void Two_classes_are_one_problem()
    {
        int[] classes = [.. WaveData.ThreeClasses().Select(c => c == 1 ? 1 : 0)];
        AssertSolution([Plain[1]], OneVersusRestDualDescent.Train(WaveData.Sparse(WaveData.Dense()), classes, 2, Tight));
        // LinearSVC(C=1,intercept_scaling=1,tol=1e-9,max_iter=1000000,class_weight={0:2,1:3}).fit(X,(y==1)*1)
        AssertSolution([[-0.31098f, 0.50837f, -0.36425f, -0.07257f, -0.33477f]],
            OneVersusRestDualDescent.Train(WaveData.Dense(), classes, 2, Tight with { ClassCosts = [2, 3] }));
    }

    /// <summary>
    /// At the optimum w = 2C Σ max(0, 1 − y w·x) y x: the gradient of the primal objective is zero. It is computed here in
    /// double precision from the weights alone. A dual variable is off by at most 2C × tolerance, so that the part of a
    /// feature is off by at most that times the sum of its values.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(23)]
    public void The_gradient_of_the_primal_objective_is_zero(int classCount)
    {
        var (features, classes) = WaveData.Bags(400, 300, 20, classCount, seed: 3);
        var result = OneVersusRestDualDescent.Train(features, classes, classCount, Tight);
        Assert.True(result.HasConverged);
        for (int problem = 0; problem < result.Biases.Length; problem++)
        {
            int positive = classCount == 2 ? 1 : problem;
            double[] gradient = [.. Enumerable.Range(0, 300).Select(j => (double)result.Weights[j * result.Stride + problem]), result.Biases[problem]];
            double[] sums = new double[301];
            for (int row = 0; row < features.RowCount; row++)
            {
                double y = classes[row] == positive ? 1 : -1, score = result.Biases[problem];
                var vector = features[row];
                for (int i = 0; i < vector.Values.Length; i++) score += vector.Values[i] * result.Weights[vector.Indices[i] * result.Stride + problem];
                double pull = 2 * Math.Max(0, 1 - y * score) * y;
                for (int i = 0; i < vector.Values.Length; i++)
                {
                    gradient[vector.Indices[i]] -= pull * vector.Values[i];
                    sums[vector.Indices[i]] += vector.Values[i];
                }
                gradient[300] -= pull;
                sums[300]++;
            }
            for (int j = 0; j <= 300; j++) Assert.InRange(Math.Abs(gradient[j]), 0, 2 * Tight.Tolerance * sums[j] + 1e-5);
        }
    }

    /// <summary>With a center, ½‖w − w₀‖² takes the place of ½‖w‖²: at the optimum w = w₀ + 2C Σ max(0, 1 − y w·x) y x. The bias is pulled to zero.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 16)]
    [InlineData(7, 4)]
    [InlineData(19, 8)]
    public void With_a_center_the_gradient_is_zero_too(int classCount, int width)
    {
        const int columns = 120;
        var (features, classes) = WaveData.Bags(200, columns, 12, classCount, seed: 5);
        int problems = classCount == 2 ? 1 : classCount, stride = ClassStride.For(problems);
        float[] center = new float[columns * stride];
        for (int j = 0; j < columns; j++)
            for (int p = 0; p < problems; p++) center[j * stride + p] = MathF.Sin(j + 3 * p);
        var result = OneVersusRestDualDescent.Train(features, classes, classCount, Tight with { Center = center, BlockWidth = width, Cost = 0.7f });
        Assert.True(result.HasConverged);
        Assert.Equal(stride, result.Stride);
        for (int problem = 0; problem < problems; problem++)
        {
            int positive = classCount == 2 ? 1 : problem;
            double[] gradient = [.. Enumerable.Range(0, columns).Select(j => (double)result.Weights[j * stride + problem] - center[j * stride + problem]), result.Biases[problem]];
            for (int row = 0; row < features.RowCount; row++)
            {
                double y = classes[row] == positive ? 1 : -1, score = result.Biases[problem];
                var vector = features[row];
                for (int i = 0; i < vector.Values.Length; i++) score += vector.Values[i] * result.Weights[vector.Indices[i] * stride + problem];
                double pull = 2 * 0.7 * Math.Max(0, 1 - y * score) * y;
                for (int i = 0; i < vector.Values.Length; i++) gradient[vector.Indices[i]] -= pull * vector.Values[i];
                gradient[columns] -= pull;
            }
            Assert.All(gradient, g => Assert.InRange(Math.Abs(g), 0, 2e-3));
        }
    }

    [Fact]
    public void Without_examples_in_its_reach_a_weight_stays_at_the_center()
    {
        var features = new FeatureMatrix([1, 0, 0, -1, 0, 0], 2, 3);
        var result = OneVersusRestDualDescent.Train(features, [0, 1], 2, Tight with { Center = [0.5f, -7, 3] });
        Assert.Equal([-7, 3], result.Weights[1..]);
        Assert.True(result.Weights[0] < 0);
    }

    [Fact]
    public void Every_width_finds_the_same_solution()
    {
        var (features, classes) = WaveData.Bags(300, 200, 15, 20, seed: 1);
        var reference = OneVersusRestDualDescent.Train(features, classes, 20, Tight with { BlockWidth = 1 });
        foreach (int width in new[] { 4, 8, 16 })
        {
            var result = OneVersusRestDualDescent.Train(features, classes, 20, Tight with { BlockWidth = width });
            for (int i = 0; i < result.Weights.Length; i++) Assert.Equal(reference.Weights[i], result.Weights[i], 1e-4f);
            for (int i = 0; i < 20; i++) Assert.Equal(reference.Biases[i], result.Biases[i], 1e-4f);
        }
    }

    /// <summary>While no pair rests, a lane computes the same whatever is beside it.</summary>
    [Fact]
    public void One_pass_gives_the_same_bits_at_every_width()
    {
        var (features, classes) = WaveData.Bags(300, 200, 15, 20, seed: 1);
        var reference = OneVersusRestDualDescent.Train(features, classes, 20, Tight with { BlockWidth = 1, MaximumPasses = 1 });
        foreach (int width in new[] { 4, 8, 16 })
            Assert.Equal(reference.Weights, OneVersusRestDualDescent.Train(features, classes, 20, Tight with { BlockWidth = width, MaximumPasses = 1 }).Weights);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var (features, classes) = WaveData.Bags(500, 400, 20, 40, seed: 2);
        var one = OneVersusRestDualDescent.Train(features, classes, 40, new DualDescentOptions { NumberOfThreads = 1 });
        var three = OneVersusRestDualDescent.Train(features, classes, 40, new DualDescentOptions { NumberOfThreads = 3 });
        Assert.Equal(one.Weights, three.Weights);
        Assert.Equal(one.Biases, three.Biases);
    }

    [Fact]
    public void Learning_from_some_rows_is_learning_from_their_copy()
    {
        var (features, classes) = WaveData.Bags(200, 100, 10, 5, seed: 4);
        int[] rows = [.. Enumerable.Range(0, 200).Where(row => row % 3 != 0)];
        List<long> starts = [0];
        List<int> indices = [];
        List<float> values = [];
        foreach (int row in rows)
        {
            indices.AddRange(features[row].Indices);
            values.AddRange(features[row].Values);
            starts.Add(values.Count);
        }
        var copy = new FeatureMatrix([.. starts], [.. indices], [.. values], 100);
        var some = OneVersusRestDualDescent.Train(features, classes, 5, new DualDescentOptions(), rows);
        var copied = OneVersusRestDualDescent.Train(copy, [.. rows.Select(row => classes[row])], 5, new DualDescentOptions());
        Assert.Equal(copied.Weights, some.Weights);
    }

    [Fact]
    public void A_weight_of_zero_leaves_a_row_out()
    {
        var (features, classes) = WaveData.Bags(200, 100, 10, 5, seed: 4);
        float[] weights = [.. Enumerable.Range(0, 200).Select(row => row % 3 == 0 ? 0f : 1f)];
        int[] rows = [.. Enumerable.Range(0, 200).Where(row => row % 3 != 0)];
        Assert.Equal(
            OneVersusRestDualDescent.Train(features, classes, 5, new DualDescentOptions(), rows).Weights,
            OneVersusRestDualDescent.Train(features, classes, 5, new DualDescentOptions { RowWeights = weights }).Weights);
    }

    [Fact]
    public void Values_that_overflow_are_an_error()
    {
        float[] values = [1e30f, -1e30f, 2e30f, 1e20f];
        var error = Assert.Throws<MLPipelinesException>(() =>
            OneVersusRestDualDescent.Train(new FeatureMatrix(values, 4, 1), [0, 1, 2, 0], 3, new DualDescentOptions()));
        Assert.Contains("Normalize", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_training()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var (features, classes) = WaveData.Bags(100, 50, 5, 3, seed: 4);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            OneVersusRestDualDescent.Train(features, classes, 3, new DualDescentOptions(), cancellation: source.Token));
    }

    private static void AssertSolution(float[][] expected, DualDescentResult result)
    {
        Assert.True(result.HasConverged);
        Assert.Equal(expected.Length, result.Biases.Length);
        for (int problem = 0; problem < expected.Length; problem++)
        {
            int features = expected[problem].Length - 1;
            for (int j = 0; j < features; j++) Assert.Equal(expected[problem][j], result.Weights[j * result.Stride + problem], 3e-4f);
            Assert.Equal(expected[problem][features], result.Biases[problem], 3e-4f);
        }
    }
}
