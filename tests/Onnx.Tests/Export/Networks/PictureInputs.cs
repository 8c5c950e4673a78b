using MLPipelines.Data;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Pictures as graphs take them: bytes (N, H, W, 3), red first.</summary>
internal static class PictureInputs
{
    /// <summary>Noise with a little order in it, so that neighbouring pixels differ and large shapes do, too.</summary>
    internal static MLImage Noise(int width, int height, int seed, MLPixelFormat format = MLPixelFormat.Bgra32)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[4 * width * height];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = i % 4 == 3 ? byte.MaxValue : (byte)(random.Next(120) + (i / 4 % width * 130 / width));
        return MLImage.CreateFromPixels(width, height, format, pixels);
    }

    internal static OnnxValue Of(params MLImage[] images)
    {
        List<byte> values = [];
        foreach (MLImage image in images)
        {
            int red = image.PixelFormat == MLPixelFormat.Bgra32 ? 2 : 0;
            for (int i = 0; i < image.Pixels.Length; i += 4) values.AddRange([image.Pixels[i + red], image.Pixels[i + 1], image.Pixels[i + 2 - red]]);
        }
        return OnnxValue.Tensor(values.ToArray(), images.Length, images[0].Height, images[0].Width, 3);
    }
}
