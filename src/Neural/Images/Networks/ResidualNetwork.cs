using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Images;

/// <summary>
/// Stages of residual blocks; each stage after the first halves the picture and doubles the channels; then the mean over the picture and one linear layer
/// (He and others 2016). With stages of 2, 2, 2, 2 blocks from 64 channels it is ResNet-18, with 3, 4, 6, 3 ResNet-34 or, of bottlenecks, ResNet-50;
/// with three stages from 16 channels it is that of the paper's part about CIFAR-10. Named as torchvision names it, so that its weights fit.
/// </summary>
internal sealed class ResidualNetwork : ImageNetwork
{
    private readonly bool _hasLargeStem;
    private readonly NormalizedConvolution _first;
    private readonly List<ResidualBlock> _blocks = [];
    private readonly Dropout? _dropout;
    private readonly Linear _last;

    internal ResidualNetwork(NetworkDescription description, RandomSource random)
    {
        int features = description.Features, channels = features;
        bool isBottleneck = description.Kind == NetworkKind.Bottleneck;
        _hasLargeStem = description.HasLargeStem;
        _first = new NormalizedConvolution(
            Add("conv1", _hasLargeStem
                ? new Conv2d(description.Channels, features, 7, random, stride: 2, padding: 3, hasBias: false)
                : new Conv2d(description.Channels, features, 3, random, padding: 1, hasBias: false)),
            Add("bn1", new BatchNorm(features, isRectified: true)));
        for (int stage = 0; stage < description.Blocks.Count; stage++, features *= 2)
        {
            var blocks = new Sequential();
            for (int block = 0; block < description.Blocks[stage]; block++)
            {
                var added = new ResidualBlock(channels, features, stage > 0 && block == 0 ? 2 : 1, isBottleneck, random);
                blocks.Add(added);
                _blocks.Add(added);
                channels = isBottleneck ? features * ResidualBlock.Expansion : features;
            }
            Add($"layer{stage + 1}", blocks);
        }
        if (description.Dropout > 0) _dropout = Add("dropout", new Dropout(description.Dropout, random));
        _last = Add("fc", new Linear(channels, description.Classes, random));
        foreach (NormalizedConvolution convolution in _blocks.SelectMany(block => block.Convolutions).Prepend(_first)) Initialize(convolution.Convolution.Weight, random);
        // A block whose last normalization gives 0 is at first the identity, so that deep networks begin as shallow ones (Goyal and others 2017).
        foreach (ResidualBlock block in _blocks) block.Last.Weight.Fill(0);
    }

    internal override string Head => "fc";

    internal override void Fix()
    {
        _first.Fix();
        foreach (ResidualBlock block in _blocks) block.Fix();
    }

    public override Tensor Forward(Tensor x)
    {
        x = _first.Forward(x);
        if (_hasLargeStem) x = x.MaxPool2d(3, 2, 1);
        foreach (ResidualBlock block in _blocks) x = block.Forward(x);
        x = x.Reshape(x.Shape[0], -1, x.Shape[3]).Mean([1]);
        if (_dropout is not null) x = _dropout.Forward(x);
        return Classify(_last, x);
    }
}
