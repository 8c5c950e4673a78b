using MLPipelines.Data;
using MLPipelines.Neural.Images;
using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Networks for pictures come to the same probabilities in a graph.</summary>
public sealed class ImageNetworkTests
{
    private const string Features = SmallImageNetworks.Features;

    public static TheoryData<string> Names => [.. SmallImageNetworks.Names];

    [NativeRuntimeTheory]
    [MemberData(nameof(Names))]
    public void Every_architecture_gives_the_same_probabilities_for_pictures_of_any_size(string name)
    {
        var model = SmallImageNetworks.Model(name);
        ImageShape shape = model.Model.Shape;
        using ExportedNetwork exported = ExportedNetwork.Of(model, new MemoryView().AddImages(Features, [PictureInputs.Noise(8, 8, 1)]));
        foreach ((int width, int height, int count) in ((int, int, int)[])[(shape.Width, shape.Height, 3), (57, 91, 2), (130, 45, 1)])
        {
            MLImage[] images = [.. Enumerable.Range(1, count).Select(seed => PictureInputs.Noise(width, height, seed))];
            IDataView scored = model.Transform(new MemoryView().AddImages(Features, images));
            Compare(scored, exported, (Features, PictureInputs.Of(images)));
        }
    }

    [NativeRuntimeFact]
    public void Older_operators_do_it_too()
    {
        MLImage[] images = [PictureInputs.Noise(57, 91, 1)];
        MemoryView data = new MemoryView().AddImages(Features, images);
        ITransformer model = SmallImageNetworks.Model("residual");
        using ExportedNetwork exported = ExportedNetwork.Of(model, data, opset: 11);
        Compare(model.Transform(data), exported, (Features, PictureInputs.Of(images)));
        string message = Assert.Throws<MLPipelinesException>(() => ExportedNetwork.Of(model, data, opset: 10)).Message;
        Assert.Contains("Range needs version 11", message, StringComparison.Ordinal);
    }

    [NativeRuntimeFact("images/flowers/val")]
    public void Photos_are_made_smaller_by_the_same_rules()
    {
        MLImage[] photos = [.. Directory.EnumerateFiles(Datasets.PathOf("images/flowers/val"), "*.jp*g", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(12).Select(MLImage.CreateFromFile)];
        Assert.Equal(12, photos.Length);
        ITransformer model = SmallImageNetworks.Model("residual");
        using ExportedNetwork exported = ExportedNetwork.Of(model, new MemoryView().AddImages(Features, photos));
        foreach (MLImage photo in photos) Compare(model.Transform(new MemoryView().AddImages(Features, [photo])), exported, (Features, PictureInputs.Of(photo)));
    }

    [NativeRuntimeTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vectors_are_divided_into_levels_as_pictures_are(bool isByChannel)
    {
        ITransformer model = SmallImageNetworks.Model(new(NetworkKind.Residual, 8, 10, 3, 3, 4, [1]), flips: false, new NumberRange(-1.5f, 2.25f));
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
        ITransformer model = SmallImageNetworks.Model(new(NetworkKind.Residual, 8, 8, 3, 3, 4, [1]), flips: false, range: null);
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
}
