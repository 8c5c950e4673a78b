namespace MLPipelines.Vision;

/// <summary>The size of a picture as numbers: rows of pixels from the top, a pixel's channels together (height, width, channels).</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Channels">1 for gray, 3 for red, green and blue.</param>
public readonly record struct ImageShape(int Height, int Width, int Channels)
{
    /// <summary>How many numbers a picture has.</summary>
    public int Size => Height * Width * Channels;

    public override string ToString() => $"({Height}, {Width}, {Channels})";
}
