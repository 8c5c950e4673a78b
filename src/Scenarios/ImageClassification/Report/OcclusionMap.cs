using MLPipelines.Data;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>
/// Where a model looks (Zeiler and Fergus, 2014): a patch of the picture's mean colour slides over it, and each place shows how much less probable that
/// makes the label. It asks the model only for predictions, so that it works for every network.
/// </summary>
public sealed class OcclusionMap
{
    // Finer steps show little more and take the square of it.
    private const int Steps = 9;
    private const double PatchShare = 0.25;

    private OcclusionMap(MLImage image, string label, float[] weights, float probability) =>
        (Image, Label, Weights, Probability) = (image, label, weights, probability);

    /// <summary>The picture as the network sees it: the one given where that has its size already.</summary>
    public MLImage Image { get; }

    /// <summary>The label that it is about.</summary>
    public string Label { get; }

    /// <summary>
    /// For each pixel, row by row, how much what is there spoke for the label: above 0 where covering it made the label less probable, below 0 where more;
    /// 1 or −1 where it mattered most.
    /// </summary>
    public IReadOnlyList<float> Weights { get; }

    /// <summary>How probable the label is.</summary>
    public float Probability { get; }

    /// <summary>How probable it is with the patch where that matters most.</summary>
    public float LeastProbability { get; private init; }

    /// <summary>Where that is, in words.</summary>
    public string Place { get; private init; } = "";

    /// <summary>Looks where a model looks.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="label">The label to explain; <see langword="null"/> for the one that is predicted.</param>
    /// <exception cref="ArgumentException">The model does not know the label.</exception>
    public static OcclusionMap Of(ImageClassifier classifier, MLImage picture, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(picture);
        var (height, width) = classifier.InputSize;
        MLImage image = new ImageSizing(width, height, ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Center).Apply(picture);
        int side = Math.Max(2, (int)Math.Round(PatchShare * Math.Min(width, height)));
        (int X, int Y)[] places = [.. from top in Places(height, side) from left in Places(width, side) select (left, top)];
        byte[] mean = MeanOf(image);
        float[][] scores = classifier.Score([image, .. places.Select(place => Covered(image, place.X, place.Y, side, mean))]);
        int of = label is null ? Array.IndexOf(scores[0], scores[0].Max()) : classifier.Labels.ToList().IndexOf(label);
        if (of < 0) throw new ArgumentException($"The model does not know the label '{label}'. It tells apart: {string.Join(", ", classifier.Labels)}.", nameof(label));

        // Near certainty probabilities hardly move; their log-odds do.
        double before = LogOdds(scores[0], of);
        double[] falls = [.. scores.Skip(1).Select(score => before - LogOdds(score, of))];
        var (sums, counts) = (new double[width * height], new int[width * height]);
        for (int i = 0; i < places.Length; i++)
        {
            for (int row = places[i].Y; row < places[i].Y + side; row++)
            {
                for (int column = places[i].X; column < places[i].X + side; column++)
                {
                    sums[row * width + column] += falls[i];
                    counts[row * width + column]++;
                }
            }
        }
        double[] weights = [.. sums.Select((sum, i) => sum / counts[i])];
        double most = Math.Max(1e-9, weights.Max(Math.Abs));
        var (x, y) = places[Array.IndexOf(falls, falls.Max())];
        return new OcclusionMap(image, classifier.Labels[of], [.. weights.Select(weight => (float)(weight / most))], scores[0][of])
        {
            LeastProbability = scores.Skip(1).Min(score => score[of]),
            Place = InWords(3 * (x + side / 2) / width, 3 * (y + side / 2) / height),
        };
    }

    /// <param name="column">The third of the picture, from the left.</param>
    /// <param name="row">The third, from the top.</param>
    private static string InWords(int column, int row) => (row, column) switch
    {
        (1, 1) => "in the middle",
        (1, _) => column == 0 ? "on the left" : "on the right",
        _ => $"at the {(row == 0 ? "top" : "bottom")}{(column == 0 ? " left" : column == 2 ? " right" : "")}",
    };

    /// <summary>Where the patch begins, from edge to edge, so that every pixel is covered.</summary>
    private static int[] Places(int length, int side) =>
        [.. Enumerable.Range(0, Math.Min(Steps, length - side + 1)).Select(i => (int)Math.Round((double)i * (length - side) / Math.Max(1, Math.Min(Steps, length - side + 1) - 1))).Distinct()];

    /// <summary>Against all other labels: next to 1 a probability has no digits left, and those of the others have theirs.</summary>
    private static double LogOdds(float[] probabilities, int label)
    {
        double others = 0;
        for (int i = 0; i < probabilities.Length; i++)
            if (i != label) others += probabilities[i];
        return Math.Log(Math.Max(probabilities[label], 1e-30)) - Math.Log(Math.Max(others, 1e-30));
    }

    private static byte[] MeanOf(MLImage image)
    {
        Span<long> sums = stackalloc long[4];
        for (int i = 0; i < image.Pixels.Length; i++) sums[i & 3] += image.Pixels[i];
        int count = image.Pixels.Length / 4;
        return [(byte)(sums[0] / count), (byte)(sums[1] / count), (byte)(sums[2] / count), byte.MaxValue];
    }

    private static MLImage Covered(MLImage image, int left, int top, int side, byte[] color)
    {
        byte[] pixels = image.Pixels.ToArray();
        for (int y = top; y < top + side; y++)
            for (int x = left; x < left + side; x++) color.CopyTo(pixels, 4 * (y * image.Width + x));
        return MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, pixels);
    }
}
