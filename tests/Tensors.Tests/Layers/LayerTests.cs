using MLPipelines.Tensors.Layers;
using MLPipelines.Tensors.Tests.Operations;

namespace MLPipelines.Tensors.Tests.Layers;

public class LayerTests
{
    private static readonly TorchValues Torch = TorchValues.Of("torch_layers.json");

    private static readonly Dictionary<string, Func<RandomSource, Layer>> All = new(StringComparer.Ordinal)
    {
        ["linear"] = random => new Linear(3, 2, random),
        ["conv2d"] = random => new Conv2d(2, 3, 3, random, padding: 1),
        ["conv2d strided"] = random => new Conv2d(4, 6, new Pair(3, 2), random, new Pair(2, 1), new Pair(1, 0), new Pair(1, 2), groups: 2, hasBias: false),
        ["conv2d depthwise"] = random => new Conv2d(3, 3, 3, random, padding: 1, groups: 3),
        ["conv1d"] = random => new Conv1d(2, 3, 3, random, stride: 2, padding: 1),
        ["batch norm"] = _ => new BatchNorm(3),
        ["batch norm rectified"] = _ => new Sequential { new BatchNorm(3, isRectified: true) },
        ["batch norm added"] = _ => new Past(),
        ["batch norm known"] = _ => new BatchNorm(3),
        ["layer norm"] = _ => new LayerNorm(5),
        ["group norm"] = _ => new GroupNorm(2, 4),
        ["embedding"] = random => new Embedding(5, 3, random),
        ["max pool"] = _ => new MaxPool(2),
        ["max pool padded"] = _ => new MaxPool(3, 2, 1),
        ["average pool"] = _ => new AveragePool(3, 2, 1),
        ["attention"] = random => new MultiHeadAttention(4, 2, random),
        ["lstm"] = random => new Lstm(3, 2, random),
        ["lstm deep"] = random => new Lstm(3, 2, random, layers: 2, isBidirectional: true),
        ["gru"] = random => new Gru(3, 2, random),
        ["gru deep"] = random => new Gru(2, 2, random, layers: 2, isBidirectional: true),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public void Every_layer_has_numbers() => Assert.Equal(Torch.Names.Order(StringComparer.Ordinal), All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_derivatives_are_those_of_PyTorch(string name)
    {
        (Layer layer, TorchCase expected) = Make(name);
        if (expected.Inputs[0].ElementType == ElementType.Float32) expected.Inputs[0].WithGradient();
        using var step = new Step();
        Tensor output = layer.Forward(expected.Inputs[0]);
        Assert.Equal(expected.Output.Shape, output.Shape);
        Close.Equal(expected.Output.ToArray(), output.ToArray(), 4e-6);
        output.Backward(expected.Weights);
        StateDictionary state = layer.State();
        for (int i = 0; i < expected.Gradients.Length; i++)
        {
            Tensor tensor = i == 0 ? expected.Inputs[0] : state[expected.Names[i]];
            if (expected.Gradients[i] is { } gradient) Close.Equal(gradient.ToArray(), tensor.Gradient.ToArray(), 2e-5);
        }
        foreach (var (buffer, value) in expected.After) Close.Equal(value.To(ElementType.Float32).ToArray(), state[buffer].To(ElementType.Float32).ToArray(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_the_limits_of_differences(string name)
    {
        (Layer layer, TorchCase given) = Make(name);
        Differences.Check(x => layer.Forward(x[0]), [given.Inputs[0], .. layer.Parameters.Select(parameter => parameter.Tensor)], given.Weights,
            [given.Gradients[0] is not null, .. layer.Parameters.Select(_ => true)], 4e-3);
    }

    [Fact]
    public void Layers_in_a_sequence_give_their_memory_back_when_no_derivatives_are_wanted()
    {
        var random = new RandomSource(1);
        Sequential network = [new Linear(4, 8, random, activation: Activation.Relu), new Dropout(0.5f, random), new Linear(8, 2, random)];
        network.Train(false);
        Tensor x = Tensor.Normal([3, 4], random);
        float[] expected = network.Forward(x).ToArray();
        using var step = new Step();
        using var quiet = new NoGradient();
        Assert.Equal(expected, network.Forward(x).ToArray());
        Assert.Equal(expected, network.Forward(x).ToArray());
        Sequential nested = [network, new Flatten(), new Sequential { new Dropout(0.5f, random), new Flatten() }];
        nested.Train(false);
        Tensor made = x * 1;
        Assert.Equal(expected, nested.Forward(made).ToArray());
        Assert.Equal(x.ToArray(), made.ToArray());
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], network.State().Select(item => item.Name));
    }

    [Fact]
    public void Matrices_of_half_the_size_predict_about_the_same()
    {
        var random = new RandomSource(1);
        Sequential network = [new MultiHeadAttention(16, 2, random), new LayerNorm(16), new Linear(16, 4, random)];
        network.Train(false);
        Tensor x = Tensor.Normal([2, 3, 16], random), exact = network.Forward(x);
        network.StoreMatricesAs(ElementType.BFloat16);
        Assert.Equal(ElementType.BFloat16, network.State()["0.out_proj.weight"].ElementType);
        Assert.True((network.Forward(x) - exact).Abs().Max().ToScalar() is > 0 and < 0.02f);
        using var file = new MemoryStream();
        network.State().Save(file);
        file.Position = 0;
        network.StoreMatricesAs(ElementType.Float32);
        network.Load(StateDictionary.Load(file));
        Assert.True((network.Forward(x) - exact).Abs().Max().ToScalar() is > 0 and < 0.02f);
    }

    private static (Layer Layer, TorchCase Case) Make(string name)
    {
        TorchCase given = Torch[name];
        Layer layer = All[name](new RandomSource(1));
        layer.Load([.. given.Inputs.Zip(given.Names).Skip(1).Select(pair => new NamedTensor(pair.Second, pair.First))]);
        layer.Train(!name.EndsWith("known", StringComparison.Ordinal));
        return (layer, given);
    }

    private sealed class Past : Layer
    {
        private readonly BatchNorm _norm;

        internal Past() => _norm = Add("norm", new BatchNorm(3, isRectified: true));

        public override Tensor Forward(Tensor x) => _norm.Forward(x, x);
    }
}
