namespace MLPipelines.Data;

/// <summary>What the components of a picture mean.</summary>
internal enum JpegColors
{
    /// <summary>One component: luminance.</summary>
    Grey,

    /// <summary>Red, green and blue.</summary>
    Rgb,

    /// <summary>Luminance and two differences of colours (ITU-R BT.601, full range, as JFIF says).</summary>
    YCbCr,

    /// <summary>Cyan, magenta, yellow and black, 0 for full ink: so Adobe's programs write them, and all who read them expect it.</summary>
    Cmyk,

    /// <summary>The same, of which 255 minus cyan, magenta and yellow are coded as <see cref="YCbCr"/>.</summary>
    Ycck,
}

/// <summary>Finds out what components mean. Files do not say it; there are habits.</summary>
internal static class JpegColorHabits
{
    /// <param name="components">The components of the frame.</param>
    /// <param name="hasJfif">Whether the file has a JFIF segment, which allows luminance and colour differences only.</param>
    /// <param name="adobe">The transform that an Adobe segment names (0 none, 1 YCbCr, 2 YCCK); <see langword="null"/> without one.</param>
    internal static JpegColors Of(ReadOnlySpan<JpegComponent> components, bool hasJfif, int? adobe) => components.Length switch
    {
        1 => JpegColors.Grey,
        3 when hasJfif => JpegColors.YCbCr,
        3 when adobe is not null => adobe == 0 ? JpegColors.Rgb : JpegColors.YCbCr,
        3 => components[0].Id == 'R' && components[1].Id == 'G' && components[2].Id == 'B' ? JpegColors.Rgb : JpegColors.YCbCr,
        _ => adobe is null or 0 ? JpegColors.Cmyk : JpegColors.Ycck,
    };
}
