using System.Globalization;
using MLPipelines.Neural.Images;
using MLPipelines.Onnx.Graph;
using MLPipelines.Tensors;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Networks that classify pictures, as nodes: (N, H, W, C) to scores (N, classes), before softmax. Inside, channels come before rows and columns; normalizations are part of convolutions.</summary>
internal sealed class ImageNetworkGraph
{
    // What batch normalizations add to variances.
    private const float Epsilon = 1e-5f;

    private readonly NetworkLayers _layers;
    private readonly GraphBuilder _graph;

    private ImageNetworkGraph(NetworkLayers layers) => (_layers, _graph) = (layers, layers.Graph);

    internal static GraphValue Build(NetworkLayers layers, NetworkDescription description, WeightScope weights, GraphValue pictures)
    {
        var graph = new ImageNetworkGraph(layers);
        GraphValue x = layers.Graph.Transpose(pictures, 0, 3, 1, 2);
        return description.Kind switch
        {
            NetworkKind.SmallConvolutional => graph.SmallConvolutional(weights, x),
            NetworkKind.DepthwiseSeparable => graph.DepthwiseSeparable(description, weights, x),
            _ => graph.Residual(description, weights, x),
        };
    }

    private GraphValue SmallConvolutional(WeightScope weights, GraphValue x)
    {
        foreach (string name in (string[])["conv1", "conv2", "conv3"])
        {
            WeightScope layer = weights.At(name);
            x = _graph.Each("Relu", Pool(Convolve(x, layer, layer.Values("weight"), layer.Values("bias"), stride: 1), window: 2, stride: 2, padding: 0));
        }
        WeightScope last = weights.At("fc");
        int channels = weights.ShapeOf("conv3.weight")[0], inputs = last.ShapeOf("weight")[1];
        return inputs == channels ? Classify(Mean(x), last) : Classify(Flatten(x, inputs), last, places: inputs / channels);
    }

    private GraphValue DepthwiseSeparable(NetworkDescription description, WeightScope weights, GraphValue x)
    {
        x = Rectified(x, weights, 1, description.HasLargeStem ? 2 : 1);
        IReadOnlyList<int> strides = Neural.Images.DepthwiseSeparable.Strides;
        for (int i = 0; i < strides.Count; i++)
        {
            WeightScope block = weights.At(string.Create(CultureInfo.InvariantCulture, $"block{i + 1}"));
            x = Rectified(Rectified(x, block, 1, strides[i]), block, 2, 1);
        }
        return Classify(Mean(x), weights.At("fc"));
    }

    private GraphValue Residual(NetworkDescription description, WeightScope weights, GraphValue x)
    {
        x = Rectified(x, weights, 1, description.HasLargeStem ? 2 : 1);
        if (description.HasLargeStem) x = Pool(x, window: 3, stride: 2, padding: 1);
        for (int stage = 0; stage < description.Blocks.Count; stage++)
        {
            WeightScope blocks = weights.At(string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}"));
            for (int i = 0; i < description.Blocks[stage]; i++)
                x = Block(x, blocks.At(i.ToString(CultureInfo.InvariantCulture)), stage > 0 && i == 0 ? 2 : 1, description.Kind == NetworkKind.Bottleneck);
        }
        return Classify(Mean(x), weights.At("fc"));
    }

    /// <summary>The stride is that of the convolution of 3×3.</summary>
    private GraphValue Block(GraphValue x, WeightScope block, int stride, bool isBottleneck)
    {
        GraphValue change = isBottleneck
            ? Normalized(Rectified(Rectified(x, block, 1, 1), block, 2, stride), block, "conv3", "bn3", 1)
            : Normalized(Rectified(x, block, 1, stride), block, "conv2", "bn2", 1);
        GraphValue past = block.Has("downsample.0.weight") ? Normalized(x, block.At("downsample"), "0", "1", stride) : x;
        return _graph.Each("Relu", _graph.Add(change, past));
    }

    private GraphValue Rectified(GraphValue x, WeightScope owner, int number, int stride) =>
        _graph.Each("Relu", Normalized(x, owner, string.Create(CultureInfo.InvariantCulture, $"conv{number}"), string.Create(CultureInfo.InvariantCulture, $"bn{number}"), stride));

    private GraphValue Normalized(GraphValue x, WeightScope owner, string convolution, string norm, int stride)
    {
        (WeightScope layer, WeightScope by) = (owner.At(convolution), owner.At(norm));
        (float[] weight, float[] bias) = WeightLayout.Normalized(layer.Values("weight"), by.Values("weight"), by.Values("bias"), by.Values("running_mean"), by.Values("running_var"), Epsilon);
        return Convolve(x, layer, weight, bias, stride);
    }

    /// <summary>A convolution whose kernels reach as far to all sides; depthwise where each reads one channel of several.</summary>
    private GraphValue Convolve(GraphValue x, WeightScope layer, float[] weight, float[] bias, int stride)
    {
        Shape shape = layer.ShapeOf("weight");
        (int outputs, int kernel) = (shape[0], shape[2]);
        long group = x.Shape[1] / shape[1];
        return _graph.Node("Conv", x.Type, [x.Shape[0], outputs, Steps(x.Shape[2], kernel, stride, kernel / 2), Steps(x.Shape[3], kernel, stride, kernel / 2)],
            [x, _layers.Constant(layer, weight, [outputs, shape[1], kernel, kernel]), _layers.Constant(layer, bias, outputs)],
            ("kernel_shape", new[] { kernel, kernel }), ("strides", new[] { stride, stride }), ("pads", Enumerable.Repeat(kernel / 2, 4)), ("group", group));
    }

    private GraphValue Pool(GraphValue x, int window, int stride, int padding) =>
        _graph.Node("MaxPool", x.Type, [x.Shape[0], x.Shape[1], Steps(x.Shape[2], window, stride, padding), Steps(x.Shape[3], window, stride, padding)], [x],
            ("kernel_shape", new[] { window, window }), ("strides", new[] { stride, stride }), ("pads", Enumerable.Repeat(padding, 4)));

    private static long Steps(long length, int window, int stride, int padding) => (length + 2 * padding - window) / stride + 1;

    /// <summary>(N, C, H, W) to the means (N, C).</summary>
    private GraphValue Mean(GraphValue x) => Flatten(_graph.Node("GlobalAveragePool", x.Type, [x.Shape[0], x.Shape[1], 1, 1], [x]), x.Shape[1]);

    private GraphValue Flatten(GraphValue x, long size) => _graph.Node("Flatten", x.Type, [x.Shape[0], size], [x], ("axis", 1));

    /// <summary>The linear layer of the classes. Where it takes all places of a picture, its weights are by places and then by channels.</summary>
    private GraphValue Classify(GraphValue x, WeightScope layer, int places = 1)
    {
        Shape shape = layer.ShapeOf("weight");
        float[] weight = WeightLayout.ChannelsFirst(layer.Values("weight"), places, shape[1] / places);
        return _graph.Node("Gemm", x.Type, [x.Shape[0], shape[0]], [x, _layers.Constant(layer, weight, shape[0], shape[1]), _layers.Weight(layer, "bias")], ("transB", 1));
    }
}
