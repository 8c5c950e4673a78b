using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>Attention against its definition in double precision, derivatives against differences of it.</summary>
public unsafe class AttentionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, false, false, 0)]
    [InlineData(2, 5, 7, 3, 4, false, true, 0)]
    [InlineData(2, 6, 6, 2, 5, true, false, 0.4f)]
    [InlineData(2, 5, 7, 3, 4, false, true, 0.3f)]
    [InlineData(1, 70, 300, 2, 16, false, true, 0)]
    [InlineData(1, 70, 300, 1, 17, true, true, 0)]
    [InlineData(1, 300, 300, 1, 8, true, false, 0.1f)]
    public void Results_and_derivatives_are_those_of_the_definition(int batch, int queries, int keys, int heads, int width, bool isCausal, bool masked, float rate)
    {
        foreach (KernelWidth lanes in Widths.All)
        {
            using var forced = KernelWidths.Force(lanes);
            int item = heads * width;
            using Numbers q = new(1, batch * queries * item), k = new(2, batch * keys * item), v = new(3, batch * keys * item), mask = new(4, batch * keys), dy = new(5, batch * queries * item);
            using Numbers y = new(6, q.Count), logs = new(7, batch * heads * queries), dq = new(8, q.Count), dk = new(9, k.Count), dv = new(10, k.Count);
            for (int i = 1; i < mask.Count; i += 3) mask.Span[i] = float.NegativeInfinity;
            AttentionSize size = new()
            {
                Batch = batch, Queries = queries, Keys = keys, Heads = heads, Width = width, Scale = 0.7f, IsCausal = isCausal, Mask = masked ? mask.Floats : null, MaskBatch = keys,
                Rate = rate, Stream = new RandomStream(5, 6),
            };
            AttentionKernels.Forward(size, q.Floats, k.Floats, v.Floats, y.Floats, logs.Floats);
            AttentionKernels.Backward(size, q.Floats, k.Floats, v.Floats, y.Floats, logs.Floats, dy.Floats, dq.Floats, dk.Floats, dv.Floats);

            double[] Exact(double[] all)
            {
                double[] result = new double[q.Count];
                for (int row = 0; row < batch * queries * heads; row++)
                {
                    int b = row / heads / queries, t = row / heads % queries, at = row * width;
                    double[] powers = new double[keys];
                    for (int j = 0; j < keys; j++)
                    {
                        int key = q.Count + ((b * keys + j) * heads + row % heads) * width;
                        double score = 0;
                        for (int i = 0; i < width; i++) score += all[at + i] * all[key + i];
                        powers[j] = isCausal && j > t ? 0 : Math.Exp(score * 0.7f + (masked ? mask[b * keys + j] : 0));
                    }
                    double sum = powers.Sum();
                    for (int j = 0; j < keys && rate > 0; j++)
                    {
                        (uint a, uint b2, uint c, uint d) = size.Stream.Block(size.BlockOf(b, row % heads, t, j / 4 * 4));
                        powers[j] *= Philox.ToSingle(new[] { a, b2, c, d }[j % 4]) < rate ? 0 : 1 / (1 - rate);
                    }
                    for (int j = 0; j < keys; j++)
                    {
                        int value = q.Count + k.Count + ((b * keys + j) * heads + row % heads) * width;
                        for (int i = 0; i < width; i++) result[at + i] += powers[j] / sum * all[value + i];
                    }
                }
                return result;
            }
            double[] from = [.. KernelTable.Doubles(q), .. KernelTable.Doubles(k), .. KernelTable.Doubles(v)];
            Near(Exact(from), y.Span.ToArray());
            float[] slopes = [.. dq.Span, .. dk.Span, .. dv.Span];
            int[] some = [.. Enumerable.Range(0, Math.Min(12, slopes.Length)).Select(i => (int)((long)i * (slopes.Length - 1) / Math.Max(1, Math.Min(12, slopes.Length) - 1)))];
            Near(KernelTable.Differences(Exact, from, KernelTable.Doubles(dy), some), [.. some.Select(i => slopes[i])]);
        }
    }

    [Theory]
    [InlineData(2, 64)]
    [InlineData(5, 24)]
    [InlineData(40, 16)]
    [InlineData(130, 5)]
    public void Texts_do_not_depend_on_their_padding_or_on_each_other(int length, int width)
    {
        var random = new RandomSource(1);
        using var quiet = new NoGradient();
        Tensor q = Tensor.Normal([3, 300, 2, width], random), k = Tensor.Normal([3, 300, 2, width], random), v = Tensor.Normal([3, 300, 2, width], random);
        float[] seen = new float[3 * 300];
        for (int i = 0; i < seen.Length; i++) seen[i] = i % 300 < length ? 0 : float.NegativeInfinity;
        Tensor all = q.Attention(k, v, Tensor.From(seen, [3, 1, 1, 300]));
        Tensor alone = Part(q).Attention(Part(k), Part(v));
        Assert.Equal(Part(all).ToArray(), alone.ToArray());

        Tensor Part(Tensor x) => x.Slice(0, 1, 1).Slice(1, 0, length).Contiguous();
    }

    [Fact]
    public void A_query_that_sees_no_key_gives_zeros()
    {
        foreach (KernelWidth lanes in Widths.All)
        {
            using var forced = KernelWidths.Force(lanes);
            using Numbers q = new(1, 8), k = new(2, 300 * 4), v = new(3, 300 * 4), mask = new(4, 600), y = new(5, 8), logs = new(6, 2), dq = new(7, 8), dk = new(8, 300 * 4), dv = new(9, 300 * 4);
            mask.Span[..300].Fill(float.NegativeInfinity);
            // The other one sees only the last key, whose score is far below what a power can hold.
            mask.Span[300..].Fill(float.NegativeInfinity);
            mask.Span[599] = -500;
            AttentionSize size = new() { Batch = 1, Queries = 2, Keys = 300, Heads = 1, Width = 4, Scale = 1, Mask = mask.Floats, MaskQuery = 300 };
            AttentionKernels.Forward(size, q.Floats, k.Floats, v.Floats, y.Floats, logs.Floats);
            AttentionKernels.Backward(size, q.Floats, k.Floats, v.Floats, y.Floats, logs.Floats, q.Floats, dq.Floats, dk.Floats, dv.Floats);
            Assert.Equal([0, 0, 0, 0], y.Span[..4].ToArray());
            Near([.. v.Span[^4..].ToArray().Select(value => (double)value)], y.Span[4..].ToArray());
            Assert.Equal([0, 0, 0, 0], dq.Span[..4].ToArray());
            Assert.All(dk.Span.ToArray(), value => Assert.Equal(0, value, 1e-5f));
        }
    }

    private static void Near(double[] expected, float[] found)
    {
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(found[i] - expected[i]) <= 1e-5 * (1 + Math.Abs(expected[i])), $"{KernelWidths.Current}: item {i} is {found[i]}, not {expected[i]}.");
    }
}
