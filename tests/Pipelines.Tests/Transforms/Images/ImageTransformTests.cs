using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Image;
using static MLPipelines.Transforms.Image.ImagePixelExtractingEstimator;
using static MLPipelines.Transforms.Image.ImageResizingEstimator;

namespace MLPipelines.Tests.Transforms.Images;

public sealed class ImageTransformTests
{
    private readonly MLContext _context = new(seed: 1);

    private static MemoryView One(MLImage image, bool isSized = false) => new MemoryView().AddImages("Image", [image], isSized ? image.Height : 0, image.Width);

    [Theory]
    // What ML.NET's sample ConvertToGrayScaleInMemory states for blue and red, and 0.59 * 255 = 150.45.
    [InlineData(0, 0, 255, 28)]
    [InlineData(255, 0, 0, 77)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(255, 255, 255, 255)]
    public void Gray_is_as_bright_as_the_colour(byte red, byte green, byte blue, byte gray)
    {
        foreach (MLPixelFormat format in new[] { MLPixelFormat.Rgba32, MLPixelFormat.Bgra32 })
        {
            byte[] pixel = format == MLPixelFormat.Rgba32 ? [red, green, blue, 200] : [blue, green, red, 200];
            IDataView data = One(MLImage.CreateFromPixels(1, 1, format, pixel));
            MLImage result = TestImages.Images(_context.Transforms.ConvertToGrayscale("Image").Fit(data).Transform(data), "Image")[0]!;
            Assert.Equal([gray, gray, gray, 200], result.Pixels.ToArray());
        }
    }

    [Theory]
    [InlineData(ResizingKind.Fill, Anchor.Center, "a.c.", "a.c.")]
    [InlineData(ResizingKind.IsoCrop, Anchor.Center, "b.c.", "b.c.")]
    [InlineData(ResizingKind.IsoCrop, Anchor.Left, "a.b.", "a.b.")]
    [InlineData(ResizingKind.IsoCrop, Anchor.Right, "c.d.", "c.d.")]
    [InlineData(ResizingKind.IsoCrop, Anchor.Top, "b.c.", "b.c.")]
    [InlineData(ResizingKind.IsoPad, Anchor.Center, "a.c.", "....")]
    public void Shapes_are_cropped_padded_or_stretched(ResizingKind kind, Anchor anchor, string first, string second)
    {
        // A picture of 4 by 2 whose columns are a, b, c, d, made 2 by 2; halved, a column is the mean of two, told by the nearer letter below.
        byte[] row = [40, 40, 40, 255, 80, 80, 80, 255, 120, 120, 120, 255, 160, 160, 160, 255];
        IDataView data = One(MLImage.CreateFromPixels(4, 2, MLPixelFormat.Bgra32, [.. row, .. row]));
        MLImage result = TestImages.Images(_context.Transforms.ResizeImages("Image", 2, 2, resizing: kind, cropAnchor: anchor).Fit(data).Transform(data), "Image")[0]!;
        Assert.Equal((2, 2), (result.Width, result.Height));
        string letters = new([.. result.Pixels.ToArray().Chunk(4).SelectMany(pixel => new[] { pixel[0] == 0 ? '.' : (char)('a' + (pixel[0] - 40) / 40), '.' })]);
        Assert.Equal(first, letters[..4]);
        Assert.Equal(second, letters[4..]);
        Assert.All(result.Pixels.ToArray().Chunk(4), pixel => Assert.Equal(255, pixel[3]));
    }

    [Fact]
    public void An_image_that_has_the_size_stays_the_same_object()
    {
        MLImage image = TestImages.Random(1, 4, 3);
        IDataView data = One(image);
        IDataView result = _context.Transforms.ResizeImages("Small", 4, 3, "Image").Fit(data).Transform(data);
        Assert.Same(image, TestImages.Images(result, "Small")[0]);
        Assert.Equal(new ImageDataViewType(3, 4), result.Schema["Small"].Type);
    }

