using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

// The expected pixels are those of Pillow 9.4, which rounds to bytes between rows and columns: one level of difference is its rounding.
//   im.putdata([tuple((x*7 + y*13 + c*29 + x*y%11*5) % 256 for c in range(3)) for y in range(h) for x in range(w)])
//   [v for p in im.resize((width, height), Image.BILINEAR, box=(left, top, right, bottom)).getdata() for v in p]
public class ImageResamplingTests
{
    [Theory]
    [InlineData(17, 11, 0, 0, 17, 11, 4, 3, new[]
    {
        49, 78, 107, 85, 114, 143, 113, 142, 171, 138, 167, 192, 102, 131, 160, 133, 162, 190, 159, 185, 201, 186, 196, 154,
        149, 178, 207, 177, 206, 166, 189, 191, 135, 171, 97, 67,
    })]
    [InlineData(17, 11, 2.5, 1.25, 12, 9, 4, 3, new[]
    {
        77, 106, 135, 100, 129, 158, 121, 150, 179, 134, 163, 189, 120, 149, 178, 142, 171, 198, 158, 186, 212, 178, 200, 177,
        160, 189, 214, 179, 208, 154, 191, 211, 157, 187, 134, 98,
    })]
    [InlineData(3, 2, 0, 0, 3, 2, 5, 4, new[]
    {
        0, 29, 58, 3, 32, 61, 7, 36, 65, 11, 40, 69, 14, 43, 72, 3, 32, 61, 7, 36, 65, 12, 41, 70, 16, 45, 74, 20, 49, 78,
        10, 39, 68, 14, 43, 72, 21, 50, 79, 27, 56, 85, 31, 60, 89, 13, 42, 71, 18, 47, 76, 25, 54, 83, 32, 61, 90, 37, 66, 95,
    })]
    [InlineData(17, 11, 0, 0, 17, 11, 20, 2, new[]
    {
        36, 65, 94, 52, 81, 110, 67, 96, 125, 76, 105, 134, 82, 111, 140, 88, 117, 146, 99, 128, 157, 98, 127, 156, 108, 137, 166, 115, 144, 173,
        120, 149, 178, 129, 158, 187, 137, 166, 195, 114, 143, 172, 130, 159, 182, 144, 173, 182, 154, 179, 186, 159, 184, 189, 166, 191, 184,
        176, 189, 174, 94, 123, 152, 127, 156, 185, 136, 165, 194, 140, 169, 198, 146, 175, 204, 152, 181, 210, 153, 182, 210, 165, 194, 187,
        168, 197, 162, 173, 202, 129, 180, 209, 136, 183, 212, 180, 181, 210, 208, 171, 200, 198, 181, 134, 120, 182, 153, 115, 185, 149, 96,
        173, 132, 80, 158, 127, 85, 199, 100, 66,
    })]
    public void Pixels_are_those_of_Pillow(int width, int height, double left, double top, double partWidth, double partHeight, int newWidth, int newHeight, int[] expected)
    {
        byte[] pixels = new byte[4 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            int x = i % width, y = i / width;
            for (int c = 0; c < 3; c++) pixels[4 * i + c] = (byte)(x * 7 + y * 13 + c * 29 + x * y % 11 * 5);
            pixels[4 * i + 3] = 255;
        }
        byte[] resized = ImageResampling.Resize(new MLImage(width, height, MLPixelFormat.Rgba32, pixels), new ImagePart(left, top, partWidth, partHeight), newWidth, newHeight);
        Assert.Equal(expected.Length / 3 * 4, resized.Length);
        for (int i = 0; i < resized.Length; i++)
            if (i % 4 == 3) Assert.Equal(255, resized[i]);
            else Assert.InRange(resized[i], expected[i / 4 * 3 + i % 4] - 1, expected[i / 4 * 3 + i % 4] + 1);
    }

    [Fact]
    public void What_is_transparent_does_not_shine_through()
    {
        // The weights are 3/7, 3/7, 1/7 and 0 for the first pixel: alpha is (3 * 255 + 128) / 7 = 127.6 and red (3 * 200 * 255 + 10 * 128) / 7 / 127.6 = 172.8.
        byte[] expected = [173, 122, 47, 128, 63, 143, 70, 164];
        byte[] pixels = [200, 100, 50, 255, 0, 0, 0, 0, 10, 250, 30, 128, 90, 90, 90, 255];
        byte[] resized = ImageResampling.Resize(new MLImage(4, 1, MLPixelFormat.Rgba32, pixels), new ImagePart(0, 0, 4, 1), 2, 1);
        Assert.Equal(expected, resized);
    }

    [Fact]
    public void A_picture_of_one_colour_stays_so()
    {
        byte[] pixels = [.. Enumerable.Repeat<byte[]>([7, 99, 255, 255], 31 * 17).SelectMany(pixel => pixel)];
        byte[] resized = ImageResampling.Resize(new MLImage(31, 17, MLPixelFormat.Bgra32, pixels), new ImagePart(0.3, 0.7, 30.1, 13.9), 9, 40);
        Assert.All(resized.Chunk(4), pixel => Assert.Equal([7, 99, 255, 255], pixel));
    }
}
