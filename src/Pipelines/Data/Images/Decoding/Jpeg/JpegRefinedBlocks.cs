namespace MLPipelines.Data;

/// <summary>Turns the coefficients that scans have gathered into samples.</summary>
internal static unsafe class JpegRefinedBlocks
{
    internal static void Transform(JpegComponent component, int precision)
    {
        if (!component.IsScanned)
        {
            // Nothing is known of the component: the middle of the range.
            new Span<byte>(component.Samples, component.Stride * component.PaddedDown * 8).Fill(128);
            return;
        }
        for (int row = 0; row < component.BlocksDown; row++)
            for (int column = 0; column < component.BlocksAcross; column++)
                JpegInverseTransform.Block(component.Block(row, column), component.Quantizers, precision, component.Samples + (nint)row * 8 * component.Stride + column * 8, component.Stride);
    }
}