    [Fact]
    public void Pixels_come_in_the_order_that_is_asked_for()
    {
        // Two pixels: red 1, green 2, blue 3, alpha 4 and 5 to 8.
        IDataView data = One(MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, [1, 2, 3, 4, 5, 6, 7, 8]), isSized: true);
        Assert.Equal([1, 5, 2, 6, 3, 7], Floats("Image"));
        Assert.Equal([1, 2, 3, 5, 6, 7], Floats("Image", interleave: true));
        Assert.Equal([4, 8, 3, 7, 2, 6, 1, 5], Floats("Image", ColorBits.All, ColorsOrder.ABGR));
        Assert.Equal([3, 1, 7, 5], Floats("Image", ColorBits.Red | ColorBits.Blue, ColorsOrder.AGBR, interleave: true));
        Assert.Equal([0, 2], Floats("Image", ColorBits.Red, offset: 1, scale: 0.5f));
        IDataView bytes = _context.Transforms.ExtractPixels("Image", interleavePixelColors: true, offsetImage: 9, outputAsFloatArray: false).Fit(data).Transform(data);
        Assert.Equal([1, 2, 3, 5, 6, 7], ViewContents.Vectors<byte>(bytes, "Image")[0].Select(b => (int)b));
        Assert.Equal("Vector<Byte, 1, 2, 3>", bytes.Schema["Image"].Type.ToString());

