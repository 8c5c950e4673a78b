using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Chooses how a network is trained by what the pictures look like. The numbers were chosen on parts of training sets that were held out.</summary>
internal static class ImageDefaults
{
    /// <summary>Up to so many pictures, all that keeps a network from learning them by heart helps.</summary>
    private const int Few = 2000;

    /// <summary>What the trainer brings larger pictures to, and what those of a few are brought to.</summary>
    private const int UsualSide = 128, LargestSide = 256;

    internal static void Apply(Options options, ImageProfile profile)
    {
        int side = Math.Min(profile.Width, profile.Height);
        bool areGlyphs = AreGlyphs(profile);
        if (options.Arch == Architecture.Automatic) options.Arch = areGlyphs || (profile.Pictures <= Few && side <= 64) ? Architecture.SmallConvolutional : Architecture.SmallResidual;
        // Of few photos details are seen rather than learned by heart, and large ones take no longer than many small ones.
        if (profile.Pictures <= Few && side > UsualSide) options.ImageSize = (Math.Min(side, LargestSide) / 16 * 16, Math.Min(side, LargestSide) / 16 * 16);
        options.TestTimeFlip = !areGlyphs && profile.Pictures <= Few;
        options.Epoch = Passes(options.Arch, profile.Pictures);
        if (areGlyphs)
        {
            // Mirrored letters and digits are others or none.
            options.Augmentation = new ImageAugmentation { CropPadding = 2, Rotation = 10 };
            return;
        }
        var usual = new ImageAugmentation { HorizontalFlip = true, CropPadding = Math.Max(1, Math.Min(side, 128) / 8) };
        options.Augmentation = profile.Pictures > Few ? usual : usual with { Rotation = 15, MirrorsBorder = true, Brightness = 0.2, Contrast = 0.2, Saturation = 0.4 };
    }

    /// <summary>Whether so few photos are changed by more than is usual that it has to be tried which changes help.</summary>
    internal static bool IsChosenByTrial(ImageProfile profile) => profile.Pictures <= Few && !AreGlyphs(profile);

    private static bool AreGlyphs(ImageProfile profile) => profile.AreGray && Math.Min(profile.Width, profile.Height) <= 32;

    /// <summary>So many pictures are seen in all, and each so often at least and at most.</summary>
    private static int Passes(Architecture architecture, int pictures) => architecture == Architecture.SmallConvolutional
        ? Math.Clamp(720_000 / pictures, 12, 60) : Math.Clamp(1_500_000 / pictures, 30, 100);
}
