using System.Runtime.Intrinsics;

namespace MLPipelines.Data;

/// <summary>The cosine transform of a block, F = C·B·Cᵀ with C[u, x] = ½·c(u)·cos((2x+1)uπ/16) (ITU-T T.81, A.3.3), and its quantization.</summary>
internal sealed class JpegForwardTransform
{
    private static readonly float[] Cosines = CosinesByRow();

    // What each coefficient is multiplied by to be quantized, column by column.
    private readonly float[] _scales = new float[64];

    /// <param name="quantizers">64 numbers, row by row.</param>
    internal JpegForwardTransform(ReadOnlySpan<byte> quantizers)
    {
        for (int i = 0; i < 64; i++) _scales[i % 8 * 8 + i / 8] = 1f / quantizers[i];
    }

    /// <summary>Replaces 64 samples around zero, row by row, by their quantized coefficients.</summary>
    internal void Apply(Span<float> block, Span<int> coefficients)
    {
        Span<float> columns = stackalloc float[64];
        Multiply(block, columns);
        Transpose(columns, block);
        Multiply(block, columns);
        for (int i = 0; i < 64; i++) coefficients[i % 8 * 8 + i / 8] = (int)MathF.Round(columns[i] * _scales[i]);
    }

    /// <summary>The product of the cosines and a block.</summary>
    private static void Multiply(ReadOnlySpan<float> block, Span<float> product)
    {
        for (int u = 0; u < 64; u += 8)
        {
            var sum = Vector256<float>.Zero;
            for (int y = 0; y < 8; y++) sum += Vector256.Create<float>(block.Slice(y * 8, 8)) * Cosines[u + y];
            sum.CopyTo(product[u..]);
        }
    }

    private static void Transpose(ReadOnlySpan<float> block, Span<float> transposed)
    {
        for (int i = 0; i < 64; i++) transposed[i % 8 * 8 + i / 8] = block[i];
    }

    private static float[] CosinesByRow()
    {
        float[] cosines = new float[64];
        for (int i = 0; i < 64; i++)
            cosines[i] = (float)(0.5 * (i < 8 ? Math.Sqrt(0.5) : 1) * Math.Cos((2 * (i % 8) + 1) * (i / 8) * Math.PI / 16));
        return cosines;
    }
}
