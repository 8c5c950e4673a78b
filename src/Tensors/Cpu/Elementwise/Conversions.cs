using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Numbers of one type as another.</summary>
internal static unsafe class Conversions
{
    private struct Work
    {
        internal void* X, Y;
        internal ElementType From, To;
        internal int Count;
    }

    internal static void Run(void* x, ElementType from, void* y, ElementType to, int count)
    {
        Work work = new() { X = x, Y = y, From = from, To = to, Count = count };
        Crew.Run((count + Pieces.Cheap - 1) / Pieces.Cheap, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &work);
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * Pieces.Cheap, count = Math.Min(Pieces.Cheap, work->Count - first);
        byte* x = (byte*)work->X + (long)first * work->From.Size(), y = (byte*)work->Y + (long)first * work->To.Size();
        int done = (work->From, work->To) switch
        {
            (ElementType.UInt8, ElementType.Float32) => Widen<T>(x, (float*)y, count),
            (ElementType.BFloat16, ElementType.Float32) => Widen<T>((ushort*)x, (float*)y, count),
            (ElementType.Float32, ElementType.BFloat16) => Narrow((float*)x, (ushort*)y, count),
            _ => 0,
        };
        Each(x + (long)done * work->From.Size(), work->From, y + (long)done * work->To.Size(), work->To, count - done);
    }

    // These stop where no whole vector is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Widen<T>(byte* x, float* y, int count)
        where T : unmanaged, ILanes<T>
    {
        int i = 0;
        for (; i + T.Count <= count; i += T.Count) T.Store(LaneBytes.Load<T>(x + i), y + i);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Widen<T>(ushort* x, float* y, int count)
        where T : unmanaged, ILanes<T>
    {
        int i = 0;
        for (; i + T.Count <= count; i += T.Count) T.Store(T.Widen(x + i), y + i);
        return i;
    }

    private static int Narrow(float* x, ushort* y, int count)
    {
        for (int i = 0; i < count; i++) y[i] = Narrow(x[i]);
        return count;
    }

    private static void Each(void* x, ElementType from, void* y, ElementType to, int count)
    {
        for (int i = 0; i < count; i++)
        {
            switch (from, to)
            {
                case (ElementType.UInt8, ElementType.Float32): ((float*)y)[i] = ((byte*)x)[i]; break;
                case (ElementType.UInt8, ElementType.Int64): ((long*)y)[i] = ((byte*)x)[i]; break;
                case (ElementType.UInt8, ElementType.BFloat16): ((ushort*)y)[i] = Narrow(((byte*)x)[i]); break;
                case (ElementType.Float32, ElementType.UInt8): ((byte*)y)[i] = (byte)Math.Clamp(((float*)x)[i], 0, 255); break;
                case (ElementType.Int64, ElementType.UInt8): ((byte*)y)[i] = (byte)Math.Clamp(((long*)x)[i], 0, 255); break;
                case (ElementType.BFloat16, ElementType.UInt8): ((byte*)y)[i] = (byte)Math.Clamp(Widen(((ushort*)x)[i]), 0, 255); break;
                case (ElementType.Float32, ElementType.Int64): ((long*)y)[i] = (long)((float*)x)[i]; break;
                case (ElementType.Float32, ElementType.BFloat16): ((ushort*)y)[i] = Narrow(((float*)x)[i]); break;
                case (ElementType.Int64, ElementType.Float32): ((float*)y)[i] = ((long*)x)[i]; break;
                case (ElementType.Int64, ElementType.BFloat16): ((ushort*)y)[i] = Narrow(((long*)x)[i]); break;
                case (ElementType.BFloat16, ElementType.Float32): ((float*)y)[i] = Widen(((ushort*)x)[i]); break;
                case (ElementType.BFloat16, ElementType.Int64): ((long*)y)[i] = (long)Widen(((ushort*)x)[i]); break;
            }
        }
    }

    internal static float Widen(ushort x) => BitConverter.UInt32BitsToSingle((uint)x << 16);

    /// <summary>To the nearest, to even when two are as near; NaN stays NaN.</summary>
    internal static ushort Narrow(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        return float.IsNaN(x) ? (ushort)(bits >> 16 | 0x40) : (ushort)(bits + 0x7FFF + (bits >> 16 & 1) >> 16);
    }
}
