using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.Images;

public class BmpTests
{
    private const string Folder = "images/decoder-tests/golang-image";

    [DatasetTheory(Folder)]
    [InlineData("bmp_1bpp", "bmp_1bpp")]
    [InlineData("bmp_4bpp", "bmp_4bpp")]
    [InlineData("bmp_8bpp", "bmp_8bpp")]
    [InlineData("colormap", "colormap")]
    [InlineData("colormap-0", "colormap-0")]
    [InlineData("colormap-251", "colormap-251")]
    [InlineData("video-001", "video-001")]
    [InlineData("yellow_rose-small", "yellow_rose-small")]
    [InlineData("yellow_rose-small-v5", "yellow_rose-small-v5")]
    public void Pictures_have_the_pixels_of_the_reference(string file, string reference)
    {
        DecodedImage picture = Read(file + ".bmp"), expected = Read(reference + ".png");
        Assert.Equal((expected.Width, expected.Height), (picture.Width, picture.Height));
        Assert.True(expected.Pixels.AsSpan().SequenceEqual(picture.Pixels));
    }

    [DatasetFact("images/decoder-tests/pngsuite-reference-bmp.tar.gz")]
    public void The_references_of_PngSuite_are_the_pictures_of_PngSuite()
    {
        int count = 0;
        using var tar = new TarReader(new GZipStream(System.IO.File.OpenRead(Datasets.PathOf("images/decoder-tests/pngsuite-reference-bmp.tar.gz")), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            string name = Path.GetFileNameWithoutExtension(entry.Name);
            // Here the reference makes transparent pixels black, or rounds gray samples of 16 bits; of others it keeps the upper byte.
            string[] others = ["tbbn0g04", "basi0g16", "basn0g16", "oi1n0g16", "oi2n0g16", "oi4n0g16", "oi9n0g16"];
            if (!entry.Name.EndsWith(".bmp", StringComparison.Ordinal) || others.Contains(name, StringComparer.Ordinal)) continue;
            using var bmp = new MemoryStream();
            entry.DataStream!.CopyTo(bmp);
            DecodedImage picture = ImageDecoders.Decode(bmp.ToArray(), ImageLimits.Default);
            DecodedImage png = ImageDecoders.Decode(System.IO.File.ReadAllBytes(Datasets.PathOf($"images/decoder-tests/pngsuite/{name}.png")), ImageLimits.Default);
            Assert.Equal((png.Width, png.Height), (picture.Width, picture.Height));
            Assert.True(png.Pixels.AsSpan().SequenceEqual(picture.Pixels), name);
            count++;
        }
        Assert.Equal(154, count);
    }

    [Fact]
    public void Rows_may_come_from_the_top()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12];
        Assert.Equal([0xFF030201, 0xFF060504, 0xFF090807, 0xFF0C0B0A], Decode(File(2, -2, 24, 0, [], pixels)));
        Assert.Equal([0xFF090807, 0xFF0C0B0A, 0xFF030201, 0xFF060504], Decode(File(2, 2, 24, 0, [], pixels)));
    }

    [Fact]
    public void Sixteen_bits_are_five_for_each_colour_unless_masks_say_otherwise()
    {
        // 31 of 31 is 255; 16 of 31 is 132 (rounded), 33 of 63 is 134.
        Assert.Equal([0xFFFF0000, 0xFF008400, 0xFF000084], Decode(File(3, 1, 16, 0, [], [0x00, 0x7C, 0x00, 0x02, 0x10, 0x00, 0, 0])));
        byte[] masks = Bytes(0xF800, 0x07E0, 0x001F);
        Assert.Equal([0xFFFF0000, 0xFF008600, 0xFF000084], Decode(File(3, 1, 16, 3, masks, [0x00, 0xF8, 0x20, 0x04, 0x10, 0x00, 0, 0])));
    }

    [Fact]
    public void Masks_of_32_bits_may_have_any_order_and_alpha()
    {
        Assert.Equal([0x78563412u], Decode(File(1, 1, 32, 6, Bytes(0xFF00, 0xFF0000, 0xFF000000, 0xFF), [0x78, 0x56, 0x34, 0x12])));
        Assert.Equal([0xFF563412u], Decode(File(1, 1, 32, 0, [], [0x12, 0x34, 0x56, 0x78])));
    }

    [Fact]
    public void Run_lengths_unpack()
    {
        // Bottom row: 3 of colour 2, then 5 as they are (1 2 3 1 2 and a byte to fill up); middle row: 2 to the right, then 1; top: none.
        byte[] data = [3, 2, 0, 5, 1, 2, 3, 1, 2, 0, 0, 0, 0, 2, 2, 0, 1, 3, 0, 1];
        Assert.Equal(
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 2, 2, 2, 1, 2, 3, 1, 2],
            Decode(File(8, 3, 8, 1, Bytes(0, 1, 2, 3), data, colors: 4)).Select(pixel => (int)(pixel & 0xFF)));
    }

    [Fact]
    public void Run_lengths_of_half_bytes_unpack()
    {
        // 5 of 1 2 1 2 1, then 3 as they are: 3, 0, 3 in two bytes.
        byte[] data = [5, 0x12, 0, 3, 0x30, 0x30, 0, 1];
        Assert.Equal([1, 2, 1, 2, 1, 3, 0, 3], Decode(File(8, 1, 4, 2, Bytes(0, 1, 2, 3), data, colors: 4)).Select(pixel => (int)(pixel & 0xFF)));
    }

    [Theory]
    [InlineData(new byte[] { 9, 1, 0, 1 }, "a run of 9 pixels from column 0 of row 0 leaves the picture")]
    [InlineData(new byte[] { 0, 0, 1, 1, 0, 1 }, "a run of 1 pixels from column 0 of row -1 leaves the picture")]
    [InlineData(new byte[] { 8, 1 }, "the file ends in row 0")]
    [InlineData(new byte[] { 8, 7, 0, 1 }, "colour 7 of a palette of 4")]
    public void Wrong_run_lengths_are_errors(byte[] data, string expected)
    {
        var error = Assert.Throws<MLPipelinesException>(() => Decode(File(8, 1, 8, 1, Bytes(0, 1, 2, 3), data, colors: 4)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_header_is_read()
    {
        byte[] file = new byte[14 + 12 + 6 + 4];
        (file[0], file[1], file[10], file[14], file[18], file[20], file[24]) = ((byte)'B', (byte)'M', 32, 12, 2, 1, 1);
        (file[26], file[27], file[28], file[29], file[30], file[31], file[32]) = (1, 2, 3, 4, 5, 6, 0x40);
        Assert.Equal([0xFF030201, 0xFF060504], Decode(file));
    }

    private static DecodedImage Read(string file) => ImageDecoders.Decode(System.IO.File.ReadAllBytes(Datasets.PathOf($"{Folder}/{file}")), ImageLimits.Default);

    private static uint[] Decode(byte[] file) => MemoryMarshal.Cast<byte, uint>(ImageDecoders.Decode(file, ImageLimits.Default).Pixels).ToArray();

    private static byte[] Bytes(params uint[] numbers) => MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();

    private static byte[] File(int width, int height, short bits, int compression, byte[] tables, byte[] pixels, int colors = 0)
    {
        byte[] file = new byte[54 + tables.Length + pixels.Length];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54 + tables.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), bits);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(30), compression);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(46), colors);
        tables.CopyTo(file, 54);
        pixels.CopyTo(file, 54 + tables.Length);
        return file;
    }
}
