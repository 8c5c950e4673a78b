using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Chooses how a network is trained by what the pictures look like. The numbers were chosen on parts of training sets that were held out.</summary>
internal static class ImageDefaults
{
    /// <summary>Pictures up to this are used as they are.</summary>
    private const int SmallSide = 64;

    /// <summary>So many pictures are seen in all, and each so often at least and at most.</summary>
    private static int Passes(Architecture architecture, int images) => architecture == Architecture.SmallConvolutional
        ? Math.Clamp(900_000 / images, 15, 60) : Math.Clamp(1_500_000 / images, 30, 100);

    internal static void Apply(Options options, ImageProfile profile)
    {
        bool isGlyph = profile is { IsGrey: true, Side: <= 32 };
        if (options.Arch == Architecture.Automatic) options.Arch = isGlyph ? Architecture.SmallConvolutional : Architecture.SmallResidual;
        options.Epoch = Passes(options.Arch, profile.Count);
        int side = Math.Min(profile.Side, SmallSide);
        // Mirrored letters and digits are others or none; photos are of the same thing.
        options.Augmentation = isGlyph
            ? new ImageAugmentation { CropPadding = 2, Rotation = 10 }
            : new ImageAugmentation { HorizontalFlip = true, CropPadding = Math.Max(1, side / 8) };
    }
}
