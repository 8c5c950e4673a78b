using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Pooling;

/// <summary>The greatest number of each window, and where in the window it is: row by row from 0, the first of equal ones. Windows have at most 255 places.</summary>
internal static unsafe class MaxPooling
{
    /// <summary>The place where no number of a rectified window is above zero.</summary>
    private const float Nowhere = 255;

    /// <summary>Pools. With <paramref name="rectified"/> the numbers below zero count as zero, ReLU before pooling or after it. <paramref name="places"/>: one for each output, or null if no gradient is wanted.</summary>
    internal static void Forward(in PoolingSize size, float* input, bool rectified, float* output, byte* places)
    {
        PoolingWork work = new() { Size = size, Input = input, Output = output, Places = places, Flag = rectified };
        int parts = work.Share(size.Images * size.OutHeight, (long)size.OutWidth * size.Channels * size.WindowHeight * size.WindowWidth);
        Crew.Run(parts, KernelWidths.Pick(&ForwardPart<Lanes1>, &ForwardPart<Lanes8>, &ForwardPart<Lanes16>), &work);
    }

    /// <summary>Gives each output's gradient to the input that was the greatest. For rectified pooling this is the gradient of ReLU and pooling together.</summary>
    internal static void Backward(in PoolingSize size, float* outputGradient, byte* places, float* inputGradient)
    {
        PoolingWork work = new() { Size = size, Input = inputGradient, Output = outputGradient, Places = places };
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
        (int line, int end) = work.Range(part);
        for (; line < end; line++)
        {
            (int image, int row) = Math.DivRem(line, outHeight);
            (int firstRow, int rows) = PoolingSize.Inside(row, size.StrideHeight, size.PaddingHeight, size.WindowHeight, size.Height);
            float* top = work.Input + (((nint)image * size.Height + (row * size.StrideHeight) - size.PaddingHeight + firstRow) * size.Width * channels);
            if (line < end - 1) Prefetch.Numbers(top + ((nint)size.StrideHeight * size.Width * channels), (nint)size.StrideHeight * size.Width * channels);
            for (int column = 0; column < outWidth; column++)
            {
                (int firstColumn, int columns) = PoolingSize.Inside(column, size.StrideWidth, size.PaddingWidth, size.WindowWidth, size.Width);
                float* corner = top + (((nint)column * size.StrideWidth - size.PaddingWidth + firstColumn) * channels);
                nint at = (((nint)line * outWidth) + column) * channels;
                Window window = new(rows, columns, (nint)size.Width * channels, channels, (firstRow * size.WindowWidth) + firstColumn, size.WindowWidth);
                byte* places = work.Places == null ? null : work.Places + at;
                int channel = 0;
                if (rows == 2 && columns == 2 && size.WindowWidth == 2 && firstRow + firstColumn == 0 && places != null)
                    for (; channel <= channels - L.Count; channel += L.Count) GreatestOfFour<L>(corner + channel, window, work.Flag, work.Output + at + channel, places + channel);
                else
                    for (; channel <= channels - L.Count; channel += L.Count) Greatest<L>(corner + channel, window, work.Flag, work.Output + at + channel, places == null ? null : places + channel);
                for (; channel < channels; channel++) Greatest<Lanes1>(corner + channel, window, work.Flag, work.Output + at + channel, places == null ? null : places + channel);
            }
        }
    }

