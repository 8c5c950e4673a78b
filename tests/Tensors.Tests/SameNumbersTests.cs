using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Tensors.Tests;

/// <summary>Alone, since the number of threads is the process's.</summary>
[Collection(nameof(AllocationTests))]
public class SameNumbersTests
{
    [Fact]
    public void A_seed_gives_the_same_weights_for_any_number_of_threads()
    {
        int threads = Crew.Threads;
        try
        {
            Crew.Threads = 1;
            byte[] alone = Trained(seed: 3);
            Crew.Threads = 3;
            Assert.Equal(alone, Trained(seed: 3));
            Assert.NotEqual(alone, Trained(seed: 4));
        }
        finally
        {
            Crew.Threads = threads;
        }
    }

    private static byte[] Trained(ulong seed)
    {
        var random = new RandomSource(seed);
        Sequential network =
        [
            new Conv2d(3, 16, 3, random, padding: 1, hasBias: false), new BatchNorm(16, isRectified: true), new Conv2d(16, 16, 3, random, padding: 1, groups: 16), new MaxPool(2, isRectified: true),
            new Conv2d(16, 24, 1, random, activation: Activation.Relu), new Flatten(), new Dropout(0.2f, random), new Linear(24 * 64, 40, random, activation: Activation.Gelu), new LayerNorm(40), new Linear(40, 10, random),
        ];
        var optimizer = new AdamW(network.Parameters);
        Tensor x = Tensor.Normal([32, 16, 16, 3], random), y = Tensor.FromIndices([.. Enumerable.Range(0, 32).Select(i => i % 10L)], [32]);
        for (int i = 0; i < 4; i++)
        {
            using var step = new Step();
            optimizer.ClearGradients();
            network.Forward(x).CrossEntropy(y).Backward();
            optimizer.ClipGradients(1);
            optimizer.Step();
        }
        using var file = new MemoryStream();
        network.State().Save(file);
        return file.ToArray();
    }
}
