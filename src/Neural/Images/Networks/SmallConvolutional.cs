using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Images;

/// <summary>
/// Three times a convolution of 3×3, ReLU and the greatest of 2×2, with channels that double (32, 64, 128), then one linear layer (after LeCun and
/// others 1998). For pictures as small as those of digits. What is left of larger ones is averaged, so that the last layer stays small.
/// </summary>
internal sealed class SmallConvolutional : ImageNetwork
{
    private const int MostPlaces = 36;

    private readonly Conv2d _first, _second, _third;
    private FixedConvolution[]? _fixed;
    private readonly bool _isAveraged;
    private readonly Dropout? _dropout;
    private readonly Linear _last;

    internal SmallConvolutional(NetworkDescription description, RandomSource random)
    {
        int features = description.Features, places = (description.Height / 8) * (description.Width / 8);
        if (places == 0) throw new ArgumentException($"Pictures of {description.Width} by {description.Height} pixels are too small; expected at least 8 by 8.", nameof(description));
        _isAveraged = places > MostPlaces;
        _first = Add("conv1", new Conv2d(description.Channels, features, 3, random, padding: 1));
        _second = Add("conv2", new Conv2d(features, 2 * features, 3, random, padding: 1));
        _third = Add("conv3", new Conv2d(2 * features, 4 * features, 3, random, padding: 1));
        if (description.Dropout > 0) _dropout = Add("dropout", new Dropout(description.Dropout, random));
        _last = Add("fc", new Linear(4 * features * (_isAveraged ? 1 : places), description.Classes, random));
    }

    internal override string Head => "fc";

    internal override void Fix() => _fixed = [.. new[] { _first, _second, _third }.Select(convolution => new FixedConvolution(convolution))];

    public override Tensor Forward(Tensor x)
    {
        // Pooling takes ReLU with it: the greatest of numbers cut off at 0 is their greatest, cut off.
        x = (_fixed is null ? _first.Forward(x) : _fixed[0].Forward(x)).MaxPool2d(2, isRectified: true);
        x = (_fixed is null ? _second.Forward(x) : _fixed[1].Forward(x)).MaxPool2d(2, isRectified: true);
        x = (_fixed is null ? _third.Forward(x) : _fixed[2].Forward(x)).MaxPool2d(2, isRectified: true);
        x = _isAveraged ? x.Reshape(x.Shape[0], -1, x.Shape[3]).Mean([1]) : x.Reshape(x.Shape[0], -1);
        if (_dropout is not null) x = _dropout.Forward(x);
        return Classify(_last, x);
    }
}