    /// <summary>The part of a window that lies inside: its size, the numbers between rows and pixels, the place of its corner, and the places of a whole row.</summary>
    private readonly record struct Window(int Rows, int Columns, nint RowStep, nint PixelStep, int Place, int PlacesPerRow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Greatest<L>(float* corner, in Window window, bool rectified, float* output, byte* places)
        where L : unmanaged, ILanes<L>
    {
        L best = rectified ? L.Zero : L.Broadcast(float.NegativeInfinity), place = L.Broadcast(rectified ? Nowhere : window.Place);
        for (int row = 0; row < window.Rows; row++, corner += window.RowStep)
        {
            float* pixel = corner;
            for (int column = 0; column < window.Columns; column++, pixel += window.PixelStep)
                Take(L.Load(pixel), L.Broadcast(window.Place + (row * window.PlacesPerRow) + column), ref best, ref place);
        }
        L.Store(best, output);
        if (places != null) LaneBytes.Store(place, places);
    }

    /// <summary>The window that most networks have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GreatestOfFour<L>(float* corner, in Window window, bool rectified, float* output, byte* places)
        where L : unmanaged, ILanes<L>
    {
        L best = rectified ? L.Zero : L.Broadcast(float.NegativeInfinity), place = rectified ? L.Broadcast(Nowhere) : L.Zero;
        Take(L.Load(corner), L.Zero, ref best, ref place);
        Take(L.Load(corner + window.PixelStep), L.Broadcast(1), ref best, ref place);
        Take(L.Load(corner + window.RowStep), L.Broadcast(2), ref best, ref place);
        Take(L.Load(corner + window.RowStep + window.PixelStep), L.Broadcast(3), ref best, ref place);
        L.Store(best, output);
        LaneBytes.Store(place, places);
    }

    /// <summary>The first of the greatest numbers; NaN is above all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<L>(L value, L at, ref L best, ref L place)
        where L : unmanaged, ILanes<L>
    {
        L above = L.Select(L.Equal(value, value), L.Less(best, value), L.Equal(L.Zero, L.Zero));
        best = L.Select(above, value, best);
        place = L.Select(above, at, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardPart<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref PoolingWork work = ref *(PoolingWork*)context;
        PoolingSize size = work.Size;
        int channels = size.Channels, outHeight = size.OutHeight, outWidth = size.OutWidth;
        nint imageLength = (nint)size.Height * size.Width * channels;
        bool partition = size.IsPartition;
        (int image, int end) = work.Range(part);
        for (; image < end; image++)
        {
            float* gradient = work.Input + (image * imageLength);
            if (!partition) new Span<float>(gradient, (int)imageLength).Clear();
            nint rowLength = (nint)size.Width * channels;
            for (int row = 0; row < outHeight; row++)
            {
                if (row < outHeight - 1) Prefetch.Numbers(gradient + ((row + 1) * size.StrideHeight * rowLength), size.StrideHeight * rowLength);
                (int firstRow, int rows) = PoolingSize.Inside(row, size.StrideHeight, size.PaddingHeight, size.WindowHeight, size.Height);
                for (int column = 0; column < outWidth; column++)
                {
                    (int firstColumn, int columns) = PoolingSize.Inside(column, size.StrideWidth, size.PaddingWidth, size.WindowWidth, size.Width);
                    float* corner = gradient + (((((nint)row * size.StrideHeight) - size.PaddingHeight + firstRow) * size.Width + (column * size.StrideWidth) - size.PaddingWidth + firstColumn) * channels);
                    nint at = (((((nint)image * outHeight) + row) * outWidth) + column) * channels;
                    int channel = 0;
                    if (partition && rows == 2 && columns == 2)
                        for (; channel <= channels - L.Count; channel += L.Count) GiveToFour<L>(work.Output + at + channel, work.Places + at + channel, corner + channel, (nint)size.Width * channels, channels);
                    for (int i = 0; i < rows; i++, corner += (nint)size.Width * channels)
                        for (int j = 0; j < columns; j++)
                            Give<L>(work.Output + at, work.Places + at, ((firstRow + i) * size.WindowWidth) + firstColumn + j, corner + (j * channels), channel, channels, partition);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Give<L>(float* outputGradient, byte* places, int place, float* inputGradient, int channel, int channels, bool alone)
        where L : unmanaged, ILanes<L>
    {
        L here = L.Broadcast(place);
        for (; channel <= channels - L.Count; channel += L.Count)
        {
            L given = L.Select(L.Equal(LaneBytes.Load<L>(places + channel), here), L.Load(outputGradient + channel), L.Zero);
            L.Store(alone ? given : given + L.Load(inputGradient + channel), inputGradient + channel);
        }
        for (; channel < channels; channel++)
        {
            float given = places[channel] == place ? outputGradient[channel] : 0;
            inputGradient[channel] = alone ? given : given + inputGradient[channel];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GiveToFour<L>(float* outputGradient, byte* places, float* corner, nint rowStep, nint pixelStep)
        where L : unmanaged, ILanes<L>
    {
        L place = LaneBytes.Load<L>(places), gradient = L.Load(outputGradient);
        L.Store(L.Select(L.Equal(place, L.Zero), gradient, L.Zero), corner);
        L.Store(L.Select(L.Equal(place, L.Broadcast(1)), gradient, L.Zero), corner + pixelStep);
        L.Store(L.Select(L.Equal(place, L.Broadcast(2)), gradient, L.Zero), corner + rowStep);
        L.Store(L.Select(L.Equal(place, L.Broadcast(3)), gradient, L.Zero), corner + rowStep + pixelStep);
    }
}
