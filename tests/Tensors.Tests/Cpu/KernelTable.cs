using MLPipelines.Tensors.Cpu;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>
/// Every vector kernel: how it is called with the current width on numbers of a seed, and what it has to give, worked out in double precision from its definition. Derivatives are
/// differences of the definition.
/// </summary>
internal static unsafe class KernelTable
{
    internal sealed record Outcome(float[] Found, double[] Expected);

    internal static Dictionary<string, Func<int, int, Outcome>> All { get; } = Make();

    private static Dictionary<string, Func<int, int, Outcome>> Make()
    {
        Dictionary<string, Func<int, int, Outcome>> table = [];
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            table[$"{activation}"] = (rows, columns) => Map(rows * columns, 4, (x, y, n) => ActivationKernels.Run(activation, x, y, n), x => Functions.Value(activation, x));
            table[$"{activation} derivative"] = (rows, columns) => ActivationDerivative(activation, rows * columns);
        }
        table["negate"] = Unary(UnaryFunction.Negate, x => -x);
        table["exp"] = Unary(UnaryFunction.Exp, Math.Exp);
        table["abs"] = Unary(UnaryFunction.Abs, Math.Abs);
        table["square"] = Unary(UnaryFunction.Square, x => x * x);
        table["sign"] = Unary(UnaryFunction.Sign, x => Math.Sign(x));
        table["log"] = Unary(UnaryFunction.Log, Math.Log, 0.1f);
        table["sqrt"] = Unary(UnaryFunction.Sqrt, Math.Sqrt, 0);
        Binary(table, BinaryFunction.Add, (a, b) => a + b);
        Binary(table, BinaryFunction.Subtract, (a, b) => a - b);
        Binary(table, BinaryFunction.Multiply, (a, b) => a * b);
        Binary(table, BinaryFunction.Divide, (a, b) => a / b);
        Binary(table, BinaryFunction.Maximum, Math.Max);
        Binary(table, BinaryFunction.Minimum, Math.Min);
        Binary(table, BinaryFunction.Greater, (a, b) => a > b ? 1 : 0);
        Binary(table, BinaryFunction.GreaterOrEqual, (a, b) => a >= b ? 1 : 0);
        Binary(table, BinaryFunction.Equal, (a, b) => a == b ? 1 : 0);
        table["select"] = Select;
        table["sum of rows"] = (rows, columns) => Sum(rows, columns, 1);
        table["sum of columns"] = (rows, columns) => Sum(1, rows, columns);
        table["sum of the middle"] = (rows, columns) => Sum(3, rows, columns);
        table["sum of tall columns"] = (rows, columns) => Sum(2, 300 + rows, columns);
        foreach (bool isLog in new[] { false, true })
        {
            table[isLog ? "log softmax" : "softmax"] = (rows, columns) => Rows(rows, columns, 5, (x, y) => SoftmaxKernels.Run(x, y, rows, columns, isLog), x => Softmax(x, isLog));
            table[(isLog ? "log softmax" : "softmax") + " derivative"] = (rows, columns) => SoftmaxDerivative(rows, columns, isLog);
        }
        foreach (bool weighted in new[] { false, true })
        {
            foreach (float smoothing in new[] { 0, 0.1f })
            {
                foreach (bool byClass in new[] { false, true })
                    table[$"cross-entropy, by class {byClass}, weighted {weighted}, smoothing {smoothing > 0}"] = (rows, columns) => CrossEntropy(rows, columns, byClass, weighted, smoothing);
            }
        }
        table["layer normalization"] = (rows, columns) => Normalization(new GroupSize(rows, 1, 1, columns), true);
        table["layer normalization without scales"] = (rows, columns) => Normalization(new GroupSize(rows, 1, 1, columns), false);
        table["group normalization"] = (rows, columns) => Normalization(new GroupSize(2, rows, 2, columns), true);
        table["uniform numbers"] = (rows, columns) => Drawn(rows * columns * 9, dropped: false);
        table["dropout"] = (rows, columns) => Drawn(rows * columns * 9, dropped: true);
        table["select lines"] = (rows, columns) => Lines(rows, columns, adds: false);
        table["add lines"] = (rows, columns) => Lines(rows, columns, adds: true);
        table["transposed"] = (rows, columns) => Turned([rows, columns], [1, rows]);
        table["channels last"] = (rows, columns) => Turned([3, 2, rows, columns], [2 * rows * columns, rows, 1, 2 * rows]);
        table["axes changed"] = (rows, columns) => Turned([rows, 3, columns, 2], [1, rows, 3 * rows, 3 * rows * columns]);
        table["bytes to numbers"] = (rows, columns) => Converted(rows * columns, ElementType.UInt8, i => (byte)(i * 37));
        table["bfloat16 to numbers"] = (rows, columns) => Converted(rows * columns, ElementType.BFloat16, i => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(i - 7.25f) & ~0xFFFF));
        table["long short-term memory"] = Lstm;
        table["gated recurrent unit"] = Gru;
        return table;
    }

    /// <summary>Σ w f(x) by differences with respect to some of the x.</summary>
    internal static double[] Differences(Func<double[], double[]> function, double[] at, double[] weights, IEnumerable<int>? which = null)
    {
        const double step = 1e-5;
        return [.. (which ?? Enumerable.Range(0, at.Length)).Select(i =>
        {
            double before = at[i];
            at[i] = before + step;
            double above = Weighted(function(at), weights);
            at[i] = before - step;
            double below = Weighted(function(at), weights);
            at[i] = before;
            return (above - below) / (2 * step);
        })];
    }

    private static double Weighted(double[] values, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += values[i] * weights[i];
        return sum;
    }

    internal static double[] Doubles(Numbers numbers) => [.. numbers.Span.ToArray().Select(x => (double)x)];

    private delegate void Kernel(float* x, float* y, int count);

    private delegate void RowKernel(float* x, float* y);

    private static Func<int, int, Outcome> Unary(UnaryFunction function, Func<double, double> exact, float low = -4) =>
        (rows, columns) => Map(rows * columns, 4, (x, y, n) => UnaryKernels.Run(function, x, y, n), exact, low);

    private static Outcome Map(int count, float high, Kernel kernel, Func<double, double> exact, float? low = null)
    {
        using Numbers x = new(1, count, low ?? -high, high), y = new(2, count);
        kernel(x.Floats, y.Floats, count);
        return new(y.Span.ToArray(), [.. Doubles(x).Select(exact)]);
    }

    private static Outcome Rows(int rows, int columns, float high, RowKernel kernel, Func<double[], double[]> exact)
    {
        using Numbers x = new(1, rows * columns, -high, high), y = new(2, rows * columns);
        kernel(x.Floats, y.Floats);
        return new(y.Span.ToArray(), [.. Doubles(x).Chunk(columns).SelectMany(exact)]);
    }

    private static Outcome ActivationDerivative(Activation activation, int count)
    {
        using Numbers x = new(1, count, -4, 4), input = new(1, count, -4, 4), dy = new(2, count), dx = new(3, count);
        if (activation is Activation.Relu or Activation.Tanh or Activation.Sigmoid) ActivationKernels.Run(activation, x.Floats, input.Floats, count);
        ActivationKernels.Gradient(activation, input.Floats, dy.Floats, dx.Floats, count);
        return new(dx.Span.ToArray(), [.. Enumerable.Range(0, count).Select(i => dy[i] * Functions.Derivative(activation, x[i]))]);
    }

    private static void Binary(Dictionary<string, Func<int, int, Outcome>> table, BinaryFunction function, Func<double, double, double> exact)
    {
        table[$"{function}"] = (rows, columns) => Binary(function, exact, rows, columns, (columns, 1), (columns, 1));
        table[$"{function}, a row along all"] = (rows, columns) => Binary(function, exact, rows, columns, (columns, 1), (0, 1));
        table[$"{function}, all along a row"] = (rows, columns) => Binary(function, exact, rows, columns, (0, 1), (columns, 1));
        table[$"{function}, one per row"] = (rows, columns) => Binary(function, exact, rows, columns, (columns, 1), (1, 0));
        table[$"{function}, one with all"] = (rows, columns) => Binary(function, exact, rows, columns, (0, 0), (columns, 1));
        table[$"{function}, one with one"] = (rows, columns) => Binary(function, exact, rows, columns, (0, 0), (1, 0));
        table[$"{function}, transposed"] = (rows, columns) => Binary(function, exact, rows, columns, (1, rows), (columns, 1));
    }

    private static Outcome Binary(BinaryFunction function, Func<double, double, double> exact, int rows, int columns, (int Row, int Column) left, (int Row, int Column) right)
    {
        using Numbers a = new(1, rows * columns), b = new(2, rows * columns), y = new(3, rows * columns);
        if (function == BinaryFunction.Equal) b.Span[0] = a[0];
        StridedPair way = new(Shape.OfAny([rows, columns]), Shape.OfAny([left.Row, left.Column]), Shape.OfAny([right.Row, right.Column]));
        BinaryKernels.Run(function, a.Floats, b.Floats, y.Floats, way);
        return new(y.Span.ToArray(), [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select exact(a[i * left.Row + j * left.Column], b[i * right.Row + j * right.Column])]);
    }

    private static Outcome Select(int rows, int columns)
    {
        int count = rows * columns;
        using Numbers mask = new(4, count), a = new(1, count), b = new(2, count), y = new(3, count);
        for (int i = 0; i < count; i++) mask.Span[i] = mask[i] > 0 ? 1 : 0;
        BinaryKernels.Select(mask.Floats, a.Floats, b.Floats, y.Floats, count);
        return new(y.Span.ToArray(), [.. Enumerable.Range(0, count).Select(i => (double)(mask[i] != 0 ? a[i] : b[i]))]);
    }

    private static Outcome Sum(int outer, int count, int inner)
    {
        using Numbers x = new(1, outer * count * inner), y = new(2, outer * inner);
        // Sums of sixty-fourths are exact in any order.
        foreach (ref float number in x.Span) number = MathF.Round(number * 64) / 64;
        SumKernels.Run(x.Floats, y.Floats, outer, count, inner);
        return new(y.Span.ToArray(), [.. from o in Enumerable.Range(0, outer) from i in Enumerable.Range(0, inner) select Enumerable.Range(0, count).Sum(k => (double)x[(o * count + k) * inner + i])]);
    }

    private static double[] Softmax(double[] x, bool isLog)
    {
        double log = Math.Log(x.Sum(Math.Exp));
        return [.. x.Select(v => isLog ? v - log : Math.Exp(v - log))];
    }

    private static Outcome SoftmaxDerivative(int rows, int columns, bool isLog)
    {
        using Numbers x = new(1, rows * columns, -2, 2), y = new(2, rows * columns), dy = new(3, rows * columns), dx = new(4, rows * columns);
        SoftmaxKernels.Run(x.Floats, y.Floats, rows, columns, isLog);
        SoftmaxKernels.Gradient(y.Floats, dy.Floats, dx.Floats, rows, columns, isLog);
        double[][] weights = [.. Doubles(dy).Chunk(columns)];
        return new(dx.Span.ToArray(), [.. Doubles(x).Chunk(columns).SelectMany((row, i) => Differences(v => Softmax(v, isLog), row, weights[i]))]);
    }

    private static Outcome CrossEntropy(int rows, int columns, bool byClass, bool weighted, float smoothing)
    {
        using Numbers x = new(1, rows * columns, -3, 3), soft = new(2, rows * columns, 0, 1), weights = new(3, columns, 0.5f, 2), dx = new(4, rows * columns);
        long[] classes = [.. Enumerable.Range(0, rows).Select(row => (long)(row * 7 % columns))];
        float loss;
        fixed (long* known = classes) CrossEntropyKernels.Run(x.Floats, byClass ? known : soft.Floats, byClass, weighted ? weights.Floats : null, smoothing, &loss, dx.Floats, rows, columns);
        double[] Loss(double[] all)
        {
            double sum = 0, divisor = byClass && weighted ? classes.Sum(known => (double)weights[(int)known]) : rows;
            for (int row = 0; row < rows; row++)
            {
                double[] logs = Softmax(all[(row * columns)..((row + 1) * columns)], isLog: true);
                for (int i = 0; i < columns; i++)
                {
                    double target = byClass ? i == classes[row] ? 1 : 0 : soft[row * columns + i];
                    sum -= (smoothing / columns + (1 - smoothing) * target) * (weighted ? weights[i] : 1) * logs[i];
                }
            }
            return [sum / divisor];
        }
        double[] at = Doubles(x);
        return new([loss, .. dx.Span], [Loss(at)[0], .. Differences(Loss, at, [1])]);
    }

    private static Outcome Normalization(GroupSize size, bool affine)
    {
        int count = size.Outer * size.Item, channels = size.Channels, groups = size.Outer * size.Groups;
        using Numbers x = new(1, count), gamma = new(2, channels), beta = new(3, channels), dy = new(4, count), y = new(5, count), dx = new(6, count), dGamma = new(7, channels), dBeta = new(8, channels);
        using Numbers mean = new(9, groups), scale = new(10, groups);
        float* g = affine ? gamma.Floats : null, b = affine ? beta.Floats : null;
        GroupNormalization.Forward(size, x.Floats, g, b, 0.1f, y.Floats, mean.Floats, scale.Floats);
        GroupNormalization.Backward(size, x.Floats, dy.Floats, g, mean.Floats, scale.Floats, dx.Floats, affine ? dGamma.Floats : null, affine ? dBeta.Floats : null);
        double[] Exact(double[] all)
        {
            double[] result = new double[count];
            for (int group = 0; group < groups; group++)
            {
                int[] members = [.. Enumerable.Range(0, count).Where(i => i / size.Item * size.Groups + i % channels / size.Width == group)];
                double mu = members.Average(i => all[i]), variance = members.Average(i => (all[i] - mu) * (all[i] - mu));
                foreach (int i in members)
                {
                    result[i] = (all[i] - mu) / Math.Sqrt(variance + 0.1);
                    if (affine) result[i] = result[i] * all[count + i % channels] + all[count + channels + i % channels];
                }
            }
            return result;
        }
        double[] at = [.. Doubles(x), .. Doubles(gamma), .. Doubles(beta)];
        float[] found = affine ? [.. y.Span, .. dx.Span, .. dGamma.Span, .. dBeta.Span] : [.. y.Span, .. dx.Span];
        double[] slopes = Differences(Exact, at, Doubles(dy), Enumerable.Range(0, affine ? count + 2 * channels : count));
        return new(found, [.. Exact(at), .. slopes]);
    }

    private static Outcome Drawn(int count, bool dropped)
    {
        RandomStream stream = new(12345678901234567890, 4294967290);
        using Numbers x = new(1, count), y = new(2, count);
        if (dropped) RandomKernels.Dropout(x.Floats, y.Floats, count, stream, 0.3f);
        else RandomKernels.Uniform(y.Floats, count, stream, -2, 3);
        return new(y.Span.ToArray(), [.. Enumerable.Range(0, count).Select(i =>
        {
            (uint a, uint b, uint c, uint d) = stream.Block(i / 4);
            float drawn = Philox.ToSingle(new[] { a, b, c, d }[i % 4]);
            return dropped ? drawn < 0.3f ? 0 : x[i] / 0.7 : -2 + 5 * (double)drawn;
        })]);
    }

    private static Outcome Lines(int count, int inner, bool adds)
    {
        const int outer = 2, size = 3;
        using Numbers table = new(1, outer * size * inner), lines = new(2, outer * count * inner);
        long[] indices = [.. Enumerable.Range(0, count).Select(i => (long)(i * 2 % size))];
        double[] expected = KernelTable.Doubles(adds ? table : lines);
        for (int i = 0; i < outer * count * inner; i++)
        {
            int at = (int)(i / inner / count * size + indices[i / inner % count]) * inner + i % inner;
            if (adds) expected[at] += lines[i];
            else expected[i] = table[at];
        }
        fixed (long* at = indices)
        {
            if (adds) IndexKernels.AddLines(new Lines(outer, size, inner, count), lines.Floats, at, table.Floats);
            else IndexKernels.SelectLines(new Lines(outer, size, inner, count), table.Floats, at, lines.Floats);
        }
        return new((adds ? table : lines).Span.ToArray(), expected);
    }

    private static Outcome Turned(int[] sizes, int[] strides)
    {
        int count = sizes.Aggregate(1, (a, b) => a * b);
        using Numbers x = new(1, count), y = new(2, count);
        StridedCopy.Run(x.Floats, y.Floats, sizeof(float), new Strided(Shape.OfAny(sizes), Shape.OfAny(strides)));
        return new(y.Span.ToArray(), [.. Enumerable.Range(0, count).Select(i =>
        {
            int at = 0;
            for (int axis = sizes.Length - 1; axis >= 0; i /= sizes[axis--]) at += i % sizes[axis] * strides[axis];
            return (double)x[at];
        })]);
    }

    private static Outcome Converted(int count, ElementType from, Func<int, float> value)
    {
        using Numbers y = new(1, count);
        byte[] bytes = new byte[count * from.Size()];
        for (int i = 0; i < count; i++)
        {
            if (from == ElementType.UInt8) bytes[i] = (byte)value(i);
            else BitConverter.TryWriteBytes(bytes.AsSpan(2 * i), (ushort)(BitConverter.SingleToInt32Bits(value(i)) >> 16));
        }
        fixed (byte* x = bytes) Conversions.Run(x, from, y.Floats, ElementType.Float32, count);
        return new(y.Span.ToArray(), [.. Enumerable.Range(0, count).Select(i => (double)value(i))]);
    }

    private static Outcome Lstm(int batch, int size)
    {
        int count = batch * size;
        using Numbers sums = new(1, 4 * count, -3, 3), gates = new(1, 4 * count, -3, 3), before = new(2, count), cell = new(3, count), hidden = new(4, count);
        using Numbers dHidden = new(5, count), dCell = new(6, count), dGates = new(7, 4 * count), dBefore = new(8, count);
        LstmCell.Forward(batch, size, gates.Floats, before.Floats, cell.Floats, hidden.Floats);
        LstmCell.Backward(batch, size, gates.Floats, before.Floats, cell.Floats, dHidden.Floats, dCell.Floats, dGates.Floats, dBefore.Floats);
        double[] Exact(double[] all)
        {
            double[] result = new double[2 * count];
            for (int i = 0; i < count; i++)
            {
                int at = i / size * 4 * size + i % size;
                double c = Sigmoid(all[at + size]) * all[4 * count + i] + Sigmoid(all[at]) * Math.Tanh(all[at + 2 * size]);
                (result[i], result[count + i]) = (Sigmoid(all[at + 3 * size]) * Math.Tanh(c), c);
            }
            return result;
        }
        double[] from = [.. Doubles(sums), .. Doubles(before)];
        return new([.. hidden.Span, .. cell.Span, .. dGates.Span, .. dBefore.Span], [.. Exact(from), .. Differences(Exact, from, [.. Doubles(dHidden), .. Doubles(dCell)])]);
    }

    private static Outcome Gru(int batch, int size)
    {
        int count = batch * size;
        using Numbers x = new(1, 3 * count, -3, 3), h = new(2, 3 * count, -3, 3), before = new(3, count), gates = new(4, 3 * count), hidden = new(5, count), dHidden = new(6, count);
        using Numbers dx = new(7, 3 * count), dh = new(8, 3 * count), dBefore = new(9, count);
        GruCell.Forward(batch, size, x.Floats, h.Floats, before.Floats, gates.Floats, hidden.Floats);
        GruCell.Backward(batch, size, gates.Floats, h.Floats, before.Floats, dHidden.Floats, dx.Floats, dh.Floats, dBefore.Floats);
        double[] Exact(double[] all)
        {
            double[] result = new double[count];
            for (int i = 0; i < count; i++)
            {
                int at = i / size * 3 * size + i % size, other = 3 * count + at;
                double r = Sigmoid(all[at] + all[other]), z = Sigmoid(all[at + size] + all[other + size]), n = Math.Tanh(all[at + 2 * size] + r * all[other + 2 * size]);
                result[i] = (1 - z) * n + z * all[6 * count + i];
            }
            return result;
        }
        double[] from = [.. Doubles(x), .. Doubles(h), .. Doubles(before)];
        return new([.. hidden.Span, .. dx.Span, .. dh.Span, .. dBefore.Span], [.. Exact(from), .. Differences(Exact, from, Doubles(dHidden))]);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
