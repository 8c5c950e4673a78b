using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LinearSolverTests
{
    [Fact]
    public void A_thousand_classes_are_learned()
    {
        var random = new Random(3);
        float[] labels = new float[2000], values = new float[2000 * 20];
        for (int row = 0; row < 2000; row++)
        {
            labels[row] = row % 1000;
            var own = new Random(row % 1000);
            for (int j = 0; j < 20; j++) values[row * 20 + j] = own.NextSingle() - 0.5f + 0.01f * random.NextSingle();
        }
        var examples = new TrainingSet(new FeatureMatrix(values, 2000, 20), labels, null, 1000);
        var settings = new SdcaSettings { L2 = 1e-5f, MaximumPasses = 5 };
        bool[] present = new bool[1000];
        Array.Fill(present, value: true);
        var solver = new MulticlassSdcaSolver(examples, present, () => new SoftmaxDualLoss(1000), settings, CancellationToken.None);
        solver.Run(_ => { });
        var model = new MaximumEntropyModelParameters(solver.Weights, solver.Biases, 20);
        float[] scores = new float[1000];
        int right = 0;
        for (int row = 0; row < 2000; row++)
        {
            model.Score(examples.Features[row], scores);
            Assert.Equal(1, scores.Sum(), 1e-4f);
            if (System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(scores) == row % 1000) right++;
        }
        Assert.InRange(right, 1900, 2000);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var (features, classes) = WaveData.Bags(3000, 600, 15, 12, seed: 3);
        var examples = new TrainingSet(features, [.. classes.Select(c => (float)c)], null, 12);
        var environment = new TrainingEnvironment(1);
        bool[] present = new bool[12];
        Array.Fill(present, value: true);
        float[]? lbfgs = null, sdca = null;
        foreach (int threads in new[] { 1, 3, 8 })
        {
            var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = threads, L1Regularization = 0.1f };
            var (weights, _) = LbfgsLearner.Learn<SoftmaxLoss>(examples, 12, (null, new float[12]), options, "test", environment);
            Assert.Equal(lbfgs ??= weights, weights);
            var solver = new MulticlassSdcaSolver(examples, present, () => new SoftmaxDualLoss(12), new SdcaSettings { L2 = 1e-3f, MaximumPasses = 20, Tolerance = 1e-3, Threads = threads }, CancellationToken.None);
            solver.Run(_ => { });
            Assert.Equal(sdca ??= solver.Weights, solver.Weights);
        }
    }

    [Fact]
    public void Sdca_ends_with_a_duality_gap_below_the_tolerance()
    {
        var (features, classes) = WaveData.Bags(500, 100, 10, 4, seed: 3);
        var examples = new TrainingSet(features, [.. classes.Select(c => (float)c)], null, 4);
        foreach (double tolerance in new[] { 0.1, 1e-3, 1e-6 })
        {
            var solver = new MulticlassSdcaSolver(examples, [true, true, true, true], () => new SoftmaxDualLoss(4), new SdcaSettings { L2 = 1e-3f, MaximumPasses = 5000, Tolerance = tolerance }, CancellationToken.None);
            solver.Run(_ => { });
            Assert.True(solver.HasConverged && solver.State.IsExact);
            Assert.InRange(solver.State.Gap / solver.State.Primal, 0, tolerance);
        }
    }
}
