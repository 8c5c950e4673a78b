namespace MLPipelines.Tensors.Cpu;

/// <summary>Numbers of one type as another.</summary>
internal static unsafe class Conversions
{
    internal static void Run(void* x, ElementType from, void* y, ElementType to, int count)
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
