using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms.Images;

/// <summary>Small pictures for tests.</summary>
internal static class TestImages
{
    /// <summary>A picture whose pixels follow from its seed.</summary>
    internal static MLImage Random(int seed, int width, int height, MLPixelFormat format = MLPixelFormat.Bgra32, bool isOpaque = true)
    {
        byte[] pixels = new byte[4 * width * height];
        new Random(seed).NextBytes(pixels);
        if (isOpaque) for (int i = 3; i < pixels.Length; i += 4) pixels[i] = 255;
        return MLImage.CreateFromPixels(width, height, format, pixels);
    }

    /// <summary>Pictures of several sizes and formats, and one that is missing.</summary>
    internal static MemoryView Mixed() => new MemoryView().AddImages("Image",
        [Random(1, 7, 5), Random(2, 4, 9, MLPixelFormat.Rgba32), null, Random(3, 5, 4, isOpaque: false), Random(4, 1, 1)]).Add("Id", 1, 2, 3, 4, 5);

    /// <summary>Pictures of 4 rows and 3 columns, and one that is missing.</summary>
    internal static MemoryView Sized() => new MemoryView().AddImages("Image",
        [Random(1, 3, 4), Random(2, 3, 4, MLPixelFormat.Rgba32), null, Random(3, 3, 4, isOpaque: false)], height: 4, width: 3).Add("Id", 1, 2, 3, 4);

    internal static MLImage?[] Images(IDataView view, string name) => ViewContents.Values<MLImage?>(view, name);
}
