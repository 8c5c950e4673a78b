using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

/// <summary>What the head of a file says about its picture.</summary>
public class JpegHeadTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_orientation_is_read_in_both_byte_orders(bool little)
    {
        byte[] file = JpegVariantTests.File("sampling 2x2");
        for (byte orientation = 1; orientation <= 8; orientation++)
            Assert.Equal(orientation, ImageDecoders.Decode(WithExif(file, Exif(little, orientation)), ImageLimits.Default).Orientation);
    }

    [Fact]
    public void A_picture_is_turned_unless_it_is_asked_for_as_stored()
    {
        byte[] file = WithExif(JpegVariantTests.File("sampling 2x2"), Exif(true, 6));
        using MLImage upright = MLImage.CreateFromBytes(file), stored = MLImage.CreateFromBytes(file, applyOrientation: false);
        Assert.Equal((23, 37), (upright.Width, upright.Height));
        Assert.Equal((37, 23), (stored.Width, stored.Height));
        // The camera was turned: what is at the lower left as stored is at the upper left.
        Assert.Equal(stored.Pixels.Slice(22 * 37 * 4, 4).ToArray(), upright.Pixels[..4].ToArray());
    }

    [Fact]
    public void Damaged_exif_data_is_passed_over()
    {
        byte[] file = JpegVariantTests.File("sampling 2x2"), exif = Exif(true, 6);
        for (int length = 0; length < exif.Length - 4; length++)
            Assert.Equal(1, ImageDecoders.Decode(WithExif(file, exif[..length]), ImageLimits.Default).Orientation);
        for (int at = 0; at < exif.Length; at++)
        {
            byte[] changed = [.. exif];
            changed[at] = 0xEE;
            Assert.InRange(ImageDecoders.Decode(WithExif(file, changed), ImageLimits.Default).Orientation, 1, 8);
        }
    }

    [Fact]
    public void The_height_may_follow_the_scan()
    {
        byte[] file = JpegVariantTests.File("sampling 2x2");
        byte[] expected = ImageDecoders.Decode(file, ImageLimits.Default).Pixels;
        int frame = JpegPictures.IndexOf(file, JpegMarker.BaselineFrame);
        (file[frame + 5], file[frame + 6]) = (0, 0);
        byte[] late = [.. file.AsSpan(0, file.Length - 2), 0xFF, JpegMarker.NumberOfLines, 0, 4, 0, 23, 0xFF, JpegMarker.EndOfImage];
        DecodedImage picture = ImageDecoders.Decode(late, ImageLimits.Default);
        Assert.Equal(23, picture.Height);
        Assert.Equal(expected, picture.Pixels);
        Assert.Throws<MLPipelinesException>(() => ImageDecoders.Decode(file, ImageLimits.Default));
    }

    [Fact]
    public void Samples_of_12_bits_become_8()
    {
        // The same coefficients as samples of 12 bits are a sixteenth of the contrast around the middle.
        byte[] file = JpegVariantTests.File("grey");
        byte[] plain = ImageDecoders.Decode(file, ImageLimits.Default).Pixels;
        int frame = JpegPictures.IndexOf(file, JpegMarker.BaselineFrame);
        (file[frame + 1], file[frame + 4]) = (JpegMarker.ExtendedFrame, 12);
        byte[] fine = ImageDecoders.Decode(file, ImageLimits.Default).Pixels;
        for (int i = 0; i < fine.Length; i += 4)
            if (plain[i] is > 0 and < 255) Assert.InRange(fine[i] - (128 + (plain[i] - 128) / 16.0), -1, 1);
    }

    /// <summary>A camera's name and an orientation.</summary>
    private static byte[] Exif(bool little, byte orientation)
    {
        byte[] Word(int value) => little ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value];
        byte[] Long(int value) => little ? [.. Word(value), .. Word(value >> 16)] : [.. Word(value >> 16), .. Word(value)];
        return
        [
            .. "Exif\0\0"u8, .. little ? "II"u8 : "MM"u8, .. Word(42), .. Long(10), 0, 0, .. Word(2),
            .. Word(0x010F), .. Word(2), .. Long(4), .. "abc\0"u8, .. Word(0x0112), .. Word(3), .. Long(1), .. Word(orientation), 0, 0, .. Long(0),
        ];
    }

    private static byte[] WithExif(byte[] file, byte[] exif) =>
        [.. file.AsSpan(0, 2), 0xFF, JpegMarker.Exif, 0, (byte)(exif.Length + 2), .. exif, .. file.AsSpan(2)];
}
