namespace MLPipelines.Tensors;

/// <summary>The sizes of pooling images (N, H, W, C) to (N, OH, OW, C). Sequences have height 1.</summary>
internal readonly record struct PoolingSize(int Images, int Height, int Width, int Channels, int WindowHeight, int WindowWidth, int StrideHeight, int StrideWidth)
{
    /// <summary>Rows above and below that belong to windows and hold nothing.</summary>
    public int PaddingHeight { get; init; }

    public int PaddingWidth { get; init; }

    public int OutHeight => ((Height + (2 * PaddingHeight) - WindowHeight) / StrideHeight) + 1;

    public int OutWidth => ((Width + (2 * PaddingWidth) - WindowWidth) / StrideWidth) + 1;

    public long InputLength => (long)Images * Height * Width * Channels;

    public long OutputLength => (long)Images * OutHeight * OutWidth * Channels;

    /// <summary>Each pixel lies in exactly one window.</summary>
    public bool IsPartition => WindowHeight == StrideHeight && WindowWidth == StrideWidth && PaddingHeight == 0 && PaddingWidth == 0 && Height % WindowHeight == 0 && Width % WindowWidth == 0;

    /// <summary>The part of a window that lies inside of the image: its first place and the number of places.</summary>
    public static (int First, int Count) Inside(int output, int stride, int padding, int window, int length)
    {
        int start = (output * stride) - padding, first = Math.Max(0, -start);
        return (first, Math.Max(0, Math.Min(window, length - start) - first));
    }
}
