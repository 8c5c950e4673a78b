namespace MLPipelines.Tensors.Tests.Operations;

/// <summary>Every operation by the name that torch_values.py gives it.</summary>
internal static class OperationCases
{
    internal static readonly Dictionary<string, Func<Tensor[], Tensor>> All = new(StringComparer.Ordinal)
    {
        ["add"] = x => x[0] + x[1],
        ["subtract"] = x => x[0] - x[1],
        ["multiply"] = x => x[0] * x[1],
        ["divide"] = x => x[0] / x[1],
        ["power"] = x => x[0].Pow(x[1]),
        ["maximum"] = x => x[0].Maximum(x[1]),
        ["minimum"] = x => x[0].Minimum(x[1]),
        ["clamp"] = x => x[0].Clamp(-0.5f, 0.7f),
        ["where"] = x => Tensor.Where(x[0] > x[1], x[0] * 2, x[1]),
        ["greater"] = x => (x[0] > x[1]) + x[0] * 0,
        ["negate"] = x => -x[0],
        ["exp"] = x => x[0].Exp(),
        ["log"] = x => x[0].Log(),
        ["sqrt"] = x => x[0].Sqrt(),
        ["square"] = x => x[0].Square(),
        ["abs"] = x => x[0].Abs(),
        ["sin"] = x => x[0].Sin(),
        ["cos"] = x => x[0].Cos(),
        ["relu"] = x => x[0].Relu(),
        ["gelu"] = x => x[0].Gelu(),
        ["gelu by tanh"] = x => x[0].Activate(Activation.GeluTanh),
        ["silu"] = x => x[0].Silu(),
        ["tanh"] = x => x[0].Tanh(),
        ["sigmoid"] = x => x[0].Sigmoid(),

        ["sum"] = x => x[0].Sum(),
        ["sum of axes"] = x => x[0].Sum([0, 2]),
        ["sum kept"] = x => x[0].Sum([-2], keep: true),
        ["mean"] = x => x[0].Mean([0, 1, 2]),
        ["max"] = x => x[0].Max(1),
        ["argmax"] = x => x[0].ArgMax(1).To(ElementType.Float32) + 0 * x[0].Sum([1]),
        ["variance"] = x => x[0].Variance([0, 1]),
        ["log sum exp"] = x => x[0].LogSumExp(1),
        ["softmax"] = x => x[0].Softmax(),
        ["softmax of an axis"] = x => x[0].Softmax(1),
        ["log softmax"] = x => x[0].LogSoftmax(),

        ["matmul"] = x => x[0].MatMul(x[1]),
        ["matmul of batches"] = x => x[0].MatMul(x[1]),
        ["matmul repeated"] = x => x[0].MatMul(x[1]),
        ["matmul transposed"] = x => x[0].Transpose().MatMul(x[1].Transpose()),
        ["linear"] = x => x[0].Linear(x[1], x[2]),
        ["linear with relu"] = x => x[0].Linear(x[1], x[2], Activation.Relu),
        ["linear with gelu"] = x => x[0].Linear(x[1], x[2], Activation.Gelu),
        ["linear without bias"] = x => x[0].Linear(x[1]),

        ["reshape"] = x => x[0].Reshape(4, -1) * 2,
        ["transpose"] = x => x[0].Transpose(0, 2) * 2,
        ["permute"] = x => x[0].Permute(2, 0, 1) * 2,
        ["expand"] = x => x[0].Expand([2, 3, 4]) * 2,
        ["slice"] = x => x[0].Slice(1, 1, 2) * 2,
        ["select"] = x => x[0].Select(1, 2) * 2,
        ["concat"] = x => Tensor.Concat(1, x[0], x[1], x[0]),
        ["stack"] = x => Tensor.Stack(-1, x[0], x[1]),
        ["split"] = x => x[0].Split(1, 1, 3)[0] * x[0].Split(1, 1, 3)[1],
        ["index select"] = x => x[0].IndexSelect(1, x[1]),
        ["gather"] = x => x[0].Gather(1, x[1]),
        ["scatter add"] = x => x[0].ScatterAdd(1, x[1], x[2]),
        ["embedding"] = x => x[0].Embed(x[1]),

        ["attention"] = x => x[0].Attention(x[1], x[2]),
        ["attention masked"] = x => x[0].Attention(x[1], x[2], Hidden()),
        ["attention causal"] = x => x[0].Attention(x[1], x[2], isCausal: true),
        ["attention causal with dropout"] = x => x[0].Attention(x[1], x[2], isCausal: true, dropout: 1e-9f, random: new RandomSource(1)),

        ["cross entropy"] = x => x[0].CrossEntropy(x[1]),
        ["cross entropy smoothed"] = x => x[0].CrossEntropy(x[1], smoothing: 0.1f),
        ["cross entropy weighted"] = x => x[0].CrossEntropy(x[1], x[2].Detach(), 0.2f),
        ["cross entropy left out"] = x => x[0].CrossEntropy(x[1]),
        ["cross entropy left out weighted"] = x => x[0].CrossEntropy(x[1], x[2].Detach()),
        ["cross entropy of distributions"] = x => x[0].CrossEntropyOfDistributions(x[1].Detach(), smoothing: 0.1f),
        ["shared"] = x => x[0] * x[0] + x[0],
    };

    /// <summary>The last two of five keys of the first example are hidden.</summary>
    private static Tensor Hidden()
    {
        const float No = float.NegativeInfinity;
        return Tensor.From([0, 0, 0, No, No, 0, 0, 0, 0, 0], [2, 1, 1, 5]);
    }
}
