using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.Images;

/// <summary>Willem van Schaik's PngSuite, with the pixels that Luna Paint's decoder gives for it (github.com/lunapaint/pngsuite).</summary>
public class PngSuiteTests
{
    private const string Folder = "images/decoder-tests/pngsuite", References = "images/decoder-tests/pngsuite-reference-json.tar.gz";

    public static TheoryData<string> Pictures() => Files(isCorrupt: false);

    public static TheoryData<string> CorruptPictures() => Files(isCorrupt: true);

    [DatasetTheory(References)]
    [MemberData(nameof(Pictures))]
    public void Pictures_have_the_pixels_of_the_reference(string file)
    {
        DecodedImage picture = ImageDecoders.Decode(File.ReadAllBytes(Datasets.PathOf($"{Folder}/{file}")), ImageLimits.Default);
        int[] expected = Reference(Path.GetFileNameWithoutExtension(file));
        // Samples of 16 bits are compared by their upper byte.
        int shift = file.Contains("16.", StringComparison.Ordinal) ? 8 : 0;
        Assert.Equal(expected.Length, picture.Pixels.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // The reference has red first.
            int found = picture.Pixels[i % 4 is 0 or 2 ? i ^ 2 : i];
            Assert.True(expected[i] >> shift == found, $"pixel {i / 4} sample {i % 4} is {found}, expected {expected[i] >> shift}");
        }
    }

    [DatasetTheory(References)]
    [MemberData(nameof(CorruptPictures))]
    public void Corrupt_pictures_are_clear_errors(string file)
    {
        var error = Assert.Throws<MLPipelinesException>(() => MLImage.CreateFromFile(Datasets.PathOf($"{Folder}/{file}")));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Matches("PNG: .{20}|no image of a known format", error.Message);
    }

    private static TheoryData<string> Files(bool isCorrupt)
    {
        // Without the data the test is skipped, but has to have a case.
        if (Datasets.Root is null || !Directory.Exists(Datasets.PathOf(Folder))) return ["absent"];
        return [.. Directory.EnumerateFiles(Datasets.PathOf(Folder), "*.png").Select(path => Path.GetFileName(path)).Where(name => name.StartsWith('x') == isCorrupt).Order(StringComparer.Ordinal)];
    }

    private static readonly Lazy<Dictionary<string, int[]>> All = new(() =>
    {
        var all = new Dictionary<string, int[]>(StringComparer.Ordinal);
        using var tar = new TarReader(new GZipStream(File.OpenRead(Datasets.PathOf(References)), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (!entry.Name.EndsWith(".json", StringComparison.Ordinal) || entry.Name.EndsWith("_to8.json", StringComparison.Ordinal)) continue;
            all[Path.GetFileNameWithoutExtension(entry.Name)] = JsonSerializer.Deserialize<int[]>(entry.DataStream!)!;
        }
        return all;
    });

    private static int[] Reference(string name) => All.Value[name];
}
