using System.Globalization;
using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Images;

/// <summary>
/// A convolution of 3×3, then blocks that look at places and at channels one after the other: a depthwise convolution of 3×3 and one of 1×1, each
/// with normalization and ReLU (Howard and others 2017, MobileNet); then the mean over the picture and one linear layer. A small part of the
/// multiplications of a network of whole convolutions.
/// </summary>
internal sealed class DepthwiseSeparable : ImageNetwork
{
    // Channels as multiples of the first ones, and strides.
    private static readonly (int Multiple, int Stride)[] Plan = [(2, 1), (4, 2), (4, 1), (8, 2), (8, 1), (16, 2), (16, 1)];

    private readonly NormalizedConvolution _first;
    private readonly List<Block> _blocks = [];
    private readonly Dropout? _dropout;
    private readonly Linear _last;

    internal DepthwiseSeparable(NetworkDescription description, RandomSource random)
    {
        int channels = description.Features;
        _first = new NormalizedConvolution(
            Add("conv1", new Conv2d(description.Channels, channels, 3, random, description.HasLargeStem ? 2 : 1, 1, hasBias: false)),
            Add("bn1", new BatchNorm(channels, isRectified: true)));
        foreach ((int multiple, int stride) in Plan)
        {
            int outputs = multiple * description.Features;
            _blocks.Add(Add(string.Create(CultureInfo.InvariantCulture, $"block{_blocks.Count + 1}"), new Block(channels, outputs, stride, random)));
            channels = outputs;
        }
        if (description.Dropout > 0) _dropout = Add("dropout", new Dropout(description.Dropout, random));
        _last = Add("fc", new Linear(channels, description.Classes, random));
        Initialize(_first.Convolution.Weight, random);
        foreach (Block block in _blocks)
        {
            InitializeDepthwise(block.Depthwise.Convolution.Weight, random);
            Initialize(block.Pointwise.Convolution.Weight, random);
        }
    }

    internal override string Head => "fc";

    /// <summary>The stride of each block.</summary>
    internal static IReadOnlyList<int> Strides => [.. Plan.Select(block => block.Stride)];

    internal override void Fix()
    {
        _first.Fix();
        foreach (Block block in _blocks)
        {
            block.Depthwise.Fix();
            block.Pointwise.Fix();
        }
    }

    public override Tensor Forward(Tensor x)
    {
        x = _first.Forward(x);
        foreach (Block block in _blocks) x = block.Forward(x);
        x = x.Reshape(x.Shape[0], -1, x.Shape[3]).Mean([1]);
        if (_dropout is not null) x = _dropout.Forward(x);
        return Classify(_last, x);
    }

    /// <summary>Each kernel reaches one channel only.</summary>
    private static void InitializeDepthwise(Tensor weight, RandomSource random)
    {
        using var step = new Step();
        weight.CopyFrom(Tensor.Normal(weight.Shape, random, 0, MathF.Sqrt(2f / (weight.Shape[2] * weight.Shape[3]))));
    }

    /// <summary>A depthwise and a pointwise convolution.</summary>
    private sealed class Block : Layer
    {
        internal Block(int inputs, int outputs, int stride, RandomSource random)
        {
            Depthwise = new NormalizedConvolution(
                Add("conv1", new Conv2d(inputs, inputs, 3, random, stride, 1, groups: inputs, hasBias: false)), Add("bn1", new BatchNorm(inputs, isRectified: true)));
            Pointwise = new NormalizedConvolution(Add("conv2", new Conv2d(inputs, outputs, 1, random, hasBias: false)), Add("bn2", new BatchNorm(outputs, isRectified: true)));
        }

        internal NormalizedConvolution Depthwise { get; }

        internal NormalizedConvolution Pointwise { get; }

        public override Tensor Forward(Tensor x) => Pointwise.Forward(Depthwise.Forward(x));
    }
}
