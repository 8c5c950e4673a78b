using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

public class MLImageTests
{
    private static readonly byte[] TwoPixels = [1, 2, 3, 255, 4, 5, 6, 128];

    [Fact]
    public void An_image_is_what_it_was_made_of()
    {
        using MLImage image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, TwoPixels);
        Assert.Equal((2, 1, 32, MLPixelFormat.Rgba32, null), (image.Width, image.Height, image.BitsPerPixel, image.PixelFormat, image.Tag));
        Assert.Equal(TwoPixels, image.Pixels);
        Assert.Equal([3, 2, 1, 6, 5, 4], image.GetBGRPixels);
        image.Tag = "a";
        Assert.Equal("a", image.Tag);
    }

    [Fact]
    public void A_disposed_image_says_so()
    {
        MLImage image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, TwoPixels);
        image.Dispose();
        image.Dispose();
        foreach (Action use in new Action[] { () => _ = image.Width, () => _ = image.Pixels.Length, () => image.Tag = "", () => image.Save("/nowhere/a.png") })
            Assert.Contains("disposed", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, MLPixelFormat.Bgra32, "width of 0")]
    [InlineData(2, -1, MLPixelFormat.Bgra32, "height of -1")]
    [InlineData(2, 2, MLPixelFormat.Bgra32, "Found 8 bytes, expected 16")]
    [InlineData(2, 1, MLPixelFormat.Unknown, "not Unknown")]
    public void Pixels_that_do_not_fit_are_refused(int width, int height, MLPixelFormat format, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(width, height, format, TwoPixels)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(37, 5)]
    [InlineData(3, 200)]
    public void A_saved_picture_is_the_same_when_it_is_read(int width, int height)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".PNG");
        var random = new Random(width);
        foreach (int kind in new[] { 0, 1, 2 })
        {
            byte[] pixels = new byte[4 * width * height];
            random.NextBytes(pixels);
            for (int i = 0; i < pixels.Length; i += 4)
            {
                if (kind < 2) pixels[i + 3] = 255;
                if (kind < 1) pixels[i + 1] = pixels[i + 2] = pixels[i];
            }
            try
            {
                MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels).Save(file);
                MLImage read = MLImage.CreateFromFile(file);
                Assert.Equal((width, height), (read.Width, read.Height));
                for (int i = 0; i < pixels.Length; i++) Assert.Equal(pixels[i], read.Pixels[i % 4 is 0 or 2 ? i ^ 2 : i]);
                // The colour type is the least that holds the picture: gray, colours, colours with alpha.
                Assert.Equal((byte)(kind * 2 + (kind == 2 ? 2 : 0)), File.ReadAllBytes(file)[25]);
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    [Fact]
    public void A_format_that_cannot_be_written_is_refused_before_a_file_is_made()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".tiff");
        var error = Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, TwoPixels).Save(file));
        Assert.Contains("'.tiff'", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_file_is_turned_as_it_says_unless_that_is_not_wanted()
    {
        using var png = new MemoryStream();
        PngEncoder.Write(png, MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, TwoPixels));
        byte[] file = png.ToArray();
        // A TIFF directory of one entry: tag 0x0112, a short, one of them: 6, a quarter to the right. Behind the header, before the pixels.
        byte[] chunk = [0, 0, 0, 26, .. "eXIfII*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] turned = [.. file[..33], .. chunk, .. file[33..]];
        Assert.Equal((1, 2), (MLImage.CreateFromBytes(turned).Width, MLImage.CreateFromBytes(turned).Height));
        Assert.Equal((2, 1), (MLImage.CreateFromBytes(turned, applyOrientation: false).Width, MLImage.CreateFromBytes(file).Height));
    }

    [Theory]
    [InlineData(1, "abcdef")]
    [InlineData(2, "cbafed")]
    [InlineData(3, "fedcba")]
    [InlineData(4, "defabc")]
    [InlineData(5, "adbecf")]
    [InlineData(6, "daebfc")]
    [InlineData(7, "fcebda")]
    [InlineData(8, "cfbead")]
    [InlineData(9, "abcdef")]
    public void Pictures_are_turned_as_exif_says(int orientation, string expected)
    {
        // abc over def; 6 is to be turned by a quarter clockwise, 8 back, 3 upside down; 2, 4, 5 and 7 are mirrored.
        byte[] pixels = [.. "abcdef".SelectMany(letter => Enumerable.Repeat((byte)letter, 4))];
        DecodedImage upright = ImageOrientation.Upright(new DecodedImage(3, 2, pixels, orientation));
        Assert.Equal(orientation is >= 5 and <= 8 ? (2, 3) : (3, 2), (upright.Width, upright.Height));
        Assert.Equal(expected, new string([.. upright.Pixels.Chunk(4).Select(pixel => (char)pixel[0])]));
        Assert.Equal(1, upright.Orientation);
    }
}
