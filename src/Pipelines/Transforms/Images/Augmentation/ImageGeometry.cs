namespace MLPipelines.Vision;

/// <summary>Mirrors, moves and turns pictures, in one go.</summary>
internal static class ImageGeometry
{
    /// <summary>The changed picture, each sample from 0 to 1.</summary>
    /// <param name="source">The picture as bytes.</param>
    /// <param name="shape">Its size, which stays.</param>
    /// <param name="change">What is done: first it is mirrored, then turned around its middle, then moved.</param>
    /// <param name="mirrorsBorder">Whether what comes in from outside is the mirror image, without the border doubled; it is 0 otherwise.</param>
    /// <param name="result">Where the samples go.</param>
    internal static void Apply(ReadOnlySpan<byte> source, ImageShape shape, in ImageChange change, bool mirrorsBorder, Span<float> result)
    {
        if (change.Angle != 0) Turn(source, shape, change, mirrorsBorder, result);
        else Move(source, shape, change, mirrorsBorder, result);
    }

    private static void Move(ReadOnlySpan<byte> source, ImageShape shape, in ImageChange change, bool mirrorsBorder, Span<float> result)
    {
        int channels = shape.Channels, at = 0;
        for (int y = 0; y < shape.Height; y++)
        {
            int fromY = PlaceOf(y - change.ShiftY, shape.Height, change.FlipY, mirrorsBorder);
            for (int x = 0; x < shape.Width; x++, at += channels)
            {
                int fromX = fromY < 0 ? -1 : PlaceOf(x - change.ShiftX, shape.Width, change.FlipX, mirrorsBorder);
                int from = (fromY * shape.Width + fromX) * channels;
                for (int c = 0; c < channels; c++) result[at + c] = fromX < 0 ? 0 : source[from + c] * (1f / byte.MaxValue);
            }
        }
    }

    private static void Turn(ReadOnlySpan<byte> source, ImageShape shape, in ImageChange change, bool mirrorsBorder, Span<float> result)
    {
        float sine = MathF.Sin(change.Angle), cosine = MathF.Cos(change.Angle);
        float middleX = (shape.Width - 1) / 2f, middleY = (shape.Height - 1) / 2f;
        int channels = shape.Channels, at = 0;
        for (int y = 0; y < shape.Height; y++)
        {
            float down = y - change.ShiftY - middleY;
            for (int x = 0; x < shape.Width; x++, at += channels)
            {
                float right = x - change.ShiftX - middleX;
                float fromX = middleX + cosine * right - sine * down, fromY = middleY + sine * right + cosine * down;
                int left = (int)MathF.Floor(fromX), top = (int)MathF.Floor(fromY);
                float shareRight = fromX - left, shareDown = fromY - top;
                int x0 = PlaceOf(left, shape.Width, change.FlipX, mirrorsBorder), x1 = PlaceOf(left + 1, shape.Width, change.FlipX, mirrorsBorder);
                int y0 = PlaceOf(top, shape.Height, change.FlipY, mirrorsBorder), y1 = PlaceOf(top + 1, shape.Height, change.FlipY, mirrorsBorder);
                for (int c = 0; c < channels; c++)
                {
                    float upper = (1 - shareRight) * Sample(source, shape, x0, y0, c) + shareRight * Sample(source, shape, x1, y0, c);
                    float lower = (1 - shareRight) * Sample(source, shape, x0, y1, c) + shareRight * Sample(source, shape, x1, y1, c);
                    result[at + c] = ((1 - shareDown) * upper + shareDown * lower) * (1f / byte.MaxValue);
                }
            }
        }
    }

    private static float Sample(ReadOnlySpan<byte> source, ImageShape shape, int x, int y, int channel) =>
        x < 0 || y < 0 ? 0 : source[(y * shape.Width + x) * shape.Channels + channel];

    /// <summary>Which stored place a place is; -1 outside.</summary>
    private static int PlaceOf(int place, int length, bool isFlipped, bool isMirrored)
    {
        if ((uint)place >= (uint)length)
        {
            if (!isMirrored) return -1;
            int period = Math.Max(1, 2 * (length - 1));
            place = ((place % period) + period) % period;
            if (place >= length) place = period - place;
        }
        return isFlipped ? length - 1 - place : place;
    }
}
