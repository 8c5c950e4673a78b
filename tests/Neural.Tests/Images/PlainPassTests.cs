using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Tests.Images;

public sealed class PlainPassTests
{
    private static readonly ImageAugmentation Changed = new() { HorizontalFlip = true, CropPadding = 2, Brightness = 0.5 };

    [Fact]
    public void In_the_last_passes_pictures_are_mirrored_and_no_more()
    {
        byte[] mirrored = Weights(new ImageAugmentation { HorizontalFlip = true }, 0), changed = Weights(Changed, 0);
        Assert.Equal(mirrored, Weights(Changed, 1));
        byte[] half = Weights(Changed, 0.5f);
        Assert.NotEqual(changed, half);
        Assert.NotEqual(mirrored, half);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    public void A_share_is_a_number_from_0_to_1(float share) =>
        Assert.Contains("PlainPassShare", Assert.ThrowsAny<ArgumentException>(() => Weights(Changed, share)).Message, StringComparison.Ordinal);

    private static byte[] Weights(ImageAugmentation augmentation, float plain)
    {
        var context = new MLContext(3);
        MemoryView data = PatternPictures.Pictures(45, colored: true);
        using var stream = new MemoryStream();
        context.Model.Save(context.MulticlassClassification.Trainers.ImageClassification(new ImageClassificationTrainer.Options
        {
            Arch = ImageClassificationTrainer.Architecture.SmallConvolutional,
            Epoch = 4,
            BatchSize = 8,
            NetworkWidth = 4,
            Augmentation = augmentation,
            PlainPassShare = plain,
        }).Fit(data), data.Schema, stream);
        return stream.ToArray();
    }
}
