using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Draws where a model looked over the picture in grey: orange where what is there spoke for the label, blue where it spoke against it.</summary>
public static class HeatMapDrawing
{
    // Blue, green, red. Told apart also by those who do not see red or green well, and in print by lightness.
    private static readonly byte[] For = [0, 110, 240], Against = [200, 90, 20];

    private const float Strength = 0.75f;

    /// <param name="map">Where it looked.</param>
    /// <param name="leastSide">The shorter side is at least so long: small pictures are drawn larger.</param>
    public static MLImage Draw(OcclusionMap map, int leastSide = 1)
    {
        ArgumentNullException.ThrowIfNull(map);
        MLImage image = map.Image;
        int times = Math.Max(1, (int)Math.Ceiling((double)leastSide / Math.Min(image.Width, image.Height)));
        int width = image.Width * times, height = image.Height * times;
        int blue = image.PixelFormat == MLPixelFormat.Bgra32 ? 0 : 2;
        byte[] pixels = new byte[4 * width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int from = 4 * (y / times * image.Width + x / times), to = 4 * (y * width + x);
                // Paler than it is, so that colours over black and white are seen as well.
                float grey = 40 + 0.8f * (0.114f * image.Pixels[from + blue] + 0.587f * image.Pixels[from + 1] + 0.299f * image.Pixels[from + 2 - blue]);
                float weight = Between(map, (x + 0.5f) / times - 0.5f, (y + 0.5f) / times - 0.5f);
                byte[] color = weight > 0 ? For : Against;
                float share = Strength * Math.Abs(weight);
                for (int c = 0; c < 3; c++) pixels[to + c] = (byte)(grey + share * (color[c] - grey));
                pixels[to + 3] = byte.MaxValue;
            }
        }
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>The weight at a place between pixels.</summary>
    private static float Between(OcclusionMap map, float x, float y)
    {
        (x, y) = (Math.Clamp(x, 0, map.Image.Width - 1), Math.Clamp(y, 0, map.Image.Height - 1));
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, map.Image.Width - 1), bottom = Math.Min(top + 1, map.Image.Height - 1);
        float across = x - left, down = y - top;
        return (At(left, top) * (1 - across) + At(right, top) * across) * (1 - down) + (At(left, bottom) * (1 - across) + At(right, bottom) * across) * down;

        float At(int column, int row) => map.Weights[row * map.Image.Width + column];
    }
}
