using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;

namespace MLPipelines.Scenarios.Tests.ImageClassification;

/// <summary>Dark noisy pictures of 16 by 16 pixels, with a bright square of 6 by 6 somewhere or without.</summary>
internal static class Marks
{
    internal const int Side = 16, Square = 6;

    /// <summary>As many pictures with the square as without.</summary>
    internal static LabelledImages Set(int count, int seed = 1)
    {
        var random = new Random(seed);
        return new LabelledImages("marks", [.. Enumerable.Range(0, count).Select(i => new EncodedImage(
            new ImageFile($"{i:000}.png", null, Png(Picture(random, i % 2 == 0 ? (random.Next(Side - Square), random.Next(Side - Square)) : null))), i % 2 == 0 ? "marked" : "plain", ImageLimits.Default))]);
    }

    /// <param name="random">Draws the noise.</param>
    /// <param name="at">Where the square is; <see langword="null"/> for none.</param>
    internal static MLImage Picture(Random random, (int X, int Y)? at)
    {
        byte[] pixels = new byte[4 * Side * Side];
        for (int i = 0; i < pixels.Length; i += 4)
        {
            int x = i / 4 % Side, y = i / 4 / Side;
            bool isMark = at is var (left, top) && x >= left && x < left + Square && y >= top && y < top + Square;
            for (int c = 0; c < 3; c++) pixels[i + c] = (byte)(random.Next(90) + (isMark ? 150 : 0));
            pixels[i + 3] = byte.MaxValue;
        }
        return MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
    }

    internal static byte[] Png(MLImage image)
    {
        string path = Path.Combine(Path.GetTempPath(), $"mark-{Guid.NewGuid():n}.png");
        image.Save(path);
        byte[] file = File.ReadAllBytes(path);
        File.Delete(path);
        return file;
    }
}

/// <summary>A classifier of them, trained once for all tests.</summary>
public sealed class TrainedMarks
{
    public TrainedMarks() =>
        Result = new ImageClassifierTrainer(new MLContext(1), Quick with { PassEnded = Told.Add }).Train(Marks.Set(120));

    /// <summary>Few passes of the smallest network.</summary>
    public static ImageClassificationOptions Quick { get; } = new()
    {
        Architecture = Vision.ImageClassificationTrainer.Architecture.SmallConvolutional,
        Adjust = options => (options.Epoch, options.NetworkWidth, options.Dropout, options.LabelSmoothing) = (12, 8, 0, 0.1f),
    };

    public ImageClassificationResult Result { get; }

    public ImageClassifier Classifier => Result.Classifier;

    public List<TrainingPass> Told { get; } = [];
}
