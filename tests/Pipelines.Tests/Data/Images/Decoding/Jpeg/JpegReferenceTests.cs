using System.Formats.Tar;
using System.IO.Compression;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.Images;

/// <summary>Public JPEG files, with pictures that other programs made of them.</summary>
public class JpegReferenceTests
{
    private const string Folder = "images/decoder-tests/jpeg-decoder", Orientations = "images/decoder-tests/exif-orientation";
    private const string Flowers = "images/flowers", Cifar = "images/cifar10/cifar10-test-jpg.tar.gz";

    public static TheoryData<string> Pictures()
    {
        if (Datasets.Root is null || !Directory.Exists(Datasets.PathOf(Folder))) return ["absent"];
        return [.. Directory.EnumerateFiles(Datasets.PathOf(Folder), "*.jpg", SearchOption.AllDirectories).Where(path => File.Exists(Path.ChangeExtension(path, ".png")))
            .Select(path => Path.GetRelativePath(Datasets.PathOf(Folder), path).Replace('\\', '/')).Where(name => !name.StartsWith("lossless", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [DatasetTheory(Folder)]
    [MemberData(nameof(Pictures))]
    public void Pixels_are_within_3_levels_of_the_reference(string file)
    {
        string path = Datasets.PathOf($"{Folder}/{file}");
        using MLImage expected = MLImage.CreateFromFile(Path.ChangeExtension(path, ".png")), found = MLImage.CreateFromFile(path);
        Assert.Equal((expected.Width, expected.Height), (found.Width, found.Height));
        Assert.InRange(JpegPictures.Difference(expected.GetBGRPixels, found.GetBGRPixels), 0, 3);
    }

    [DatasetFact(Folder + "/mjpeg.jpg")]
    public void A_frame_of_motion_jpeg_needs_no_tables()
    {
        using MLImage picture = MLImage.CreateFromFile(Datasets.PathOf(Folder + "/mjpeg.jpg"));
        Assert.Equal((960, 720), (picture.Width, picture.Height));
        // Image.open(…).convert('RGB').getpixel of Pillow: (100, 100) and (800, 500).
        Assert.Equal((194, 158, 74), Color(picture, 100, 100));
        Assert.Equal((208, 109, 67), Color(picture, 800, 500));
    }

    [DatasetFact(Orientations)]
    public void Photos_look_the_same_once_they_are_upright()
    {
        using MLImage upright = MLImage.CreateFromFile(Datasets.PathOf(Orientations + "/Portrait_1.jpg"));
        foreach (int orientation in new[] { 3, 6, 8 })
        {
            byte[] file = File.ReadAllBytes(Datasets.PathOf($"{Orientations}/Portrait_{orientation}.jpg"));
            Assert.Equal(orientation, ImageDecoders.Decode(file, ImageLimits.Default).Orientation);
            using MLImage turned = MLImage.CreateFromBytes(file);
            Assert.Equal((upright.Width, upright.Height), (turned.Width, turned.Height));
            // They were coded anew, so that samples differ a little, and a number that is drawn into each differs.
            Assert.InRange(MeanDifference(upright.GetBGRPixels, turned.GetBGRPixels), 0, 3);
        }
    }

    [DatasetTheory(Flowers)]
    [MemberData(nameof(Samples), "flowers/")]
    public void Photos_have_the_pixels_of_libjpeg(string file, string hash) =>
        Assert.Equal(hash, Hash(File.ReadAllBytes(Datasets.PathOf($"images/{file}"))));

    [DatasetFact(Cifar)]
    public void All_pictures_of_a_large_set_decode_and_samples_have_the_pixels_of_libjpeg()
    {
        Dictionary<string, string> hashes = Samples("test/").ToDictionary(sample => (string)sample[0], sample => (string)sample[1], StringComparer.Ordinal);
        int pictures = 0, compared = 0;
        using var tar = new TarReader(new GZipStream(File.OpenRead(Datasets.PathOf(Cifar)), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } stream) continue;
            byte[] file = new byte[entry.Length];
            stream.ReadExactly(file);
            DecodedImage picture = ImageDecoders.Decode(file, ImageLimits.Default);
            Assert.Equal((32, 32), (picture.Width, picture.Height));
            pictures++;
            if (!hashes.TryGetValue(entry.Name, out string? hash)) continue;
            Assert.Equal(hash, Hash(file));
            compared++;
        }
        Assert.Equal((10_000, hashes.Count), (pictures, compared));
    }

    public static IEnumerable<object[]> Samples(string start) =>
        JpegPictures.Beside("samples.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(object[] (line) => line.Split(' '));

    private static string Hash(byte[] file) => JpegPictures.Hash(ImageDecoders.Decode(file, ImageLimits.Default));

    private static (int Red, int Green, int Blue) Color(MLImage picture, int x, int y)
    {
        ReadOnlySpan<byte> pixel = picture.Pixels[((y * picture.Width + x) * 4)..];
        return (pixel[2], pixel[1], pixel[0]);
    }

    private static double MeanDifference(byte[] a, byte[] b) => a.Zip(b, (one, other) => Math.Abs(one - other)).Average();
}
