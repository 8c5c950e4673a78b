namespace MLPipelines.Data;

/// <summary>What a decoder makes of a file.</summary>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Pixels">Blue, green, red and alpha of each pixel (alpha 255 is opaque; colours are not multiplied by it), rows from the top, as stored.</param>
/// <param name="Orientation">How the picture is to be turned before it is shown: the number of the EXIF tag 0x0112, 1 to 8; 1 is as stored.</param>
internal readonly record struct DecodedImage(int Width, int Height, byte[] Pixels, int Orientation = 1);
