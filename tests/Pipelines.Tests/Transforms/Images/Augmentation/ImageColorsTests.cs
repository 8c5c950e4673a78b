using MLPipelines.Data;
using MLPipelines.Vision;

namespace MLPipelines.Tests.Transforms.Images;

public class ImageColorsTests
{
    [Fact]
    public void Brightness_contrast_and_saturation_change_in_turn()
    {
        // b = clip(1.3 p); m = gray(b).mean(); c = clip(m + 0.5 (b - m)); g = gray(c); clip(g + 1.8 (c - g)), with NumPy
        float[] expected = [0.23888f, 0.28476f, 0.33064f, 0.87908f, 0.43791f, 0.20849f, 0.0f, 0.86545f, 0.55275f, 0.45942f, 0.45942f, 0.45942f];
        float[] pixels = [.. new[] { 10, 20, 30, 200, 100, 50, 0, 255, 128, 90, 90, 90 }.Select(sample => sample / 255f)];
        ImageColors.Apply(pixels, new ImageShape(2, 2, 3), ImageChange.None with { Brightness = 1.3f, Contrast = 0.5f, Saturation = 1.8f });
        for (int i = 0; i < pixels.Length; i++) Assert.Equal(expected[i], pixels[i], 1e-5f);
    }

    [Fact]
    public void A_gray_picture_has_no_saturation()
    {
        float[] pixels = [0, 0.25f, 0.5f, 1];
        ImageColors.Apply(pixels, new ImageShape(2, 2, 1), ImageChange.None with { Saturation = 1.5f });
        Assert.Equal([0, 0.25f, 0.5f, 1], pixels);
    }

    [Theory]
    [InlineData(1, 1, 2, "..x\n..x\nxxx")]
    [InlineData(0, 0, 3, "..x\n..x\nxxx")]
    [InlineData(2, 1, 1, "xxx\nxx.\nxxx")]
    [InlineData(2, 2, 9, "...\n...\n...")]
    public void A_hole_is_cut_at_the_border(int x, int y, int size, string expected)
    {
        float[] pixels = [.. Enumerable.Repeat(1f, 18)];
        ImageColors.CutOut(pixels, new ImageShape(3, 3, 2), size, ImageChange.None with { HoleX = x, HoleY = y });
        Assert.Equal(expected, string.Join('\n', pixels.Chunk(6).Select(row => new string([.. row.Chunk(2).Select(pixel => pixel[0] == pixel[1] && pixel[0] == 1 ? 'x' : '.')]))));
    }

    [Fact]
    public void Pictures_are_blended_with_the_one_before()
    {
        float[] rows = [1, 2, 10, 20, 100, 200];
        BatchMixing.Blend(rows, 3, 0.75f);
        Assert.Equal([0.75f + 25, 1.5f + 50, 7.5f + 0.25f, 15 + 0.5f, 75 + 2.5f, 150 + 5], rows);
    }

    [Fact]
    public void A_rectangle_comes_from_the_picture_before()
    {
        // The share of 3/4 leaves half of each side: 2 by 2 of 4 by 4 pixels, at the border 1 by 2 of them.
        float[] pixels = [.. Enumerable.Range(0, 48).Select(i => (float)(i / 16 + 1))];
        ImageShape shape = new(4, 4, 1);
        Assert.Equal(14 / 16f, BatchMixing.Cutmix(pixels, 3, shape, 0.75f, middleX: 0, middleY: 2));
        Assert.Equal("1111311131111111 2222122212222222 3333233323333333", string.Join(' ', pixels.Chunk(16).Select(picture => string.Concat(picture))));
        Assert.Equal(1, BatchMixing.Cutmix(pixels, 3, shape, 0.99f, 2, 2));
    }

    [Theory]
    // The variance of the symmetric beta distribution is 1 / (4 (2 alpha + 1)).
    [InlineData(0.2)]
    [InlineData(1.0)]
    [InlineData(4.0)]
    public void Shares_are_beta_distributed(double alpha)
    {
        const int count = 20_000;
        var random = new SplitMixRandom(1, 2, 3);
        double sum = 0, squares = 0;
        for (int i = 0; i < count; i++)
        {
            double share = BetaShare.Draw(alpha, ref random);
            Assert.InRange(share, 0, 1);
            sum += share;
            squares += (share - 0.5) * (share - 0.5);
        }
        double variance = 1 / (4 * (2 * alpha + 1));
        Assert.Equal(0.5, sum / count, 4 * Math.Sqrt(variance / count));
        Assert.Equal(variance, squares / count, 0.03 * variance);
    }

    [Fact]
    public void What_is_drawn_depends_on_seed_pass_and_row()
    {
        var augmentation = new ImageAugmentation { HorizontalFlip = true, CropPadding = 4, Rotation = 15, Brightness = 0.4, CutoutSize = 8 };
        ImageShape shape = new(32, 32, 3);
        ImageChange change = ImageChange.Draw(augmentation, shape, 1, 2, 3);
        Assert.Equal(change, ImageChange.Draw(augmentation, shape, 1, 2, 3));
        Assert.Equal(4, new[] { change, ImageChange.Draw(augmentation, shape, 2, 2, 3), ImageChange.Draw(augmentation, shape, 1, 3, 3), ImageChange.Draw(augmentation, shape, 1, 2, 4) }.Distinct().Count());
        // Another setting does not change what the others draw.
        Assert.Equal(change, ImageChange.Draw(augmentation with { CutoutSize = 0 }, shape, 1, 2, 3));
        ImageChange[] many = [.. Enumerable.Range(0, 2000).Select(row => ImageChange.Draw(augmentation, shape, 1, 0, row))];
        Assert.InRange(many.Count(c => c.FlipX), 900, 1100);
        Assert.Equal(Enumerable.Range(-4, 9), many.Select(c => c.ShiftX).Distinct().Order());
        Assert.InRange(many.Max(c => c.Angle), 0.9 * Math.PI / 12, Math.PI / 12);
        Assert.InRange(many.Min(c => c.Brightness), 0.6, 0.61);
        Assert.All(many, c => Assert.Equal((false, 1f, 1f), (c.FlipY, c.Contrast, c.Saturation)));
    }
}
