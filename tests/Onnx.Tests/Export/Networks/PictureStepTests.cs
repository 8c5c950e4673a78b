using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Image;
using static MLPipelines.Transforms.Image.ImagePixelExtractingEstimator;
using static MLPipelines.Transforms.Image.ImageResizingEstimator;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Steps over pictures come to the same numbers in a graph.</summary>
public sealed class PictureStepTests
{
    private readonly MLContext _context = new(1);

    public static TheoryData<int, int, ResizingKind, Anchor> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int, ResizingKind, Anchor>();
            foreach ((int width, int height) in ((int, int)[])[(24, 16), (100, 61), (7, 33), (48, 32), (1, 5), (200, 30)])
                foreach (ResizingKind kind in Enum.GetValues<ResizingKind>()) sizes.Add(width, height, kind, Anchor.Center);
            foreach (Anchor anchor in Enum.GetValues<Anchor>())
            {
                sizes.Add(100, 30, ResizingKind.IsoCrop, anchor);
                sizes.Add(30, 100, ResizingKind.IsoCrop, anchor);
            }
            return sizes;
        }
    }

    [NativeRuntimeTheory]
    [MemberData(nameof(Sizes))]
    public void Pictures_of_any_size_are_brought_to_one_by_the_same_rules(int width, int height, ResizingKind kind, Anchor anchor)
    {
        MLImage[] images = [PictureInputs.Noise(width, height, 1), PictureInputs.Noise(width, height, 2)];
        IDataView data = new MemoryView().AddImages("Image", images);
        var chain = _context.Transforms.ResizeImages("Sized", 24, 16, "Image", kind, anchor).Append(_context.Transforms.ExtractPixels("Pixels", "Sized", interleavePixelColors: true));
        ITransformer model = chain.Fit(data);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Pixels")];
        using ExportedNetwork exported = ExportedNetwork.Of(model, data);
        float[] found = exported.Run<float>("Pixels.output", ("Image", PictureInputs.Of(images)));
        // A sum that ends in a half may be rounded to the other side when its terms are added in another order.
        int others = 0;
        for (int i = 0; i < found.Length; i++)
        {
            float difference = Math.Abs(found[i] - expected[i / expected[0].Length][i % expected[0].Length]);
            Assert.True(difference <= 1, $"Number {i} is {found[i]} and differs by {difference}.");
            if (difference > 0) others++;
        }
        Assert.True(others * 200 <= found.Length, $"{others} of {found.Length} are rounded to the other side.");
    }

    public static TheoryData<ColorBits, ColorsOrder, bool, bool> Layouts => new()
    {
        { ColorBits.Rgb, ColorsOrder.ARGB, true, true },
        { ColorBits.Rgb, ColorsOrder.ABGR, false, true },
        { ColorBits.Rgb, ColorsOrder.AGRB, true, false },
        { ColorBits.Green, ColorsOrder.ARGB, false, true },
        { ColorBits.Red | ColorBits.Blue, ColorsOrder.ABGR, false, false },
    };

    [NativeRuntimeTheory]
    [MemberData(nameof(Layouts))]
    public void Colours_are_extracted_in_any_order(ColorBits colors, ColorsOrder order, bool isInterleaved, bool asFloats)
    {
        MLImage[] images = [PictureInputs.Noise(6, 4, 1), PictureInputs.Noise(6, 4, 2, MLPixelFormat.Rgba32)];
        IDataView data = new MemoryView().AddImages("Image", images, 4, 6);
        ITransformer model = _context.Transforms.ConvertToGrayscale("Gray", "Image").Append(_context.Transforms.ExtractPixels("Grays", "Gray", colors, order, isInterleaved, outputAsFloatArray: asFloats))
            .Append(_context.Transforms.ExtractPixels("Pixels", "Image", colors, order, isInterleaved, 12.5f, 0.25f, asFloats)).Fit(data);
        IDataView scored = model.Transform(data);
        using ExportedNetwork exported = ExportedNetwork.Of(model, data);
        foreach (string name in (string[])["Grays", "Pixels"])
        {
            (string, OnnxValue) input = ("Image", PictureInputs.Of(images));
            if (asFloats) Assert.Equal(scored.GetColumn<float[]>(name).SelectMany(row => row), exported.Run<float>(name + ".output", input));
            else Assert.Equal(scored.GetColumn<byte[]>(name).SelectMany(row => row), exported.Run<byte>(name + ".output", input));
        }
    }

    [NativeRuntimeFact]
    public void Vectors_become_pictures_and_vectors_again()
    {
        float[][] rows = [[0, 17.4f, 255, 300, -4, 90.5f, 1, 2, 3, 4, 5, 6], [.. Enumerable.Range(0, 12).Select(i => i * 20.25f)]];
        IDataView data = new MemoryView().AddVectors("Values", rows);
        ITransformer model = _context.Transforms.ConvertToImage(2, 3, "Image", "Values", ColorBits.Red | ColorBits.Green, ColorsOrder.AGRB, true, 0.5f, 10, defaultBlue: 77)
            .Append(_context.Transforms.ExtractPixels("Pixels", "Image")).Fit(data);
        using ExportedNetwork exported = ExportedNetwork.Of(model, data);
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Pixels").SelectMany(row => row), exported.Run<float>("Pixels.output", ("Values", OnnxValue.Tensor(rows.SelectMany(row => row).ToArray(), 2, 12))));
    }

    [Fact]
    public void What_pictures_in_graphs_do_not_have_is_named()
    {
        IDataView data = new MemoryView().AddImages("Image", [PictureInputs.Noise(6, 4, 1)], 4, 6);
        ITransformer model = _context.Transforms.ExtractPixels("Pixels", "Image", ColorBits.All).Fit(data);
        string message = Assert.Throws<MLPipelinesException>(() => ExportedNetwork.Of(model, data)).Message;
        Assert.Contains("step 1 (extract-pixels): it has the colour Alpha; pictures in graphs have Red, Green, Blue", message, StringComparison.Ordinal);
    }
}
