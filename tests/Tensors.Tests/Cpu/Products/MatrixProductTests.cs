using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu.Products;

/// <summary>Products of every kind through every width against sums in double precision.</summary>
public unsafe class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 10, 64 }, { 1, 300, 20 }, { 3, 129, 9 }, { 2, 37, 129 }, { 3, 5, 7 }, { 5, 64, 33 }, { 6, 33, 100 }, { 7, 16, 16 }, { 13, 31, 17 }, { 14, 32, 8 }, { 15, 33, 40 }, { 29, 1, 50 }, { 64, 10, 3 },
        { 40, 48, 1 }, { 33, 70, 0 }, { 100, 100, 100 }, { 70, 130, 600 }, { 257, 40, 20 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_order_of_the_factors_gives_the_product(int rows, int columns, int depth)
    {
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            foreach (bool turnsA in new[] { false, true })
            {
                foreach (bool turnsB in new[] { false, true }) Check(rows, columns, depth, turnsA, turnsB, gap: turnsA == turnsB ? 0 : 3);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Adding_a_bias_and_an_activation_follow_in_this_order(int rows, int columns, int depth)
    {
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                Check(rows, columns, depth, turnsA: false, turnsB: true, gap: 0, adds: true, bias: true, activation: activation);
                Check(rows, columns, depth, turnsA: false, turnsB: false, gap: 1, bias: true, activation: activation);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Factors_of_bfloat16_are_widened(int rows, int columns, int depth)
    {
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            foreach (bool turns in new[] { false, true })
            {
                Check(rows, columns, depth, turns, !turns, gap: 0, shortA: true);
                Check(rows, columns, depth, turns, turns, gap: 2, shortB: true);
                Check(rows, columns, depth, turns, turns, gap: 0, shortA: true, shortB: true, adds: true);
            }
        }
    }

    [Fact]
    public void Factors_whose_items_lie_apart_both_ways_are_read()
    {
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            Check(40, 50, 30, turnsA: false, turnsB: true, gap: 5, apart: 2);
            Check(3, 50, 30, turnsA: true, turnsB: false, gap: 5, apart: 3);
        }
    }

    [Fact]
    public void Products_too_large_for_the_cache_go_by_pieces_of_B()
    {
        Check(40, 700, 3000, turnsA: false, turnsB: true, gap: 0, bias: true, activation: Activation.Relu);
        Check(40, 530, 2100, turnsA: true, turnsB: false, gap: 0, adds: true, bias: true);
        Check(29, 300_000, 4, turnsA: false, turnsB: true, gap: 0);
        Check(31, 20, 60_000, turnsA: true, turnsB: true, gap: 0);
    }

    [Fact]
    public void Any_shape_gives_the_product()
    {
        Random random = new(1);
        for (int trial = 0; trial < 150; trial++)
        {
            using var forced = KernelWidths.Force(Widths.All.ElementAt(trial % Widths.All.Count()));
            int Size() => random.Next(4) == 0 ? random.Next(1, 8) : random.Next(1, 150);
            bool Chance() => random.Next(2) == 0;
            Check(Size(), Size(), Size(), Chance(), Chance(), random.Next(4), adds: Chance(), bias: Chance(), activation: (Activation)random.Next(6), shortA: random.Next(5) == 0, shortB: random.Next(5) == 0);
        }
    }

    [Fact]
    public void Rows_of_A_may_overlap()
    {
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            using Numbers a = new(1, 200), b = new(2, 9 * 20), c = new(3, 60 * 20);
            new MatrixProduct(60, 20, 9, new Matrix(a.Floats, 3), new Matrix(b.Floats, 20), c.Floats, 20).Run();
            for (int m = 0; m < 60; m++)
            {
                for (int n = 0; n < 20; n++)
                {
                    double sum = 0;
                    for (int k = 0; k < 9; k++) sum += (double)a[m * 3 + k] * b[k * 20 + n];
                    Assert.Equal(sum, c[m * 20 + n], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void A_batch_is_its_products()
    {
        foreach (KernelWidth width in Widths.All)
        {
            using var forced = KernelWidths.Force(width);
            foreach (int size in new[] { 5, 48 })
            {
                const int count = 9;
                int items = size * size;
                using Numbers a = new(1, count * items), b = new(2, count * items), all = new(3, count * items), one = new(4, items);
                new BatchedProduct
                {
                    First = new MatrixProduct(size, size, size, new Matrix(a.Floats, size), new Matrix(b.Floats, 1, size), all.Floats, size), Count = count, AStep = items, BStep = 0, CStep = items,
                }.Run();
                for (int i = 0; i < count; i++)
                {
                    new MatrixProduct(size, size, size, new Matrix(a.Floats + i * items, size), new Matrix(b.Floats, 1, size), one.Floats, size).Run();
                    Assert.True(new ReadOnlySpan<float>(one.Floats, items).SequenceEqual(new ReadOnlySpan<float>(all.Floats + i * items, items)));
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using Numbers a = new(1, 100 * 100), b = new(2, 100 * 100), c = new(3, 100 * 100);
        MatrixProduct product = new(100, 100, 100, new Matrix(a.Floats, 1, 100), new Matrix(b.Floats, 1, 100), c.Floats, 100);
        for (int i = 0; i < 3; i++) product.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) product.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Check(int rows, int columns, int depth, bool turnsA, bool turnsB, int gap, bool adds = false, bool bias = false, Activation activation = Activation.None, bool shortA = false, bool shortB = false, int apart = 1)
    {
        using Factor a = new(1, rows, depth, turnsA, gap, apart, shortA), b = new(2, depth, columns, turnsB, gap, apart, shortB);
        int stride = columns + gap;
        using Numbers c = new(3, rows * stride), before = new(3, rows * stride), along = new(4, columns);
        new MatrixProduct(rows, columns, depth, a.Matrix, b.Matrix, c.Floats, stride) { Adds = adds, Bias = bias ? along.Floats : null, Activation = activation }.Run();
        string what = $"{KernelWidths.Current}: {rows} × {columns} × {depth}, A turned {turnsA}, B turned {turnsB}, adds {adds}, bias {bias}, {activation}, short {shortA} {shortB}";
        for (int m = 0; m < rows; m++)
        {
            for (int n = 0; n < columns; n++)
            {
                double sum = (adds ? before[m * stride + n] : 0) + (bias ? along[n] : 0), size = Math.Abs(sum) + 1;
                for (int k = 0; k < depth; k++)
                {
                    double term = (double)a.Matrix[m, k] * b.Matrix[k, n];
                    sum += term;
                    size += Math.Abs(term);
                }
                double expected = Functions.Value(activation, sum);
                Assert.True(Math.Abs(expected - c[m * stride + n]) <= 4e-7 * size, $"{what}: ({m}, {n}) is {c[m * stride + n]}, not {expected}.");
            }
            for (int n = columns; n < stride; n++) Assert.Equal(before[m * stride + n], c[m * stride + n]);
        }
    }

    private sealed class Factor : IDisposable
    {
        private readonly Numbers _numbers;
        private readonly ushort[] _halves;
        private readonly System.Runtime.InteropServices.GCHandle _pinned;

        internal Factor(int seed, int rows, int columns, bool turned, int gap, int apart, bool isShort)
        {
            (int high, int wide) = turned ? (columns, rows) : (rows, columns);
            int stride = wide * apart + gap;
            _numbers = new Numbers(seed, high * stride);
            _halves = new ushort[high * stride + 1];
            for (int i = 0; i < high * stride; i++) _halves[i] = (ushort)(BitConverter.SingleToInt32Bits(_numbers[i]) >> 16);
            _pinned = System.Runtime.InteropServices.GCHandle.Alloc(_halves, System.Runtime.InteropServices.GCHandleType.Pinned);
            Matrix matrix = isShort ? Matrix.OfBFloat16((ushort*)_pinned.AddrOfPinnedObject(), stride, apart) : new Matrix(_numbers.Floats, stride, apart);
            Matrix = turned ? matrix.Transposed : matrix;
        }

        internal Matrix Matrix { get; }

        public void Dispose()
        {
            _numbers.Dispose();
            _pinned.Free();
        }
    }
}
