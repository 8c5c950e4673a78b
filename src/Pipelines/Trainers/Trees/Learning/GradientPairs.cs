using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// The gradient and hessian of each row for one output, as whole numbers of 32 bits: sums of whole numbers do not depend on the order of rows, so that a histogram is the same
/// however the work is shared out, and a sibling by subtraction is exact.
/// </summary>
/// <remarks>
/// A cell of a histogram has 128 bits: the sum of gradients, and one of hessians with the number of rows above it. Scales are powers of two, chosen per tree so that neither sum
/// can overflow; up to a million rows, a number has at least the 23 bits that a float has where hessians are alike.
/// </remarks>
internal sealed unsafe class GradientPairs
{
    private readonly PinnedArray<float> _floats;

    internal GradientPairs(int rows)
    {
        _floats = new PinnedArray<float>(checked(2 * rows));
        CountShift = 63 - (64 - (int)ulong.LeadingZeroCount((ulong)rows));
    }

    /// <summary>Where gradients and hessians are put, in turn, before <see cref="Fix"/>.</summary>
    internal Span<float> Floats => _floats.Span;

    /// <summary>The pairs after <see cref="Fix"/>.</summary>
    internal long* Pairs => (long*)_floats.Pointer;

    /// <summary>The bit of a cell's second number from which the rows are counted.</summary>
    internal int CountShift { get; }

    internal long HessianMask => (1L << CountShift) - 1;

    /// <summary>What one unit of a gradient sum stands for.</summary>
    internal double GradientUnit { get; private set; }

    internal double HessianUnit { get; private set; }

    /// <summary>Makes whole numbers of a run of rows; of all runs the scale is the same.</summary>
    internal void Fix(int from, int to, float gradientScale, float hessianScale)
    {
        Span<float> floats = _floats.Span[(2 * from)..(2 * to)];
        Span<int> whole = MemoryMarshal.Cast<float, int>(floats);
        Vector256<float> scale = Vector256.Create(gradientScale, hessianScale, gradientScale, hessianScale, gradientScale, hessianScale, gradientScale, hessianScale);
        int i = 0;
        for (; i + 8 <= floats.Length; i += 8)
            Vector256.ConvertToInt32Native(Vector256.Round(Vector256.Create<float>(floats[i..]) * scale)).CopyTo(whole[i..]);
        for (; i < floats.Length; i++) whole[i] = (int)MathF.Round(floats[i] * (i % 2 == 0 ? gradientScale : hessianScale));
    }

    /// <summary>Chooses the scales.</summary>
    /// <param name="greatestGradient">The greatest size of a gradient.</param>
    /// <param name="greatestHessian">The greatest hessian.</param>
    /// <param name="hessianSum">The sum of the hessians.</param>
    internal (float Gradient, float Hessian) Scale(float greatestGradient, float greatestHessian, double hessianSum)
    {
        int gradient = Exponent(29, greatestGradient), hessian = Math.Min(Exponent(29, greatestHessian), Exponent(CountShift - 2, hessianSum));
        (GradientUnit, HessianUnit) = (Math.ScaleB(1, -gradient), Math.ScaleB(1, -hessian));
        return (MathF.ScaleB(1, gradient), MathF.ScaleB(1, hessian));
    }

    private static int Exponent(int bits, double greatest) => greatest > 0 ? Math.Clamp(bits - Math.ILogB(greatest), -120, 120) : 0;
}
