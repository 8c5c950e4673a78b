using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Pooling;

/// <summary>The mean of each window. Places outside of the image count as zeros, or, as an option, not at all.</summary>
internal static unsafe class AveragePooling
{
    /// <summary>Pools. With <paramref name="countPadding"/> a window at the border is divided by its whole size, otherwise by that of its part inside.</summary>
    internal static void Forward(in PoolingSize size, float* input, bool countPadding, float* output)
    {
        PoolingWork work = new() { Size = size, Input = input, Output = output, Flag = countPadding };
        int parts = work.Share(size.Images * size.OutHeight, (long)size.OutWidth * size.Channels * size.WindowHeight * size.WindowWidth);
        Crew.Run(parts, KernelWidths.Pick(&ForwardPart<Lanes1>, &ForwardPart<Lanes8>, &ForwardPart<Lanes16>), &work);
    }

    internal static void Backward(in PoolingSize size, float* outputGradient, bool countPadding, float* inputGradient)
    {
        PoolingWork work = new() { Size = size, Input = inputGradient, Output = outputGradient, Flag = countPadding };
        int parts = work.Share(size.Images, (long)size.Height * size.Width * size.Channels);
        Crew.Run(parts, KernelWidths.Pick(&BackwardPart<Lanes1>, &BackwardPart<Lanes8>, &BackwardPart<Lanes16>), &work);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardPart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref PoolingWork work = ref *(PoolingWork*)context;
        PoolingSize size = work.Size;
        int channels = size.Channels, outHeight = size.OutHeight, outWidth = size.OutWidth;
        nint rowStep = (nint)size.Width * channels;
        (int line, int end) = work.Range(part);
        for (; line < end; line++)
        {
            (int image, int row) = Math.DivRem(line, outHeight);
            (int firstRow, int rows) = PoolingSize.Inside(row, size.StrideHeight, size.PaddingHeight, size.WindowHeight, size.Height);
            float* top = work.Input + (((nint)image * size.Height + (row * size.StrideHeight) - size.PaddingHeight + firstRow) * rowStep);
            for (int column = 0; column < outWidth; column++)
            {
                (int firstColumn, int columns) = PoolingSize.Inside(column, size.StrideWidth, size.PaddingWidth, size.WindowWidth, size.Width);
                float* corner = top + (((nint)column * size.StrideWidth - size.PaddingWidth + firstColumn) * channels);
                float* output = work.Output + ((((nint)line * outWidth) + column) * channels);
                float share = 1f / (work.Flag ? size.WindowHeight * size.WindowWidth : rows * columns);
                int channel = 0;
                for (; channel <= channels - L.Count; channel += L.Count) Mean<L>(corner + channel, rows, columns, rowStep, channels, share, output + channel);
                for (; channel < channels; channel++) Mean<Lanes1>(corner + channel, rows, columns, rowStep, channels, share, output + channel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mean<L>(float* corner, int rows, int columns, nint rowStep, nint pixelStep, float share, float* output)
        where L : unmanaged, ILanes<L>
    {
        L sum = L.Zero;
        for (int row = 0; row < rows; row++, corner += rowStep)
        {
            float* pixel = corner;
            for (int column = 0; column < columns; column++, pixel += pixelStep) sum += L.Load(pixel);
        }
        L.Store(sum * L.Broadcast(share), output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardPart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref PoolingWork work = ref *(PoolingWork*)context;
        PoolingSize size = work.Size;
        int channels = size.Channels, outHeight = size.OutHeight, outWidth = size.OutWidth;
        nint rowStep = (nint)size.Width * channels;
        (int image, int end) = work.Range(part);
        for (; image < end; image++)
        {
            float* gradient = work.Input + (image * size.Height * rowStep);
            new Span<float>(gradient, size.Height * size.Width * channels).Clear();
            for (int row = 0; row < outHeight; row++)
            {
                (int firstRow, int rows) = PoolingSize.Inside(row, size.StrideHeight, size.PaddingHeight, size.WindowHeight, size.Height);
                for (int column = 0; column < outWidth; column++)
                {
                    (int firstColumn, int columns) = PoolingSize.Inside(column, size.StrideWidth, size.PaddingWidth, size.WindowWidth, size.Width);
                    float* corner = gradient + ((((nint)row * size.StrideHeight) - size.PaddingHeight + firstRow) * rowStep) + (((nint)column * size.StrideWidth - size.PaddingWidth + firstColumn) * channels);
                    float* output = work.Output + (((((nint)image * outHeight) + row) * outWidth + column) * channels);
                    float share = 1f / (work.Flag ? size.WindowHeight * size.WindowWidth : rows * columns);
                    for (int i = 0; i < rows; i++)
                        for (int j = 0; j < columns; j++)
                            Give<L>(output, share, corner + (i * rowStep) + (j * channels), channels);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Give<L>(float* outputGradient, float share, float* inputGradient, int channels)
        where L : unmanaged, ILanes<L>
    {
        int channel = 0;
        for (; channel <= channels - L.Count; channel += L.Count)
            L.Store(L.MultiplyAdd(L.Load(outputGradient + channel), L.Broadcast(share), L.Load(inputGradient + channel)), inputGradient + channel);
        for (; channel < channels; channel++) inputGradient[channel] = MathF.FusedMultiplyAdd(outputGradient[channel], share, inputGradient[channel]);
    }
}
