using MLPipelines.Data;
using MLPipelines.Neural.Images;
using MLPipelines.Tensors;
using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Networks for pictures of each kind, small and with random numbers.</summary>
internal static class SmallImageNetworks
{
    internal const string Features = "Image";

    private static readonly string[] Classes = ["ape", "bee", "cat"];

    private static readonly Dictionary<string, (NetworkDescription Description, bool Flips)> Networks = new()
    {
        ["three convolutions, digits"] = (new(NetworkKind.SmallConvolutional, 16, 24, 1, 3, 8, []), false),
        ["three convolutions, averaged"] = (new(NetworkKind.SmallConvolutional, 64, 72, 3, 3, 4, []), true),
        ["residual"] = (new(NetworkKind.Residual, 32, 32, 3, 3, 8, [2, 1, 1]), true),
        ["residual, large stem"] = (new(NetworkKind.Residual, 64, 48, 3, 3, 8, [1, 2], HasLargeStem: true), false),
        ["bottlenecks"] = (new(NetworkKind.Bottleneck, 32, 32, 3, 3, 4, [2, 2], HasLargeStem: true), false),
        ["depthwise"] = (new(NetworkKind.DepthwiseSeparable, 32, 40, 3, 3, 4, []), true),
        ["depthwise, large stem"] = (new(NetworkKind.DepthwiseSeparable, 64, 64, 1, 3, 4, [], HasLargeStem: true), false),
    };

    internal static IEnumerable<string> Names => Networks.Keys;

    internal static MulticlassPredictionTransformer<ImageClassificationModelParameters> Model(string name) => Model(Networks[name].Description, Networks[name].Flips, range: null);

    internal static MulticlassPredictionTransformer<ImageClassificationModelParameters> Model(NetworkDescription description, bool flips, NumberRange? range)
    {
        var random = new RandomSource(1);
        ImageNetwork network = description.Create(random);
        // Running statistics and normalizations as after some training, and classes that differ.
        foreach (NamedTensor weight in network.Weights.Where(weight => weight.Tensor.Shape.Rank == 1))
        {
            bool isScale = weight.Name.EndsWith("running_var", StringComparison.Ordinal) || weight.Name.EndsWith("weight", StringComparison.Ordinal);
            weight.Tensor.CopyFrom(isScale ? Tensor.Uniform(weight.Tensor.Shape, random, 0.5f, 1.5f) : Tensor.Normal(weight.Tensor.Shape, random, 0, 0.3f));
        }
        float[] mean = [0.3f, 0.45f, 0.6f], deviation = [0.2f, 0.25f, 0.3f];
        var input = new PictureInput(new ImageShape(description.Height, description.Width, description.Channels), range, mean[..description.Channels], deviation[..description.Channels]);
        return new(new ImageClassificationModelParameters(description, input, flips, network), Features, new KeyDataViewType(typeof(uint), 3), KeyValues.Of(new MemoryView().AddKeys("Label", [1], Classes).Schema["Label"]));
    }
}
