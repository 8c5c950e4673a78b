using MLPipelines.Data;
using MLPipelines.Neural.Images;
using MLPipelines.Tensors;
using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Networks for pictures come to the same probabilities in a graph.</summary>
public sealed class ImageNetworkTests
{
    private const string Features = "Image";

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

    public static TheoryData<string> Names => [.. Networks.Keys];

    [NativeRuntimeTheory]
    [MemberData(nameof(Names))]
    public void Every_architecture_gives_the_same_probabilities_for_pictures_of_any_size(string name)
    {
        (NetworkDescription description, bool flips) = Networks[name];
        ITransformer model = Model(description, flips, range: null);
        using ExportedNetwork exported = ExportedNetwork.Of(model, new MemoryView().AddImages(Features, [PictureInputs.Noise(8, 8, 1)]));
        foreach ((int width, int height, int count) in ((int, int, int)[])[(description.Width, description.Height, 3), (57, 91, 2), (130, 45, 1)])
        {
            MLImage[] images = [.. Enumerable.Range(1, count).Select(seed => PictureInputs.Noise(width, height, seed))];
            IDataView scored = model.Transform(new MemoryView().AddImages(Features, images));
            Compare(scored, exported, (Features, PictureInputs.Of(images)));
        }
    }

    [NativeRuntimeTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vectors_are_divided_into_levels_as_pictures_are(bool isByChannel)
    {
        ITransformer model = Model(new(NetworkKind.Residual, 8, 10, 3, 3, 4, [1]), flips: false, new NumberRange(-1.5f, 2.25f));
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 240).Select(_ => (random.NextSingle() * 4.5f) - 2).ToArray())];
        int[] dimensions = isByChannel ? [3, 8, 10] : [8, 10, 3];
        var column = new VectorColumn<float>(240);
        foreach (float[] row in rows) column.Append(row);
        MemoryView data = new MemoryView().Add(Features, new VectorDataViewType(NumberDataViewType.Single, dimensions), column);
        using ExportedNetwork exported = ExportedNetwork.Of(model, data);
        Compare(model.Transform(data), exported, (Features, OnnxValue.Tensor(rows.SelectMany(row => row).ToArray(), [5, .. dimensions.Select(size => (long)size)])));
    }

    [Fact]
    public void Files_in_memory_cannot_be_decoded_by_a_graph()
    {
        ITransformer model = Model(new(NetworkKind.Residual, 8, 8, 3, 3, 4, [1]), flips: false, range: null);
        MemoryView data = new MemoryView().AddVectors(Features, [new byte[] { 1, 2 }], isVariable: true);
        string message = Assert.Throws<MLPipelinesException>(() => ExportedNetwork.Of(model, data)).Message;
        Assert.Contains("decoding the bytes of picture files has no form in ONNX", message, StringComparison.Ordinal);
    }

    private static void Compare(IDataView scored, ExportedNetwork exported, (string, OnnxValue) input)
    {
        float[] expected = [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)], found = exported.Run<float>("Score.output", input);
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++) Assert.Equal(expected[i], found[i], 1e-4);
        Assert.Equal(scored.GetColumn<uint>("PredictedLabel"), exported.Run<uint>("PredictedLabel.output", input));
    }

    private static MulticlassPredictionTransformer<ImageClassificationModelParameters> Model(NetworkDescription description, bool flips, NumberRange? range)
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
