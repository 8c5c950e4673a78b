using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// What convolutions and their gradients by the input have in common: every target pixel of a lattice is the sum over taps of source pixels,
/// multiplied by the tap's matrix. A convolution is one correlation; the gradient of one with stride s is s × s of them, one for each class of
/// input pixels that the same kernel positions reach, so that no zeros are multiplied.
/// </summary>
internal unsafe struct Correlation
{
    // The source (N, Height, Width, Channels), and the window of it that is read, zeros included, once padded.
    internal int Images, Height, Width, Channels;
    internal int PadTop, PadLeft, PaddedHeight, PaddedWidth;

    // The lattice: its size, the source pixels between two of its points, and where its points lie in the target.
    internal int Rows, Columns, RowStep, ColumnStep;
    internal int TargetHeight, TargetWidth, TargetChannels, TargetRow, TargetColumn, TargetRowStep, TargetColumnStep;

    // In the order of memory, counted from the corner of the padded source.
    internal Tap* Taps;
    internal int TapCount;

    internal int Groups, GroupIn, GroupOut;

    /// <inheritdoc cref="ConvolutionSize.IsByImage"/>
    internal bool IsByImage;

    /// <summary>Padded source rows that one lattice row needs.</summary>
    internal int Reach;

    /// <summary>Source rows are copied between zeros, since some taps lie outside.</summary>
    internal readonly bool IsPadded => TapCount > 0 && (PadTop > 0 || PadLeft > 0 || PaddedHeight > Height || PaddedWidth > Width);

    /// <summary>Pixels from one row to the next where taps are read.</summary>
    internal readonly int Pitch => IsPadded ? PaddedWidth : Width;

    /// <summary>Rows of the lattice over all images.</summary>
    internal readonly int Lines => Images * Rows;

    /// <summary>Terms of one sum.</summary>
    internal readonly int Depth => TapCount * GroupIn;

    internal readonly long Products => (long)Lines * Columns * Depth * GroupOut * Groups;

    /// <summary>The correlation that a convolution is. <paramref name="taps"/>: room for as many as the kernel has positions.</summary>
    internal static Correlation Of(in ConvolutionSize size, Tap* taps)
    {
        int count = 0;
        for (int row = 0; row < size.KernelHeight; row++)
            for (int column = 0; column < size.KernelWidth; column++)
                taps[count++] = new Tap((row * size.DilationHeight) - size.PaddingHeight, (column * size.DilationWidth) - size.PaddingWidth, (row * size.KernelWidth) + column);
        Correlation correlation = new()
        {
            Images = size.Images, Height = size.Height, Width = size.Width, Channels = size.Channels,
            Rows = size.OutHeight, Columns = size.OutWidth, RowStep = size.StrideHeight, ColumnStep = size.StrideWidth,
            TargetHeight = size.OutHeight, TargetWidth = size.OutWidth, TargetChannels = size.OutChannels, TargetRowStep = 1, TargetColumnStep = 1,
            Taps = taps, TapCount = count,
            Groups = size.Groups, GroupIn = size.GroupIn, GroupOut = size.GroupOut, IsByImage = size.IsByImage,
        };
        correlation.Frame();
        return correlation;
    }

    /// <summary>
    /// The correlation of the output's gradient that gives the gradient of the input pixels (h, w) with h + padding ≡ <paramref name="rowClass"/> and
    /// w + padding ≡ <paramref name="columnClass"/> modulo the strides: output row (h + padding - kh dilation) / stride reached h by kernel row kh.
    /// </summary>
    internal static Correlation OfInputGradient(in ConvolutionSize size, int rowClass, int columnClass, Tap* taps)
    {
        int firstRow = First(rowClass, size.PaddingHeight, size.StrideHeight), firstColumn = First(columnClass, size.PaddingWidth, size.StrideWidth), count = 0;
        for (int row = size.KernelHeight - 1; row >= 0; row--)
        {
            int y = firstRow + size.PaddingHeight - (row * size.DilationHeight);
            if (y % size.StrideHeight != 0) continue;
            for (int column = size.KernelWidth - 1; column >= 0; column--)
            {
                int x = firstColumn + size.PaddingWidth - (column * size.DilationWidth);
                if (x % size.StrideWidth == 0) taps[count++] = new Tap(y / size.StrideHeight, x / size.StrideWidth, (row * size.KernelWidth) + column);
            }
        }
        Correlation correlation = new()
        {
            Images = size.Images, Height = size.OutHeight, Width = size.OutWidth, Channels = size.OutChannels,
            Rows = Points(size.Height, firstRow, size.StrideHeight), Columns = Points(size.Width, firstColumn, size.StrideWidth), RowStep = 1, ColumnStep = 1,
            TargetHeight = size.Height, TargetWidth = size.Width, TargetChannels = size.Channels,
            TargetRow = firstRow, TargetColumn = firstColumn, TargetRowStep = size.StrideHeight, TargetColumnStep = size.StrideWidth,
            Taps = taps, TapCount = count,
            Groups = size.Groups, GroupIn = size.GroupOut, GroupOut = size.GroupIn,
        };
        correlation.Frame();
        return correlation;
    }

    private static int First(int residue, int padding, int stride) => (((residue - padding) % stride) + stride) % stride;

    private static int Points(int length, int first, int step) => first >= length ? 0 : ((length - 1 - first) / step) + 1;

    /// <summary>Finds the window that the taps read and counts them from its corner.</summary>
    private void Frame()
    {
        int top = 0, left = 0, bottom = 0, right = 0;
        for (int i = 0; i < TapCount; i++)
        {
            top = Math.Max(top, -Taps[i].Row);
            left = Math.Max(left, -Taps[i].Column);
            bottom = Math.Max(bottom, Taps[i].Row);
            right = Math.Max(right, Taps[i].Column);
        }
        (PadTop, PadLeft) = (top, left);
        Reach = top + bottom + 1;
        PaddedHeight = ((Rows - 1) * RowStep) + Reach;
        PaddedWidth = ((Columns - 1) * ColumnStep) + left + right + 1;
        for (int i = 0; i < TapCount; i++) Taps[i] = Taps[i] with { Row = Taps[i].Row + top, Column = Taps[i].Column + left };
    }

    /// <summary>Where the first pixel of a line goes.</summary>
    internal readonly nint TargetOffset(int image, int row) =>
        (((((nint)image * TargetHeight) + TargetRow + ((nint)row * TargetRowStep)) * TargetWidth) + TargetColumn) * TargetChannels;

    /// <summary>Where in memory a tap lies after the first pixel of a window, in numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly nint Offset(in Tap tap) => ((nint)tap.Row * Pitch + tap.Column) * Channels;
}
