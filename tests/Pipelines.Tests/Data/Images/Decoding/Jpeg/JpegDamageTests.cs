using System.Diagnostics;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

/// <summary>Whatever the bytes are, decoding gives a picture or one kind of error that says where, soon and with little memory.</summary>
public class JpegDamageTests
{
    private static readonly ImageLimits Small = new() { MaximumPixels = 1 << 16, MaximumBytes = 1 << 20 };

    public static TheoryData<string> Kinds =>
    [
        "sampling 2x2", "progressive, sampling 2x1", "restart after each unit", "progressive with restarts", "grey, progressive", "optimized tables",
        "inks as luminance and colours", "quantizers of 16 bits", "sampling 2x2,1x1,2x1", "standard tables left out",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_ends_early_is_refused(string kind)
    {
        byte[] file = JpegVariantTests.File(kind);
        // Of a sequential picture only the end marker may be missing, and of its last byte the bits that fill it up.
        int whole = file.Length - (kind.Contains("progressive", StringComparison.Ordinal) ? 1 : 3);
        for (int length = 0; length < whole; length++)
        {
            string? problem = Problem(file.AsSpan(0, length));
            Assert.True(problem is not null, $"the first {length} of {file.Length} bytes gave a picture");
            if (length > 2) Assert.Matches("^JPEG: byte [0-9]+: .*found .*expected ", problem);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Changed_bytes_give_a_picture_or_an_error(string kind)
    {
        byte[] file = JpegVariantTests.File(kind);
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        const int times = 3000;
        int refused = 0;
        for (int time = 0; time < times; time++)
        {
            byte[] changed = [.. file];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                int at = random.Next(2, changed.Length);
                if (random.Next(2) == 0) changed[at] = (byte)random.Next(256);
                else changed[at] ^= (byte)(1 << random.Next(8));
            }
            if (Problem(changed) is not null) refused++;
        }
        Assert.InRange(refused, 1, times);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, times * 1_000_000L);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{times} files took {clock.Elapsed}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Moved_and_repeated_parts_give_a_picture_or_an_error(string kind)
    {
        byte[] file = JpegVariantTests.File(kind);
        var random = new Random(2);
        for (int time = 0; time < 1000; time++)
        {
            int from = random.Next(file.Length), to = random.Next(file.Length), length = random.Next(Math.Min(200, file.Length - from));
            byte[] mixed = [.. file.AsSpan(0, to), .. file.AsSpan(from, length), .. file.AsSpan(random.Next(2) == 0 ? to : Math.Min(file.Length, to + length))];
            Problem(mixed);
        }
    }

    [Theory]
    [InlineData("sampling 1x1")]
    [InlineData("progressive, sampling 1x1")]
    public void A_size_that_few_bytes_claim_is_not_believed(string kind)
    {
        byte[] file = JpegVariantTests.File(kind);
        int frame = Frame(file);
        (file[frame + 5], file[frame + 6], file[frame + 7], file[frame + 8]) = (0x27, 0, 0x27, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<MLPipelinesException>(() => MLImage.CreateFromBytes(file));
        Assert.Contains("for 9984 by 9984 pixels", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_size_above_the_limit_is_refused()
    {
        byte[] file = JpegVariantTests.File("sampling 1x1");
        int frame = Frame(file);
        (file[frame + 5], file[frame + 7]) = (255, 255);
        var error = Assert.Throws<MLPipelinesException>(() => MLImage.CreateFromBytes(file));
        Assert.Contains("MaximumPixels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_scans_are_refused()
    {
        byte[] file = JpegVariantTests.File("grey, progressive");
        // A refinement of nothing: one block without coefficients after another, all over the picture.
        byte[] scan = [0xFF, JpegMarker.StartOfScan, 0, 8, 1, 1, 0, 1, 63, 0x10, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] many = [.. file.AsSpan(0, file.Length - 2), .. Enumerable.Repeat(scan, 5000).SelectMany(bytes => bytes)];
        var clock = Stopwatch.StartNew();
        Assert.NotNull(Problem(many));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    [Fact]
    public void Endless_markers_are_passed_in_one_go()
    {
        byte[] markers = [0xFF, JpegMarker.StartOfImage, .. Enumerable.Repeat<byte[]>([0xFF, JpegMarker.FirstRestart, 0xFF, JpegMarker.Comment, 0, 2, 0xFF, 0xFF], 100_000).SelectMany(bytes => bytes)];
        var clock = Stopwatch.StartNew();
        Assert.Contains("expected a picture", Problem(markers), StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData(JpegMarker.Quantizers, 4, 0x04, "number 4 of a table of quantizers, expected")]
    [InlineData(JpegMarker.Quantizers, 4, 0x20, "precision 2")]
    [InlineData(JpegMarker.Quantizers, 9, 0, "quantizer of 0")]
    [InlineData(JpegMarker.HuffmanTables, 4, 0x07, "number 7 of a Huffman table")]
    [InlineData(JpegMarker.HuffmanTables, 5, 12, "found 12 bytes before the end of the segment, expected 24 for the symbols")]
    [InlineData(JpegMarker.HuffmanTables, 21, 16, "prefix code")]
    [InlineData(JpegMarker.HuffmanTables, 6, 255, "expected at most 256")]
    [InlineData(JpegMarker.BaselineFrame, 4, 12, "samples of 12 bits, expected 8")]
    [InlineData(JpegMarker.BaselineFrame, 9, 2, "2 components")]
    [InlineData(JpegMarker.BaselineFrame, 11, 0x50, "sampling factors 5 and 0")]
    [InlineData(JpegMarker.BaselineFrame, 12, 9, "table of quantizers 9")]
    [InlineData(JpegMarker.BaselineFrame, 13, 1, "two components with the number 1")]
    [InlineData(JpegMarker.StartOfScan, 4, 4, "4 components in a scan")]
    [InlineData(JpegMarker.StartOfScan, 5, 9, "component 9 in a scan, expected one of 1, 2, 3")]
    [InlineData(JpegMarker.StartOfScan, 6, 0x30, "direct Huffman table 3, which is not defined")]
    [InlineData(JpegMarker.StartOfScan, 6, 0x0F, "alternating Huffman table 15, which is not defined")]
    [InlineData(JpegMarker.StartOfScan, 3, 1, "found a length of 1")]
    public void A_wrong_head_says_what_is_wrong(byte marker, int at, byte value, string problem)
    {
        byte[] file = JpegVariantTests.File("sampling 2x2");
        file[JpegPictures.IndexOf(file, marker) + at] = value;
        Assert.Contains(problem, Problem(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "lossless")]
    [InlineData(5, "hierarchical")]
    [InlineData(9, "arithmetic")]
    [InlineData(11, "arithmetic")]
    public void Other_codings_are_refused_by_name(int frame, string coding)
    {
        byte[] file = JpegVariantTests.File("sampling 2x2");
        file[Frame(file) + 1] = (byte)(JpegMarker.BaselineFrame + frame);
        Assert.Matches($"SOF{frame}: found {coding} coding, which is not supported", Problem(file));
    }

    [Fact]
    public void A_missing_restart_marker_is_found()
    {
        byte[] file = JpegVariantTests.File("restart after each unit");
        int marker = JpegPictures.IndexOf(file, JpegMarker.FirstRestart + 2);
        file[marker + 1]++;
        Assert.Equal($"JPEG: byte {marker}: found RST3, expected the restart marker RST2.", Problem(file));
    }

    private static int Frame(byte[] file) =>
        Math.Max(JpegPictures.IndexOf(file, JpegMarker.BaselineFrame), JpegPictures.IndexOf(file, JpegMarker.ProgressiveFrame));

    private static string? Problem(ReadOnlySpan<byte> file)
    {
        try
        {
            ImageDecoders.Decode(file, Small);
            return null;
        }
        catch (MLPipelinesException e)
        {
            return e.Message;
        }
    }
}