        float[] Floats(string input, ColorBits colors = ColorBits.Rgb, ColorsOrder order = ColorsOrder.ARGB, bool interleave = false, float offset = 0, float scale = 1) =>
            ViewContents.Vectors<float>(_context.Transforms.ExtractPixels("Pixels", input, colors, order, interleave, offset, scale).Fit(data).Transform(data), "Pixels")[0];
    }

    [Fact]
    public void Pixels_make_the_image_again()
    {
        IDataView data = One(TestImages.Random(5, 3, 2), isSized: true);
        foreach (bool interleave in new[] { false, true })
        {
            var chain = _context.Transforms.ExtractPixels("Pixels", "Image", interleavePixelColors: interleave, offsetImage: 100, scaleImage: 0.5f)
                .Append(_context.Transforms.ConvertToImage(2, 3, "Again", "Pixels", interleavedColors: interleave, scaleImage: 2, offsetImage: -100));
            IDataView result = chain.Fit(data).Transform(data);
            Assert.Equal(TestImages.Images(result, "Image")[0]!.GetBGRPixels, TestImages.Images(result, "Again")[0]!.GetBGRPixels);
        }
    }

    [Fact]
    public void Values_beyond_a_byte_end_at_its_ends()
    {
        var data = new MemoryView().AddVectors("V", [[-5.0, 0.4, 0.6, 254.6, 300, double.NaN]]);
        MLImage image = TestImages.Images(_context.Transforms.ConvertToImage(1, 2, "I", "V", interleavedColors: true).Fit(data).Transform(data), "I")[0]!;
        Assert.Equal([1, 0, 0, 255, 0, 255, 255, 255], image.Pixels.ToArray());
    }

    [Fact]
    public void An_image_of_another_size_is_named()
    {
        var data = new MemoryView().AddImages("Image", [TestImages.Random(1, 3, 4), TestImages.Random(1, 4, 4)], height: 4, width: 3);
        var error = Assert.Throws<MLPipelinesException>(() => ViewContents.Read(_context.Transforms.ExtractPixels("P", "Image").Fit(data).Transform(data)));
        Assert.Contains("Row 1, column 'Image': found an image of 4 by 4 pixels, expected 3 by 4", error.Message, StringComparison.Ordinal);
    }

    [DatasetFact("images/decoder-tests/mlnet/hotdog.jpg")]
    public void The_photo_of_MLNETs_samples_has_the_size_that_they_state()
    {
        // hotdog.jpg   hotdog       {Width=800, Height=391}   {Width=100, Height=100}
        var data = new MemoryView().AddText("ImagePath", "hotdog.jpg");
        IDataView result = _context.Transforms.LoadImages("ImageObject", Datasets.PathOf("images/decoder-tests/mlnet"), "ImagePath")
            .Append(_context.Transforms.ResizeImages("ImageObjectResized", 100, 100, "ImageObject")).Append(_context.Transforms.ExtractPixels("Pixels", "ImageObjectResized")).Fit(data).Transform(data);
        MLImage photo = TestImages.Images(result, "ImageObject")[0]!, small = TestImages.Images(result, "ImageObjectResized")[0]!;
        Assert.Equal((800, 391), (photo.Width, photo.Height));
        Assert.Equal((100, 100), (small.Width, small.Height));
        Assert.EndsWith("hotdog.jpg", small.Tag, StringComparison.Ordinal);
        Assert.Equal(small.Pixels[2], ViewContents.Vectors<float>(result, "Pixels")[0][0]);
    }

    [Fact]
    public void A_file_that_is_absent_or_damaged_is_named()
    {
        string folder = Directory.CreateTempSubdirectory("images-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "bad.png"), [.. PngDecoder.Signature, 1, 2, 3]);
            foreach (var (file, expected) in new[] { ("none.png", "does not exist"), ("bad.png", "bad.png: PNG: the file ends at byte 11") })
            {
                var data = new MemoryView().AddText("Path", "", "", file);
                var error = Assert.Throws<MLPipelinesException>(() => ViewContents.Read(_context.Transforms.LoadImages("Image", folder, "Path").Fit(data).Transform(data)));
                Assert.StartsWith("Row 2, column 'Path': ", error.Message, StringComparison.Ordinal);
                Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            }
            Assert.Contains("'/no/such/folder'", Assert.Throws<ArgumentException>(() => _context.Transforms.LoadImages("Image", "/no/such/folder", "Path")).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Options_out_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ResizeImages("I", 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ResizeImages("I", 5, 5, resizing: (ResizingKind)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ExtractPixels("I", scaleImage: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ExtractPixels("I", offsetImage: float.NaN));
        Assert.Throws<ArgumentException>(() => _context.Transforms.ExtractPixels("I", colorsToExtract: default));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ConvertToImage(2, 2, "I", defaultAlpha: 256));
    }

    [Fact]
    public void Rows_are_computed_few_at_a_time_whatever_reads_them()
    {
        var data = new MemoryView().AddImages("Image", [.. Enumerable.Range(0, 100).Select(i => TestImages.Random(i, 2 + i % 3, 3))]).Add("Id", [.. Enumerable.Range(0, 100)]);
        ITransformer model = _context.Transforms.ResizeImages("Large", 1000, 500, "Image").Append(_context.Transforms.DropColumns("Image"))
            .Append(_context.Transforms.ResizeImages("Large", 2, 2)).Fit(data);
        // A picture of 1000 by 500 pixels has 2 MB, of which 16 are made at a time.
        BatchView view = BatchView.Of(model.Transform(data));
        Assert.Equal(8, view.RowsAtOnce);
        using (BatchCursor cursor = view.OpenBatches(ColumnSet.All(view.Schema)))
        {
            int rows = 0;
            while (cursor.Next() is { } batch)
            {
                Assert.InRange(batch.RowCount, 1, 8);
                Assert.Equal(rows, batch.FirstRow);
                rows += batch.RowCount;
            }
            Assert.Equal(100, rows);
        }
        using (BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, [view.Schema["Id"].Index]))) Assert.Equal(100, cursor.Next()!.RowCount);
        var expected = ViewContents.Read(view);
        var parallel = ViewContents.Read(new ParallelView(data, model, 3, CancellationToken.None));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), parallel["Id"]);
        Assert.Equal(expected["Large"], parallel["Large"]);
    }
}
