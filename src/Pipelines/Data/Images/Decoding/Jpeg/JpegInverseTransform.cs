using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Data;

/// <summary>
/// Turns the coefficients of a block into samples: the inverse cosine transform of C. Loeffler, A. Ligtenberg and G. S. Moschytz,
/// "Practical fast 1-D DCT algorithms with 11 multiplications" (ICASSP 1989), in integers of 13 fractional bits with the rounding of the
/// Independent JPEG Group's accurate transform, so that samples are the same as other decoders have.
/// </summary>
internal static unsafe class JpegInverseTransform
{
    /// <summary>Fractional bits of the constants.</summary>
    internal const int Fraction = 13;

    /// <summary>A block of 8 by 8 samples with 8 bits.</summary>
    /// <param name="block">The coefficients, row by row.</param>
    /// <param name="quantizers">What each is multiplied by.</param>
    /// <param name="precision">8 or 12: bits that samples are coded with. The four lowest of 12 are dropped.</param>
    /// <param name="samples">The first sample of the block.</param>
    /// <param name="stride">Bytes from one row of samples to the next.</param>
    internal static void Block(short* block, int* quantizers, int precision, byte* samples, int stride)
    {
        if (precision == 8 && Avx2.IsSupported) JpegVectorTransform.Block(block, quantizers, samples, stride);
        else Scalar(block, quantizers, precision, samples, stride);
    }

    /// <summary>A block of which only the direct coefficient is not zero.</summary>
    internal static void Flat(int direct, int precision, byte* samples, int stride)
    {
        ulong row = 0x0101010101010101UL * Sample(direct + 4 >> 3, precision);
        for (int y = 0; y < 8; y++, samples += stride) *(ulong*)samples = row;
    }

    /// <summary>The plain kernel, which vectors have to equal.</summary>
    internal static void Scalar(short* block, int* quantizers, int precision, byte* samples, int stride)
    {
        // Fractional bits that are kept between the two passes; with samples of 12 bits there is room for one less.
        int kept = precision == 8 ? 2 : 1;
        int* work = stackalloc int[64];
        for (int x = 0; x < 8; x++)
        {
            for (int y = 0; y < 8; y++) work[y * 8 + x] = block[y * 8 + x] * quantizers[y * 8 + x];
            Pass(work + x, 8, Fraction - kept);
        }
        for (int y = 0; y < 8; y++, samples += stride)
        {
            Pass(work + y * 8, 1, Fraction + kept + 3);
            for (int x = 0; x < 8; x++) samples[x] = Sample(work[y * 8 + x], precision);
        }
    }

    /// <summary>Eight values, so many places apart, are replaced by their transform, from which some fractional bits are rounded off.</summary>
    private static void Pass(int* values, int step, int shift)
    {
        int even = (values[2 * step] + values[6 * step]) * 4433;
        int low = even - values[6 * step] * 15137, high = even + values[2 * step] * 6270;
        int sum = values[0] + values[4 * step] << Fraction, difference = values[0] - values[4 * step] << Fraction;
        int round = 1 << shift - 1;
        int e0 = sum + high + round, e3 = sum - high + round, e1 = difference + low + round, e2 = difference - low + round;

        int v1 = values[step], v3 = values[3 * step], v5 = values[5 * step], v7 = values[7 * step];
        int z5 = (v7 + v3 + v5 + v1) * 9633, z3 = z5 - (v7 + v3) * 16069, z4 = z5 - (v5 + v1) * 3196;
        int z1 = (v7 + v1) * -7373, z2 = (v5 + v3) * -20995;
        int o3 = v7 * 2446 + z1 + z3, o2 = v5 * 16819 + z2 + z4, o1 = v3 * 25172 + z2 + z3, o0 = v1 * 12299 + z1 + z4;

        values[0] = e0 + o0 >> shift;
        values[7 * step] = e0 - o0 >> shift;
        values[step] = e1 + o1 >> shift;
        values[6 * step] = e1 - o1 >> shift;
        values[2 * step] = e2 + o2 >> shift;
        values[5 * step] = e2 - o2 >> shift;
        values[3 * step] = e3 + o3 >> shift;
        values[4 * step] = e3 - o3 >> shift;
    }

    /// <summary>A value around zero as a sample of 8 bits.</summary>
    private static byte Sample(int value, int precision) =>
        precision == 8 ? (byte)Math.Clamp(value + 128, 0, 255) : (byte)(Math.Clamp(value + 2048, 0, 4095) >> 4);
}
