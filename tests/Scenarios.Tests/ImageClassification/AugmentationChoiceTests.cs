using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.Tests.ImageClassification;

public sealed class AugmentationChoiceTests
{
    private const int Side = 16;

    [Fact]
    public void Where_brightness_tells_the_class_it_is_left_as_it_is()
    {
        ImageAugmentation chosen = Choose(count: 120);
        Assert.Equal((0.0, 0.0, 0.0), (chosen.Brightness, chosen.Contrast, chosen.Saturation));
    }

    [Fact]
    public void Of_a_handful_of_pictures_the_usual_change_is_taken() => Assert.Equal(Usual, Choose(count: 40));

    [Fact]
    public void What_the_user_says_is_not_overruled()
    {
        List<string> told = [];
        var context = new MLContext(1) { Progress = new Listener(told) };
        var options = TrainedMarks.Quick with { Adjust = options => (options.Epoch, options.NetworkWidth, options.Augmentation) = (1, 4, ImageAugmentation.None) };
        new ImageClassifierTrainer(context, options).Train(Pictures(120));
        Assert.DoesNotContain(told, message => message.Contains("tried pictures", StringComparison.Ordinal));
    }

    private static readonly ImageAugmentation Usual = new() { HorizontalFlip = true, Brightness = 0.4, Contrast = 0.4, Saturation = 0.4 };

    private static ImageAugmentation Choose(int count) => AugmentationChoice.Choose(new MLContext(1), new ImageClassificationTrainer.Options
    {
        FeatureColumnName = ImageRows.ImageColumn,
        LabelColumnName = ImageRows.LabelColumn,
        Arch = ImageClassificationTrainer.Architecture.SmallConvolutional,
        NetworkWidth = 8,
        Epoch = 40,
        Augmentation = Usual,
    }, Pictures(count), until: null);

    /// <summary>Noise, a little brighter in one class than in the other.</summary>
    private static LabelledImages Pictures(int count)
    {
        var random = new Random(5);
        return new LabelledImages("walls", [.. Enumerable.Range(0, count).Select(i =>
        {
            byte[] pixels = new byte[4 * Side * Side];
            for (int k = 0; k < pixels.Length; k++) pixels[k] = k % 4 == 3 ? byte.MaxValue : (byte)(100 + random.Next(60) + (i % 2 == 0 ? 12 : 0));
            return new EncodedImage(new ImageFile($"{i:000}.png", null, Marks.Png(MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels))), i % 2 == 0 ? "bright" : "dark", ImageLimits.Default);
        })]);
    }

    private sealed class Listener(List<string> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value.ToString());
    }
}
