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
    internal static readonly Operation Negate = new("negate", (n, g) => -g);
    internal static readonly Operation Activate = new("activate", (n, g) => Tensor.ActivateGradient(n.With.Activation, n.A, n.Output, g));

    internal static readonly Operation Sum = new("sum", (n, g) => g.Reshape(n.With.Kept).Expand(n.A.Shape));

    internal static readonly Operation MatMul = new("matmul", (n, g) => g.MatMul(n.B.Transpose()), (n, g) => n.A.Transpose().MatMul(g));
    internal static readonly Operation Reshape = new("reshape", (n, g) => g.Reshape(n.A.Shape));
    internal static readonly Operation Transpose = new("transpose", (n, g) => g.Transpose(n.With.Axis, n.With.Axis2));
    internal static readonly Operation Expand = new("expand", (n, g) => g);
    internal static readonly Operation Copy = new("copy", (n, g) => g);
}
