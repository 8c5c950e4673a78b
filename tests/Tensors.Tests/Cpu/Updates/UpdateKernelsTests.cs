using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors.Tests.Cpu.Updates;

public sealed unsafe class UpdateKernelsTests
{
    private const int Count = 70_003;

    public static TheoryData<int, bool> Cases()
    {
        TheoryData<int, bool> cases = [];
        foreach (KernelWidth width in Widths.All)
            foreach (bool variant in new[] { false, true }) cases.Add((int)width, variant);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sgd_steps_by_its_formula(int width, bool nesterov)
    {
        using GuardedFloats weights = GuardedFloats.Random(Count, 1), gradients = GuardedFloats.Random(Count, 2), velocity = GuardedFloats.Random(Count, 3), plain = GuardedFloats.Random(Count, 1);
        float[] w = weights.Span.ToArray(), v = velocity.Span.ToArray();
        using (KernelWidths.Force((KernelWidth)width))
        {
            UpdateKernels.Sgd(new SgdStep(0.1f, 0.9f, 0.01f, nesterov), weights.Pointer, gradients.Pointer, velocity.Pointer, Count);
            UpdateKernels.Sgd(new SgdStep(0.1f, 0, 0, false), plain.Pointer, gradients.Pointer, null, Count);
        }
        for (int i = 0; i < Count; i++)
        {
            double direction = gradients.Span[i] + (0.01 * w[i]), next = (0.9 * v[i]) + direction;
            Assert.Equal(next, velocity.Span[i], 1e-5);
            Assert.Equal(w[i] - (0.1 * (nesterov ? direction + (0.9 * next) : next)), weights.Span[i], 1e-5);
            Assert.Equal(w[i] - (0.1 * gradients.Span[i]), plain.Span[i], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Adam_steps_by_its_formula(int width, bool decoupled)
    {
        using GuardedFloats weights = GuardedFloats.Random(Count, 1), gradients = GuardedFloats.Random(Count, 2), means = GuardedFloats.Random(Count, 3), squares = GuardedFloats.Random(Count, 4);
        foreach (ref float square in squares.Span) square *= square;
        float[] w = weights.Span.ToArray(), m = means.Span.ToArray(), s = squares.Span.ToArray();
        AdamStep step = new(0.01f, 0.9f, 0.99f, 1e-3f, 0.1f, decoupled, 0.4f, 0.3f);
        using (KernelWidths.Force((KernelWidth)width)) UpdateKernels.Adam(step, weights.Pointer, gradients.Pointer, means.Pointer, squares.Pointer, Count);
        for (int i = 0; i < Count; i++)
        {
            double gradient = gradients.Span[i] + (decoupled ? 0 : 0.1 * w[i]), mean = (0.9 * m[i]) + (0.1 * gradient), square = (0.99 * s[i]) + (0.01 * gradient * gradient);
            double kept = w[i] * (decoupled ? 1 - (0.01 * 0.1) : 1);
            Assert.Equal(mean, means.Span[i], 1e-5);
            Assert.Equal(square, squares.Span[i], 1e-5);
            Assert.Equal(kept - (0.01 * (mean / 0.4) / (Math.Sqrt(square / 0.3) + 1e-3)), weights.Span[i], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_norm_is_summed_and_a_scale_multiplied(int width, bool longer)
    {
        int count = longer ? Count : 5;
        using GuardedFloats numbers = GuardedFloats.Random(count, 1);
        float[] before = numbers.Span.ToArray();
        using (KernelWidths.Force((KernelWidth)width))
        {
            Assert.Equal(before.Sum(x => (double)x * x), UpdateKernels.SumOfSquares(numbers.Pointer, count), 1e-6);
            UpdateKernels.Scale(numbers.Pointer, count, 0.5f);
        }
        for (int i = 0; i < count; i++) Assert.Equal(before[i] / 2, numbers.Span[i]);
    }
}
