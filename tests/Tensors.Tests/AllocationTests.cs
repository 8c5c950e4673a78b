using MLPipelines.Tensors.Layers;

namespace MLPipelines.Tensors.Tests;

/// <summary>Alone, since the memory that a step gives back is used by whoever asks next.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    [Fact]
    public void Training_a_convolutional_network_allocates_nothing()
    {
        var random = new RandomSource(1);
        Check(
        [
            new Conv2d(1, 4, 3, random, padding: 1, hasBias: false), new BatchNorm(4), new Activate(Activation.Relu), new MaxPool(2), new Flatten(),
            new Dropout(0.1f, random), new Linear(64, 8, random, activation: Activation.Gelu), new LayerNorm(8), new Linear(8, 3, random),
        ],
        Tensor.Normal([6, 8, 8, 1], random));
    }

    [Fact]
    public void Training_on_sequences_allocates_nothing()
    {
        var random = new RandomSource(1);
        Check(
        [
            new Embedding(10, 4, random, isSparse: true), new MultiHeadAttention(4, 2, random, dropout: 0.1f), new Lstm(4, 4, random, layers: 2), new Gru(4, 4, random),
            new GlobalAveragePool(), new Linear(4, 3, random),
        ],
        Tensor.FromIndices([.. Enumerable.Range(0, 30).Select(i => i % 7L)], [6, 5]));
    }

    private static void Check(Sequential network, Tensor x)
    {
        var optimizer = new AdamW(network.Parameters);
        Tensor y = Tensor.OfIndices(0, 1, 2, 0, 1, 2);
        float first = Train(), last = 0;
        for (int i = 0; i < 60; i++) last = Train();
        Assert.True(last < first, $"The loss went from {first} to {last}.");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) Train();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        float Train()
        {
            using var step = new Step();
            optimizer.ClearGradients();
            Tensor loss = network.Forward(x).CrossEntropy(y, smoothing: 0.1f);
            loss.Backward();
            optimizer.ClipGradients(5);
            optimizer.Step();
            return loss.ToScalar();
        }
    }
}
