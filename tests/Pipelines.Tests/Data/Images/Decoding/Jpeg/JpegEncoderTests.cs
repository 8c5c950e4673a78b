using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

public class JpegEncoderTests
{
    // Mean squared errors of Pillow 9.4:
    // y, x = numpy.mgrid[0:41, 0:53]; a = numpy.stack([128 + x * 37 % 101, (x + y) * 5 % 256, x * y % 64 * 3], 2).astype(numpy.uint8)
    // Image.fromarray(a).save(b, 'JPEG', quality=90, subsampling=2); ((a.astype(float) - numpy.asarray(Image.open(b))) ** 2).mean()
    [Theory]
    [InlineData(100, false, 0.570)]
    [InlineData(90, false, 51.396)]
    [InlineData(90, true, 997.726)]
    [InlineData(50, true, 1343.502)]
    [InlineData(5, true, 2104.734)]
    public void Losses_are_those_of_libjpeg(int quality, bool halvedColors, double error)
    {
        using MLImage picture = Picture(53, 41, MLPixelFormat.Bgra32), back = Back(picture, quality, halvedColors);
        Assert.Equal((53, 41), (back.Width, back.Height));
        Assert.InRange(Error(picture, back), 0.9 * error, 1.1 * error);
    }

    [Fact]
    public void A_grey_picture_has_one_component_and_stays_grey()
    {
        byte[] pixels = new byte[4 * 20 * 9];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = i % 4 == 3 ? byte.MaxValue : (byte)(i / 4 % 20 * 12);
        using MLImage picture = MLImage.CreateFromPixels(20, 9, MLPixelFormat.Bgra32, pixels);
        byte[] file = Written(picture, 90, halvedColors: true);
        Assert.Equal(1, file[JpegPictures.IndexOf(file, JpegMarker.BaselineFrame) + 9]);
        using MLImage back = MLImage.CreateFromBytes(file);
        Assert.InRange(JpegPictures.Difference(picture.Pixels, back.Pixels), 0, 4);
    }

    [Fact]
    public void Red_first_is_the_same_picture()
    {
        using MLImage one = Picture(16, 16, MLPixelFormat.Bgra32), other = Picture(16, 16, MLPixelFormat.Rgba32);
        Assert.Equal(Written(one, 80, true), Written(other, 80, true));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(17, 2)]
    public void Small_pictures_are_written(int width, int height)
    {
        using MLImage picture = Picture(width, height, MLPixelFormat.Bgra32), back = Back(picture, 100, halvedColors: false);
        Assert.InRange(JpegPictures.Difference(picture.GetBGRPixels, back.GetBGRPixels), 0, 3);
    }

    [Fact]
    public void Extreme_samples_fit_the_codes()
    {
        byte[] pixels = new byte[4 * 32 * 32];
        var random = new Random(1);
        for (int i = 0; i < pixels.Length; i++) pixels[i] = i % 4 == 3 || random.Next(2) == 0 ? byte.MaxValue : (byte)0;
        using MLImage picture = MLImage.CreateFromPixels(32, 32, MLPixelFormat.Bgra32, pixels), back = Back(picture, 100, halvedColors: false);
        Assert.InRange(JpegPictures.Difference(picture.GetBGRPixels, back.GetBGRPixels), 0, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_is_1_to_100(int quality)
    {
        using MLImage picture = Picture(2, 2, MLPixelFormat.Bgra32);
        Assert.Throws<ArgumentOutOfRangeException>(() => JpegEncoder.Write(Stream.Null, picture, quality, halvedColors: false));
    }

    [Fact]
    public void An_image_is_saved_by_its_extension()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.JPG");
        try
        {
            using MLImage picture = Picture(30, 20, MLPixelFormat.Bgra32);
            picture.Save(path);
            using MLImage back = MLImage.CreateFromFile(path);
            Assert.InRange(Error(picture, back), 0, 20);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MLImage Back(MLImage picture, int quality, bool halvedColors) => MLImage.CreateFromBytes(Written(picture, quality, halvedColors));

    private static byte[] Written(MLImage picture, int quality, bool halvedColors)
    {
        using var stream = new MemoryStream();
        JpegEncoder.Write(stream, picture, quality, halvedColors);
        return stream.ToArray();
    }

    private static double Error(MLImage a, MLImage b) => a.GetBGRPixels.Zip(b.GetBGRPixels, (one, other) => (double)(one - other) * (one - other)).Average();

    /// <summary>Waves of three colours.</summary>
    private static MLImage Picture(int width, int height, MLPixelFormat format)
    {
        byte[] pixels = new byte[4 * width * height];
        int blue = format == MLPixelFormat.Bgra32 ? 0 : 2;
        for (int y = 0, at = 0; y < height; y++)
            for (int x = 0; x < width; x++, at += 4)
            {
                pixels[at + 2 - blue] = (byte)(128 + x * 37 % 101);
                pixels[at + 1] = (byte)((x + y) * 5 % 256);
                pixels[at + blue] = (byte)(x * y % 64 * 3);
                pixels[at + 3] = byte.MaxValue;
            }
        return MLImage.CreateFromPixels(width, height, format, pixels);
    }
}
