using System.Text;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.Images;

/// <summary>Whatever the bytes are, decoding gives a picture or one kind of error, soon and with little memory.</summary>
public class DamagedImageTests
{
    private static readonly ImageLimits Small = new() { MaximumPixels = 1 << 16, MaximumBytes = 1 << 20 };

    public static TheoryData<string> Kinds => [.. Pictures().Select(picture => picture.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_cut_off_anywhere_is_a_picture_or_an_error(string kind)
    {
        byte[] file = Pictures().First(picture => picture.Kind == kind).File;
        int errors = Decode(file);
        Assert.Equal(0, errors);
        for (int length = 0; length < file.Length; length++) errors += Decode(file.AsSpan(0, length));
        Assert.True(errors > file.Length / 2, $"only {errors} of {file.Length} beginnings were refused.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_with_changed_bytes_is_a_picture_or_an_error(string kind)
    {
        byte[] file = Pictures().First(picture => picture.Kind == kind).File;
        var random = new Random(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        const int times = 3000;
        for (int time = 0; time < times; time++)
        {
            byte[] changed = [.. file];
            for (int i = random.Next(1, 5); i > 0; i--) changed[random.Next(random.Next(2) == 0 ? Math.Min(64, file.Length) : file.Length)] = (byte)random.Next(256);
            if (kind.StartsWith("png", StringComparison.Ordinal)) SetCheckSums(changed);
            Decode(changed);
        }
        // 2^16 pixels of 4 bytes, twice for those that are unpacked first, and what unpacking needs.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, times * 1_000_000L);
    }

    [Theory]
    [InlineData("P5 30000 30000 255\n")]
    [InlineData("BM")]
    [InlineData("\u0089PNG\r\n\u001a\n")]
    [InlineData("")]
    [InlineData("GIF89a")]
    public void What_is_hardly_a_picture_is_refused(string start) =>
        Assert.Throws<MLPipelinesException>(() => MLImage.CreateFromBytes(Encoding.Latin1.GetBytes(start)));

    [Fact]
    public void A_size_that_few_bytes_claim_is_not_believed()
    {
        byte[] png = Pictures().First(picture => picture.Kind == "png8").File;
        (png[16], png[17], png[18], png[19], png[20], png[21], png[22], png[23]) = (0, 0, 0x27, 0, 0, 0, 0x27, 0);
        SetCheckSums(png);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<MLPipelinesException>(() => MLImage.CreateFromBytes(png));
        Assert.Contains("cannot hold 9984 by 9984 pixels", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_stream_that_is_longer_than_allowed_is_not_read_to_its_end()
    {
        using var endless = new EndlessStream();
        var error = Assert.Throws<MLPipelinesException>(() => ImageBytes.ReadToEnd(endless, Small));
        Assert.Contains("MaximumBytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Given, 0, 4 * Small.MaximumBytes);
    }

    private static int Decode(ReadOnlySpan<byte> file)
    {
        try
        {
            ImageDecoders.Decode(file, Small);
            return 0;
        }
        catch (MLPipelinesException)
        {
            return 1;
        }
    }

    private static List<(string Kind, byte[] File)> Pictures()
    {
        byte[] pixels = new byte[4 * 13 * 11];
        new Random(2).NextBytes(pixels);
        for (int i = 0; i < pixels.Length; i += 8) pixels.AsSpan(i, 4).Fill(9);
        byte[] bmp = [.. "BM"u8, .. Little(0, 0, 70, 40, 8, 2, 1 | (8 << 16), 1, 0, 0, 0, 4, 0), .. Little(1, 2, 3, 4), 3, 2, 0, 5, 1, 2, 3, 1, 2, 0, 0, 0, 8, 1, 0, 1];
        List<(string, byte[])> pictures =
        [
            ("png8", Png(MLImage.CreateFromPixels(13, 11, MLPixelFormat.Bgra32, pixels))),
            ("bmp-rle", bmp),
            ("pgm", [.. "P5 5 3 255\n"u8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
            ("ppm-text", "P3 2 2 255 1 2 3 4 5 6 7 8 9 10 11 12"u8.ToArray()),
            ("pbm-text", "P1 4 3 0101 1010 1111"u8.ToArray()),
        ];
        if (Datasets.Root is not null)
        {
            foreach (string name in new[] { "basi3p04", "basn6a16", "tbbn2c16", "basi0g01" })
                pictures.Add(("png-" + name, File.ReadAllBytes(Datasets.PathOf($"images/decoder-tests/pngsuite/{name}.png"))));
        }
        return pictures;
    }

    private static byte[] Little(params int[] numbers) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();

    private static byte[] Png(MLImage image)
    {
        using var stream = new MemoryStream();
        PngEncoder.Write(stream, image);
        return stream.ToArray();
    }

    /// <summary>Gives every chunk the check sum of what it holds, so that a change gets past it.</summary>
    private static void SetCheckSums(byte[] png)
    {
        for (int at = 8; at + 12 <= png.Length;)
        {
            uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12) return;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + (int)length), System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(at + 4, (int)length + 4)));
            at += 12 + (int)length;
        }
    }

    private sealed class EndlessStream : Stream
    {
        internal long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
