using MLPipelines.Neural.Images;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Tests.Images;

public sealed class NetworkTests
{
    private static readonly Dictionary<string, NetworkDescription> Networks = new()
    {
        ["small"] = new(NetworkKind.SmallConvolutional, 16, 16, 1, 4, 8, []),
        ["small, large pictures"] = new(NetworkKind.SmallConvolutional, 56, 56, 3, 4, 4, []),
        ["residual"] = new(NetworkKind.Residual, 12, 12, 3, 4, 8, [1, 1, 1]),
        ["residual, large pictures"] = new(NetworkKind.Residual, 40, 40, 3, 4, 8, [1, 1], HasLargeStem: true),
        ["bottleneck"] = new(NetworkKind.Bottleneck, 12, 12, 3, 4, 4, [1, 1]),
        ["depthwise"] = new(NetworkKind.DepthwiseSeparable, 16, 16, 3, 4, 8, []),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_learns_one_batch_by_heart(string name)
    {
        NetworkDescription description = Networks[name];
        var random = new RandomSource(1);
        ImageNetwork network = description.Create(random);
        Tensor pictures = Tensor.Normal([8, description.Height, description.Width, description.Channels], random), labels = Tensor.OfIndices(0, 1, 2, 3, 3, 2, 1, 0);
        var optimizer = new Adam(network.Parameters, 5e-3f);
        float first = 0, last = 0;
        for (int i = 0; i < 300 && (i == 0 || last >= 0.05f); i++)
        {
            using var step = new Step();
            Tensor loss = network.Forward(pictures).CrossEntropy(labels);
            loss.Backward();
            optimizer.Step();
            optimizer.ClearGradients();
            last = loss.ToScalar();
            if (i == 0) first = last;
        }
        Assert.InRange(first, 0.5f, 6f);
        Assert.True(last < 0.05f, $"the loss went from {first} to {last}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing_once_it_is_warm(string name)
    {
        NetworkDescription description = Networks[name];
        var random = new RandomSource(1);
        ImageNetwork network = description.Create(random);
        Tensor pictures = Tensor.Normal([4, description.Height, description.Width, description.Channels], random), labels = Tensor.OfIndices(0, 1, 2, 3);
        var optimizer = new AdamW(network.Parameters, 1e-3f);
        void Learn()
        {
            using var step = new Step();
            network.Forward(pictures).CrossEntropy(labels).Backward();
            optimizer.Step();
            optimizer.ClearGradients();
        }
        for (int i = 0; i < 5; i++) Learn();
        Assert.Equal(0, Testing.Allocation.Of(Learn, calls: 5));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_that_is_fixed_gives_the_same_scores(string name)
    {
        NetworkDescription description = Networks[name];
        var random = new RandomSource(1);
        ImageNetwork network = description.Create(random);
        Tensor pictures = Tensor.Normal([3, description.Height, description.Width, description.Channels], random, 0.5f);
        using var quiet = new NoGradient();
        // Running means and variances that matter.
        for (int i = 0; i < 3; i++) network.Forward(pictures);
        foreach (NamedTensor weight in network.Weights)
            if (weight.Tensor.Rank == 1) weight.Tensor.CopyFrom(weight.Tensor + Tensor.Uniform(weight.Tensor.Shape, random, 0.1f, 0.4f));
        network.Train(isTraining: false);
        float[] expected = network.Forward(pictures).ToArray();
        network.Fix();
        float[] actual = network.Forward(pictures).ToArray();
        float greatest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - 1e-5f * greatest, expected[i] + 1e-5f * greatest);
    }

    [Fact]
    public void ResNets_have_the_names_and_sizes_of_torchvision()
    {
        // python3 -c "import torchvision.models as m; print(sum(p.numel() for p in m.resnet18().parameters()))" and so on gives 11689512, 21797672 and 25557032.
        var random = new RandomSource(1);
        var resnet18 = new NetworkDescription(NetworkKind.Residual, 224, 224, 3, 1000, 64, [2, 2, 2, 2], HasLargeStem: true).Create(random);
        Assert.Equal(11_689_512, resnet18.ParameterCount);
        Assert.Equal(21_797_672, new NetworkDescription(NetworkKind.Residual, 224, 224, 3, 1000, 64, [3, 4, 6, 3], HasLargeStem: true).Create(random).ParameterCount);
        var resnet50 = new NetworkDescription(NetworkKind.Bottleneck, 224, 224, 3, 1000, 64, [3, 4, 6, 3], HasLargeStem: true).Create(random);
        Assert.Equal(25_557_032, resnet50.ParameterCount);
        StateDictionary names = resnet18.State();
        Assert.Equal(122, names.Count);
        Assert.Equal([64, 3, 7, 7], names["conv1.weight"].Shape.AsSpan().ToArray());
        Assert.Equal([128, 64, 1, 1], names["layer2.0.downsample.0.weight"].Shape.AsSpan().ToArray());
        Assert.Equal([512], names["layer4.1.bn2.running_var"].Shape.AsSpan().ToArray());
        Assert.Equal([256, 64, 1, 1], resnet50.State()["layer1.0.conv3.weight"].Shape.AsSpan().ToArray());
    }
}
