namespace MLPipelines.Tensors.Autograd;

/// <summary>
/// The table of derivatives: a row per operation, with one function per input. A is the first input, B the second, g the derivative of the
/// loss by the output. What an input was repeated along is summed over by the tape, so that no row speaks of it.
/// </summary>
internal static class Derivatives
{
    internal static readonly Operation Add = new("add", (n, g) => g, (n, g) => g);
    internal static readonly Operation Subtract = new("subtract", (n, g) => g, (n, g) => -g);
    internal static readonly Operation Multiply = new("multiply", (n, g) => g * n.B, (n, g) => g * n.A);
    internal static readonly Operation Divide = new("divide", (n, g) => g / n.B, (n, g) => -g * n.Output / n.B);
    internal static readonly Operation Power = new("power", (n, g) => g * n.B * n.A.Pow(n.B - 1), (n, g) => g * n.Output * n.A.Log());
    internal static readonly Operation Maximum = new("maximum", (n, g) => g * (n.A >= n.B), (n, g) => g * (n.B > n.A));
    internal static readonly Operation Minimum = new("minimum", (n, g) => g * (n.A <= n.B), (n, g) => g * (n.B < n.A));
    internal static readonly Operation Where = new("where", null, (n, g) => Tensor.Where(n.A, g, 0), (n, g) => Tensor.Where(n.A, 0, g));

    internal static readonly Operation Negate = new("negate", (n, g) => -g);
    internal static readonly Operation Exp = new("exp", (n, g) => g * n.Output);
    internal static readonly Operation Log = new("log", (n, g) => g / n.A);
    internal static readonly Operation Sqrt = new("sqrt", (n, g) => g / (2 * n.Output));
    internal static readonly Operation Square = new("square", (n, g) => g * 2 * n.A);
    internal static readonly Operation Abs = new("abs", (n, g) => g * n.A.Sign());
    internal static readonly Operation Sin = new("sin", (n, g) => g * n.A.Cos());
    internal static readonly Operation Cos = new("cos", (n, g) => -g * n.A.Sin());
    internal static readonly Operation Activate = new("activate", (n, g) => Tensor.ActivateGradient(n.With.Activation, n.A, n.Output, g));
    internal static readonly Operation Dropout = new("dropout", (n, g) => g.Dropout(n.With.Number, n.With.Stream));

    internal static readonly Operation Sum = new("sum", (n, g) => g.Reshape(n.With.Shape).Expand(n.A.Shape));
    internal static readonly Operation Softmax = new("softmax", (n, g) => Tensor.SoftmaxGradient(n.Output, g, n.With.Flag));
    internal static readonly Operation CrossEntropy = new("cross entropy", (n, g) => n.With.Saved * g);

    internal static readonly Operation MatMul = new("matmul", (n, g) => g.MatMul(n.B.Transpose()), (n, g) => n.A.Transpose().MatMul(g));
    internal static readonly Operation Linear = new("linear", (n, g) => g.MatMul(n.B), (n, g) => g.AsRows().Transpose().MatMul(n.A.AsRows()), (n, g) => g);

    internal static readonly Operation Convolve = new("convolve", (n, g) =>
    {
        if (n.Wants(0)) n.Give(0, Tensor.ConvolveInputGradient(n.With.Convolution, n.A, n.B, g));
        if (!n.Wants(1) && !n.Wants(2)) return;
        (Tensor weight, Tensor bias) = Tensor.ConvolveWeightGradients(n.With.Convolution, n.A, n.B, n.C, g);
        n.Give(1, weight);
        n.Give(2, bias);
    });
    internal static readonly Operation BatchNorm = new("batch norm", (n, g) => Tensor.BatchNormGradients(n, g, isKnown: false));
    internal static readonly Operation BatchNormByKnown = new("batch norm by known", (n, g) => Tensor.BatchNormGradients(n, g, isKnown: true));
    internal static readonly Operation GroupNorm = new("group norm", Tensor.GroupNormGradients);
    internal static readonly Operation Attention = new("attention", Tensor.AttentionGradients);
    internal static readonly Operation Lstm = new("lstm", Tensor.LstmGradients);
    internal static readonly Operation Gru = new("gru", Tensor.GruGradients);
    internal static readonly Operation MaxPool = new("max pool", (n, g) => Tensor.MaxPoolGradient(n.With.Pooling, n.A, n.With.Saved, g));
    internal static readonly Operation AveragePool = new("average pool", (n, g) => Tensor.AveragePoolGradient(n.With.Pooling, n.A, n.With.Flag, g));

    internal static readonly Operation Copy = new("copy", (n, g) => g);
    internal static readonly Operation Reshape = new("reshape", (n, g) => g.Reshape(n.A.Shape));
    internal static readonly Operation Permute = new("permute", (n, g) => g.Permute(n.With.Shape.AsSpan()));
    internal static readonly Operation Slice = new("slice", (n, g) => n.GivePart(0, g, n.With.Axis, n.With.Start));
    internal static readonly Operation Concat = new("concat", (n, g) =>
    {
        for (int i = 0, start = 0; i < n.Inputs.Length; start += n.Inputs[i++].Shape[n.With.Axis])
            n.Give(i, g.Slice(n.With.Axis, start, n.Inputs[i].Shape[n.With.Axis]));
    });

    internal static readonly Operation IndexSelect = new("index select", (n, g) => g.AddLines(n.A.Shape, n.With.Axis, n.B));
    internal static readonly Operation Embed = new("embed", (n, g) =>
    {
        if (n.With.Flag && n.A.Cell.Node is null) n.A.GiveRows(n.B, g);
        else n.Give(0, g.AddLines(n.A.Shape, 0, n.B));
    });
    internal static readonly Operation Gather = new("gather", (n, g) => Tensor.Zeros(n.A.Shape, g.Device).ScatterAdd(n.With.Axis, n.B, g));
    internal static readonly Operation ScatterAdd = new("scatter add", (n, g) => g, null, (n, g) => g.Gather(n.With.Axis, n.B));

    /// <summary>What has no derivative: comparisons, signs, indices.</summary>
    internal static readonly Operation Constant = new("constant");
}
