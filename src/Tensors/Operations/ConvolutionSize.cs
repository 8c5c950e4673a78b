namespace MLPipelines.Tensors;

/// <summary>
/// The sizes of a convolution of images (N, H, W, C) with weights (O, C / groups, KH, KW) to images (N, OH, OW, O). One over sequences
/// (N, T, C) has height 1.
/// </summary>
internal readonly record struct ConvolutionSize(int Images, int Height, int Width, int Channels, int OutChannels, int KernelHeight, int KernelWidth)
{
    private const int LongestRow = 256;

    /// <summary>That of images (N, H, W, C) with weights (O, C / groups, KH, KW).</summary>
    public static ConvolutionSize Of(in Shape images, in Shape weight, Pair stride, Pair padding, Pair dilation, int groups) => new(images[0], images[1], images[2], images[3], weight[0], weight[2], weight[3])
    {
        StrideHeight = stride.Height,
        StrideWidth = stride.Width,
        PaddingHeight = padding.Height,
        PaddingWidth = padding.Width,
        DilationHeight = dilation.Height,
        DilationWidth = dilation.Width,
        Groups = groups,
    };

    public int StrideHeight { get; init; } = 1;

    public int StrideWidth { get; init; } = 1;

    /// <summary>Rows of zeros above and below.</summary>
    public int PaddingHeight { get; init; }

    public int PaddingWidth { get; init; }

    public int DilationHeight { get; init; } = 1;

    public int DilationWidth { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public int OutHeight => ((Height + (2 * PaddingHeight) - (DilationHeight * (KernelHeight - 1)) - 1) / StrideHeight) + 1;

    public int OutWidth => ((Width + (2 * PaddingWidth) - (DilationWidth * (KernelWidth - 1)) - 1) / StrideWidth) + 1;

    /// <summary>Each image has the same bits whatever images are beside it: how sums are made does not depend on how many there are.</summary>
    public bool IsByImage { get; init; }

    /// <summary>Channels that one group reads.</summary>
    public int GroupIn => Channels / Groups;

    /// <summary>Channels that one group writes.</summary>
    public int GroupOut => OutChannels / Groups;

    /// <summary>Kernel positions: KH KW.</summary>
    public int Positions => KernelHeight * KernelWidth;

    /// <summary>Each channel by itself.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Channels && OutChannels == Channels;

    /// <summary>
    /// The same convolution, with a long sequence standing upright: kernels share rows among threads and take as many as the caches hold, and a row should not be longer than
    /// that. Memory is the same either way.
    /// </summary>
    public ConvolutionSize Upright() => Height > 1 || KernelHeight > 1 || PaddingHeight > 0 || Width <= LongestRow ? this : this with
    {
        Height = Width, Width = 1, KernelHeight = KernelWidth, KernelWidth = 1, StrideHeight = StrideWidth, StrideWidth = 1, PaddingHeight = PaddingWidth, PaddingWidth = 0,
        DilationHeight = DilationWidth, DilationWidth = 1,
    };

    public long InputLength => (long)Images * Height * Width * Channels;

    public long OutputLength => (long)Images * OutHeight * OutWidth * OutChannels;

    public long WeightLength => (long)OutChannels * GroupIn * Positions;

    /// <summary>Multiplications of one pass.</summary>
    public long Products => OutputLength * GroupIn * Positions;
}
