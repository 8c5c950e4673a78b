using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>However many threads run, the bits are the same.</summary>
public unsafe class ThreadCountTests
{
    [Fact]
    public void One_thread_and_several_give_the_same_bits()
    {
        int before = Crew.Threads;
        try
        {
            Crew.Threads = 1;
            float[] alone = Results();
            foreach (int threads in new[] { 2, 3 })
            {
                Crew.Threads = threads;
                for (int run = 0; run < 3; run++) Assert.True(alone.AsSpan().SequenceEqual(Results()), $"{threads} threads give something else.");
            }
        }
        finally
        {
            Crew.Threads = before;
        }
    }

    private static float[] Results()
    {
        const int rows = 300, columns = 192;
        using Numbers x = new(1, rows * columns), w = new(2, columns * columns), y = new(3, rows * columns), sums = new(4, columns), dx = new(5, rows * columns), dg = new(6, columns), db = new(7, columns);
        using Numbers mean = new(8, rows), scale = new(9, rows), few = new(10, 3 * columns), dots = new(11, 3 * columns), logs = new(12, rows * 4), dq = new(13, rows * columns), dk = new(14, rows * columns), dv = new(15, rows * columns);
        List<float> all = [];
        new MatrixProduct(rows, columns, columns, new Matrix(x.Floats, columns), new Matrix(w.Floats, 1, columns), y.Floats, columns) { Bias = sums.Floats, Activation = Activation.Gelu }.Run();
        all.AddRange(y.Span);
        new MatrixProduct(3, columns, columns, new Matrix(few.Floats, columns), new Matrix(w.Floats, 1, columns), dots.Floats, columns).Run();
        all.AddRange(dots.Span);
        new MatrixProduct(columns, columns, rows, new Matrix(x.Floats, 1, columns), new Matrix(y.Floats, columns), w.Floats, columns).Run();
        all.AddRange(w.Span);
        SumKernels.Run(x.Floats, sums.Floats, 1, rows, columns);
        all.AddRange(sums.Span);
        SoftmaxKernels.Run(x.Floats, y.Floats, rows, columns, isLog: false);
        all.AddRange(y.Span);
        GroupSize size = new(rows, 1, 1, columns);
        GroupNormalization.Forward(size, x.Floats, sums.Floats, sums.Floats, 1e-5f, y.Floats, mean.Floats, scale.Floats);
        GroupNormalization.Backward(size, x.Floats, y.Floats, sums.Floats, mean.Floats, scale.Floats, dx.Floats, dg.Floats, db.Floats);
        all.AddRange([.. y.Span, .. dx.Span, .. dg.Span, .. db.Span]);
        AttentionSize attention = new() { Batch = 1, Queries = rows, Keys = rows, Heads = 4, Width = columns / 4, Scale = 1, IsCausal = true };
        AttentionKernels.Forward(attention, x.Floats, y.Floats, x.Floats, dx.Floats, logs.Floats);
        AttentionKernels.Backward(attention, x.Floats, y.Floats, x.Floats, dx.Floats, logs.Floats, y.Floats, dq.Floats, dk.Floats, dv.Floats);
        all.AddRange([.. dx.Span, .. dq.Span, .. dk.Span, .. dv.Span]);
        return [.. all];
    }
}
