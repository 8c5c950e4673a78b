using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

public class PnmTests
{
    [Fact]
    public void Text_pictures_are_read()
    {
        Assert.Equal([255, 0, 0, 255], Gray("P1\n# a comment\n2 2\n0 1\n10"u8));
        Assert.Equal([0, 128, 255], Gray("P2 3 1 255\n0 # dark\n128 255\n"u8));
        Assert.Equal([(1, 2, 3), (255, 0, 128)], Colors("P3 1 2 255 1 2 3 255 0 128"u8));
    }

    [Fact]
    public void Samples_are_spread_and_rounded()
    {
        // round(255 v / 15) = 17 v; round(255 v / 1000) for 1, 2, 3, 500, 1000.
        Assert.Equal([0, 17, 136, 255], Gray("P2 4 1 15 0 1 8 15"u8));
        Assert.Equal([0, 1, 1, 128, 255], Gray("P2 5 1 1000 1 2 3 500 1000"u8));
    }

    [Fact]
    public void Byte_pictures_are_read()
    {
        Assert.Equal([0, 255, 0, 0, 255, 255, 255, 255, 0, 255, 0, 255, 255, 255, 255, 255, 255, 0], Gray([.. "P4 9 2\n"u8, 0b10110000, 0b10000000, 0b01000000, 0b10000000]));
        Assert.Equal([7, 200], Gray([.. "P5 2 1 255\n"u8, 7, 200]));
        Assert.Equal([(10, 20, 30)], Colors([.. "P6\n1 1\n255\n"u8, 10, 20, 30]));
    }

    [Fact]
    public void Samples_of_two_bytes_have_the_upper_one_first() =>
        // 0x8000 of 65535 is 127.5, rounded up.
        Assert.Equal([128, 255, 1], Gray([.. "P5 3 1 65535\n"u8, 0x80, 0, 255, 255, 1, 0]));

    [Theory]
    [InlineData("P2 2 1 255 1", "expected at least 3")]
    [InlineData("P2 2 1 255 1 x", "found byte 120 at 13, expected a sample")]
    [InlineData("P2 2 1 15 1 16", "a sample of 16, more than the largest, 15")]
    [InlineData("P2 2 1 70000 1 16", "the largest sample is 70000")]
    [InlineData("P5 99999 99999 255 ", "more than the 100000000 that are allowed")]
    [InlineData("P5 0 7 255 ", "0 by 7 pixels, expected at least 1 by 1")]
    [InlineData("P5 99999999999 7 255 ", "the width at byte 3 is too large")]
    [InlineData("P6 2", "the file ends at byte 4, before the height")]
    [InlineData("P1 2 1 0 7", "found byte 55 at 9, expected a pixel, 0 or 1")]
    public void Damaged_pictures_are_clear_errors(string file, string expected)
    {
        var error = Assert.Throws<MLPipelinesException>(() => ImageDecoders.Decode(Encoding.ASCII.GetBytes(file), ImageLimits.Default));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("PNM: ", error.Message, StringComparison.Ordinal);
    }

    private static int[] Gray(ReadOnlySpan<byte> file) => [.. Colors(file).Select(color => color.Red)];

    private static (int Red, int Green, int Blue)[] Colors(ReadOnlySpan<byte> file) =>
        [.. ImageDecoders.Decode(file, ImageLimits.Default).Pixels.Chunk(4).Select(pixel => ((int)pixel[2], (int)pixel[1], (int)pixel[0]))];
}
