namespace MLPipelines.Data;

/// <summary>The image formats that can be written.</summary>
internal static class ImageEncoders
{
    private static readonly (string Extension, Action<Stream, MLImage> Write)[] All =
    [
        (".png", PngEncoder.Write),
        (".jpg", JpegEncoder.Write),
        (".jpeg", JpegEncoder.Write),
    ];

    /// <summary>What writes files of an extension, such as <c>.png</c>.</summary>
    /// <exception cref="ArgumentException">No format of that extension can be written.</exception>
    internal static Action<Stream, MLImage> Of(string extension) =>
        Array.Find(All, format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase)).Write
            ?? throw new ArgumentException($"Images cannot be written as '{extension}' files, only as {string.Join(", ", All.Select(format => format.Extension))}.", nameof(extension));
}
