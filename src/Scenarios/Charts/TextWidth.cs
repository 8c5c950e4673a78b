using System.Text;

namespace MLPipelines.Scenarios.Charts;

/// <summary>About how wide a text is; the reader's font is not known.</summary>
internal static class TextWidth
{
    /// <param name="text">The text.</param>
    /// <param name="size">The size of the font in pixels.</param>
    internal static double Of(string text, double size)
    {
        double widths = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            widths += rune.Value is >= 0x1100 and not (>= 0x2000 and <= 0x2E7F) ? 1 : Rune.IsUpper(rune) ? 0.68 : rune.Value is '.' or ',' or ' ' or 'i' or 'l' or 't' or '\u00a0' ? 0.3 : 0.57;
        }
        return widths * size;
    }
}
