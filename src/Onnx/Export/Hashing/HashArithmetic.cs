using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Hashing;

/// <summary>
/// <see cref="Data.MurmurHash"/> in whole numbers: ONNX has operations on bits only from version 18 on. Numbers of 32 bits are 64-bit integers that are not
/// negative; products are taken in halves so that none overflows, and exclusive or looks up pairs of four bits.
/// </summary>
internal sealed class HashArithmetic(GraphBuilder graph)
{
    private const long Word = 1L << 32, Half = 1 << 16;

    internal GraphBuilder Graph => graph;

    internal GraphValue Whole(long number) => graph.Scalar(number);

    /// <summary>The remainder of numbers that are not negative.</summary>
    internal GraphValue Remainder(GraphValue a, long divisor) => graph.Subtract(a, graph.Multiply(graph.Divide(a, Whole(divisor)), Whole(divisor)));

    /// <summary>What a block of 32 bits adds to a hash.</summary>
    internal GraphValue Scramble(GraphValue block) => Times(Rotate(Times(block, 0xCC9E2D51), 15), 0x1B873593);

    /// <summary>Takes a scrambled block into hashes.</summary>
    internal GraphValue Take(GraphValue hash, GraphValue scrambled) =>
        Remainder(graph.Add(graph.Multiply(Rotate(Xor(hash, scrambled), 13), Whole(5)), Whole(0xE6546B64)), Word);

    internal GraphValue Round(GraphValue hash, GraphValue block) => Take(hash, Scramble(block));

    internal GraphValue Finish(GraphValue hash)
    {
        hash = Times(XorShifted(hash, 16), 0x85EBCA6B);
        hash = Times(XorShifted(hash, 13), 0xC2B2AE35);
        return XorShifted(hash, 16);
    }

    private GraphValue XorShifted(GraphValue a, int bits) => Xor(a, graph.Divide(a, Whole(1L << bits)));

    private GraphValue Times(GraphValue a, long factor)
    {
        GraphValue high = graph.Divide(a, Whole(Half)), low = Remainder(a, Half);
        return Remainder(graph.Add(graph.Multiply(Remainder(graph.Multiply(high, Whole(factor)), Half), Whole(Half)), graph.Multiply(low, Whole(factor))), Word);
    }

    private GraphValue Rotate(GraphValue a, int bits) =>
        graph.Add(Remainder(graph.Multiply(a, Whole(1L << bits)), Word), graph.Divide(a, Whole(1L << (32 - bits))));

    private GraphValue Xor(GraphValue a, GraphValue b)
    {
        GraphValue powers = graph.Constant<long>([.. Enumerable.Range(0, 8).Select(i => 1L << (4 * i))], 8);
        GraphValue Digits(GraphValue number) => Remainder(graph.Divide(graph.Unsqueeze(number, number.Rank), powers), 16);
        GraphValue pairs = graph.Add(graph.Multiply(Digits(a), Whole(16)), Digits(b));
        GraphValue table = graph.Constant<long>([.. Enumerable.Range(0, 256).Select(i => (long)((i >> 4) ^ (i & 15)))], 256);
        GraphValue digits = graph.Gather(table, pairs);
        return graph.ReduceSum(graph.Multiply(digits, powers), axis: digits.Rank - 1, keepsAxis: false);
    }
}
