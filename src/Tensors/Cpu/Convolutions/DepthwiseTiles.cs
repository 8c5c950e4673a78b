using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>Kernels that treat each channel by itself, as many channels at once as a register holds.</summary>
internal static unsafe class DepthwiseTiles
{
    /// <summary>Pixels of a tile of sums, each with its own pointer.</summary>
    internal const int Pixels = 8;

    /// <summary>Taps of a tile of weight gradients.</summary>
    internal const int Taps = 9;

    /// <summary>
    /// Eight pixels of one block of channels: the sums over all taps. Offsets are in bytes; <paramref name="stride"/> numbers lie from one tap's weights to the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sum<L>(float** sources, float** targets, nint channel, nint* offsets, int taps, float* weights, nint stride, L bias, bool rectified)
        where L : unmanaged, ILanes<L>
    {
        L a = bias, b = bias, c = bias, d = bias, e = bias, f = bias, g = bias, h = bias;
        nint shift = channel * sizeof(float);
        for (nint* end = offsets + taps; offsets < end; offsets++, weights += stride)
        {
            L weight = L.Load(weights);
            nint at = *offsets + shift;
            a = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[0] + at)), a);
            b = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[1] + at)), b);
            c = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[2] + at)), c);
            d = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[3] + at)), d);
            e = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[4] + at)), e);
            f = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[5] + at)), f);
            g = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[6] + at)), g);
            h = L.MultiplyAdd(weight, L.Load((float*)((byte*)sources[7] + at)), h);
        }
        if (rectified)
        {
            a = L.Max(L.Zero, a);
            b = L.Max(L.Zero, b);
            c = L.Max(L.Zero, c);
            d = L.Max(L.Zero, d);
            e = L.Max(L.Zero, e);
            f = L.Max(L.Zero, f);
            g = L.Max(L.Zero, g);
            h = L.Max(L.Zero, h);
        }
        L.Store(a, targets[0] + channel);
        L.Store(b, targets[1] + channel);
        L.Store(c, targets[2] + channel);
        L.Store(d, targets[3] + channel);
        L.Store(e, targets[4] + channel);
        L.Store(f, targets[5] + channel);
        L.Store(g, targets[6] + channel);
        L.Store(h, targets[7] + channel);
    }

    /// <summary>Nine taps of one block of channels: adds the sums over pixels of source times gradient to what is there, and the sum of the gradients to the bias's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Correlate<L>(float** sources, float** gradients, int pixels, nint channel, nint* offsets, float* sums, nint stride, float* biasSums)
        where L : unmanaged, ILanes<L>
    {
        L a = L.Zero, b = L.Zero, c = L.Zero, d = L.Zero, e = L.Zero, f = L.Zero, g = L.Zero, h = L.Zero, i = L.Zero, bias = L.Zero;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            L gradient = L.Load(gradients[pixel] + channel);
            byte* at = (byte*)(sources[pixel] + channel);
            bias += gradient;
            a = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[0])), a);
            b = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[1])), b);
            c = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[2])), c);
            d = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[3])), d);
            e = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[4])), e);
            f = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[5])), f);
            g = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[6])), g);
            h = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[7])), h);
            i = L.MultiplyAdd(gradient, L.Load((float*)(at + offsets[8])), i);
        }
        L.Store(L.Load(biasSums) + bias, biasSums);
        sums += channel;
        Add(a, sums);
        Add(b, sums + stride);
        Add(c, sums + (2 * stride));
        Add(d, sums + (3 * stride));
        Add(e, sums + (4 * stride));
        Add(f, sums + (5 * stride));
        Add(g, sums + (6 * stride));
        Add(h, sums + (7 * stride));
        Add(i, sums + (8 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<L>(L more, float* sums)
        where L : unmanaged, ILanes<L> => L.Store(L.Load(sums) + more, sums);
}
