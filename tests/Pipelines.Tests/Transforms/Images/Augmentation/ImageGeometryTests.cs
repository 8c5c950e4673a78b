using MLPipelines.Vision;

namespace MLPipelines.Tests.Transforms.Images;

public class ImageGeometryTests
{
    private static readonly ImageShape Shape = new(5, 6, 1);
    private static readonly byte[] Picture = [.. Enumerable.Range(0, 30).Select(i => (byte)(i % 6 * 37 + i / 6 * 59 + i % 6 * (i / 6) * 11))];

    [Fact]
    public void A_picture_is_mirrored_and_moved_pixel_by_pixel()
    {
        ImageShape shape = new(2, 3, 2);
        byte[] source = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Bytes(source, shape, ImageChange.None));
        Assert.Equal([5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8], Bytes(source, shape, ImageChange.None with { FlipX = true }));
        Assert.Equal([7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6], Bytes(source, shape, ImageChange.None with { FlipY = true }));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], Bytes(source, shape, ImageChange.None with { ShiftX = 1, ShiftY = 1 }));
        Assert.Equal([3, 4, 5, 6, 3, 4, 9, 10, 11, 12, 9, 10], Bytes(source, shape, ImageChange.None with { ShiftX = -1 }, mirrors: true));
        Assert.Equal([0, 0, 5, 6, 3, 4, 0, 0, 11, 12, 9, 10], Bytes(source, shape, ImageChange.None with { FlipX = true, ShiftX = 1 }));
    }

    // scipy.ndimage.map_coordinates(im, [fromY, fromX], order=1) at 20 degrees around the middle; zeros outside (im padded), or mode='mirror'.
    [Theory]
    [InlineData(false, new[]
    {
        8.203, 39.892, 95.364, 164.121, 143.079, 21.682, 31.456, 93.915, 163.444, 180.827, 149.464, 119.17, 75.029, 145.915, 217.471, 59.296, 144.994, 58.272,
        99.471, 190.844, 141.813, 114.679, 149.429, 92.691, 83.281, 190.585, 116.328, 156.827, 111.515, 16.3,
    })]
    [InlineData(true, new[]
    {
        80.964, 96.469, 104.903, 164.121, 143.079, 154.197, 31.456, 93.915, 163.444, 180.827, 149.464, 140.389, 75.029, 145.915, 217.471, 59.296, 144.994, 58.272,
        134.456, 190.844, 141.813, 114.679, 149.429, 92.691, 212.585, 190.585, 116.328, 160.91, 169.115, 141.356,
    })]
    public void A_picture_is_turned_as_by_scipy(bool mirrors, double[] expected)
    {
        float[] result = new float[30];
        ImageGeometry.Apply(Picture, Shape, ImageChange.None with { Angle = MathF.PI / 9 }, mirrors, result);
        for (int i = 0; i < result.Length; i++) Assert.Equal(expected[i], result[i] * 255, 0.001);
    }

    [Fact]
    public void A_turn_and_a_move_are_the_move_of_the_turn()
    {
        float[] turned = new float[30], both = new float[30];
        ImageChange turn = ImageChange.None with { Angle = 0.3f, FlipX = true };
        ImageGeometry.Apply(Picture, Shape, turn, mirrorsBorder: false, turned);
        ImageGeometry.Apply(Picture, Shape, turn with { ShiftX = 2, ShiftY = 1 }, mirrorsBorder: false, both);
        for (int y = 1; y < 5; y++)
            for (int x = 2; x < 6; x++) Assert.Equal(turned[(y - 1) * 6 + x - 2], both[y * 6 + x], 1e-5f);
    }

    private static int[] Bytes(byte[] source, ImageShape shape, ImageChange change, bool mirrors = false)
    {
        float[] result = new float[shape.Size];
        ImageGeometry.Apply(source, shape, change, mirrors, result);
        return [.. result.Select(sample => (int)MathF.Round(sample * 255))];
    }
}
