namespace MLPipelines.Vision;

/// <summary>
/// What training pictures are changed by, at random, so that a network does not learn them by heart. What is drawn depends on the
/// seed, the pass and the row only, not on threads or on the order of rows.
/// <list type="table">
/// <listheader><term>setting</term><description>what is done; nothing while it is <see langword="false"/> or 0</description></listheader>
/// <item><term><see cref="HorizontalFlip"/>, <see cref="VerticalFlip"/></term><description>every other picture is mirrored</description></item>
/// <item><term><see cref="CropPadding"/></term><description>the picture is moved by up to so many pixels in each direction</description></item>
/// <item><term><see cref="Rotation"/></term><description>it is turned by up to so many degrees to either side</description></item>
/// <item><term><see cref="Brightness"/>, <see cref="Contrast"/>, <see cref="Saturation"/></term><description>each is multiplied by 1 − s to 1 + s</description></item>
/// <item><term><see cref="CutoutSize"/></term><description>a square of that side is blanked out (DeVries and Taylor, 2017)</description></item>
/// <item><term><see cref="MixupAlpha"/></term><description>pictures and labels of a batch are blended (Zhang et al., 2018)</description></item>
/// <item><term><see cref="CutmixAlpha"/></term><description>a rectangle comes from another picture, and as much of its label (Yun et al., 2019)</description></item>
/// </list>
/// </summary>
public sealed record ImageAugmentation
{
    /// <summary>Pictures stay as they are.</summary>
    public static ImageAugmentation None { get; } = new();

    /// <summary>Whether left and right may change places.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Whether top and bottom may change places.</summary>
    public bool VerticalFlip { get; init; }

    /// <summary>How far a picture is moved at most, in pixels: a random crop of the picture with so wide a border.</summary>
    public int CropPadding { get; init; }

    /// <summary>How far a picture is turned at most, in degrees, 0 to 180.</summary>
    public double Rotation { get; init; }

    /// <summary>Whether what comes in from outside is the picture's mirror image; it is black otherwise.</summary>
    public bool MirrorsBorder { get; init; }

    /// <summary>How much brighter or darker a picture gets at most, 0 to 1.</summary>
    public double Brightness { get; init; }

    /// <summary>How much stronger or weaker its contrasts get at most, 0 to 1.</summary>
    public double Contrast { get; init; }

    /// <summary>How much stronger or paler its colours get at most, 0 to 1.</summary>
    public double Saturation { get; init; }

    /// <summary>The side of the square that is blanked out, in pixels.</summary>
    public int CutoutSize { get; init; }

    /// <summary>The parameter of the beta distribution that the shares of two blended pictures come from; 0.2 to 1 are usual.</summary>
    public double MixupAlpha { get; init; }

    /// <summary>The parameter of the beta distribution that the share of the inserted rectangle comes from; 1 is usual.</summary>
    public double CutmixAlpha { get; init; }

    internal bool HasColorChange => Brightness > 0 || Contrast > 0 || Saturation > 0;

    internal bool IsMixing => MixupAlpha > 0 || CutmixAlpha > 0;

    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(CropPadding);
        ArgumentOutOfRangeException.ThrowIfNegative(CutoutSize);
        InRange(Rotation, 180, nameof(Rotation));
        InRange(Brightness, 1, nameof(Brightness));
        InRange(Contrast, 1, nameof(Contrast));
        InRange(Saturation, 1, nameof(Saturation));
        InRange(MixupAlpha, 1000, nameof(MixupAlpha));
        InRange(CutmixAlpha, 1000, nameof(CutmixAlpha));

        static void InRange(double value, double most, string name)
        {
            if (!(value >= 0 && value <= most)) throw new ArgumentOutOfRangeException(name, value, $"{name} is a number from 0 to {most}.");
        }
    }
}
