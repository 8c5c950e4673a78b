using System.Runtime.Intrinsics.X86;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Images;

public unsafe class JpegTransformTests
{
    [Theory]
    [InlineData(5, 3)]
    [InlineData(64, 300)]
    [InlineData(64, 1500)]
    [InlineData(64, 32767)]
    public void Vectors_equal_the_plain_kernel(int coefficients, int largest)
    {
        if (!Avx2.IsSupported) return;
        var random = new Random(largest);
        short* block = stackalloc short[64];
        int* quantizers = stackalloc int[64];
        byte* plain = stackalloc byte[64], fast = stackalloc byte[64];
        for (int time = 0; time < 500; time++)
        {
            Fill(random, coefficients, largest, block, quantizers);
            JpegInverseTransform.Scalar(block, quantizers, 8, plain, 8);
            JpegVectorTransform.Block(block, quantizers, fast, 8);
            Assert.Equal(new Span<byte>(plain, 64).ToArray(), new Span<byte>(fast, 64).ToArray());
        }
    }

    [Fact]
    public void Samples_are_those_of_the_formula()
    {
        var random = new Random(1);
        short* block = stackalloc short[64];
        int* quantizers = stackalloc int[64];
        byte* samples = stackalloc byte[64];
        double squares = 0;
        for (int time = 0; time < 300; time++)
        {
            Fill(random, 20, 40, block, quantizers);
            JpegInverseTransform.Block(block, quantizers, 8, samples, 8);
            for (int i = 0; i < 64; i++)
            {
                double error = samples[i] - Math.Clamp(Formula(block, quantizers, i % 8, i / 8) + 128, 0, 255);
                Assert.InRange(error, -1, 1);
                squares += error * error;
            }
        }
        // Rounding alone has a mean square of 1/12.
        Assert.InRange(squares / (300 * 64), 0, 0.1);
    }

    [Fact]
    public void A_direct_coefficient_alone_is_a_flat_block()
    {
        short* block = stackalloc short[64];
        int* quantizers = stackalloc int[64];
        byte* flat = stackalloc byte[64], full = stackalloc byte[64];
        new Span<short>(block, 64).Clear();
        new Span<int>(quantizers, 64).Fill(3);
        foreach (int precision in new[] { 8, 12 })
            for (int direct = -6000; direct <= 6000; direct += 7)
            {
                block[0] = (short)direct;
                JpegInverseTransform.Scalar(block, quantizers, precision, full, 8);
                JpegInverseTransform.Flat(direct * 3, precision, flat, 8);
                Assert.Equal(new Span<byte>(full, 64).ToArray(), new Span<byte>(flat, 64).ToArray());
            }
    }

    private static void Fill(Random random, int coefficients, int largest, short* block, int* quantizers)
    {
        new Span<short>(block, 64).Clear();
        for (int i = 0; i < 64; i++) quantizers[i] = random.Next(1, 20);
        for (int i = 0; i < coefficients; i++) block[JpegZigZag.Natural[i]] = (short)random.Next(-largest, largest + 1);
    }

    /// <summary>The inverse transform of ITU-T T.81, A.3.3.</summary>
    private static double Formula(short* block, int* quantizers, int x, int y)
    {
        double sum = 0;
        for (int v = 0; v < 8; v++)
            for (int u = 0; u < 8; u++)
                sum += (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) * block[v * 8 + u] * quantizers[v * 8 + u]
                    * Math.Cos((2 * x + 1) * u * Math.PI / 16) * Math.Cos((2 * y + 1) * v * Math.PI / 16);
        return sum / 4;
    }
}
