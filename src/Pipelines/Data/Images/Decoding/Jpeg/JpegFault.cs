namespace MLPipelines.Data;

/// <summary>The errors of JPEG files.</summary>
internal static class JpegFault
{
    /// <param name="offset">The byte of the file that the problem is at.</param>
    /// <param name="problem">What was found and what was expected.</param>
    internal static MLPipelinesException At(int offset, string problem) => new($"JPEG: byte {offset}: {problem}");
}
