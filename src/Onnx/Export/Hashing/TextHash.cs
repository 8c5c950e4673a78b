using MLPipelines.Onnx.Export.Text;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Hashing;

/// <summary>Hashes of texts: characters become their codes, these become UTF-8, and a loop takes four bytes after the other.</summary>
internal static class TextHash
{
    /// <summary>The hashes of texts and whether they are empty, both [texts, 1].</summary>
    /// <param name="arithmetic">Whole numbers.</param>
    /// <param name="texts">Of any shape.</param>
    /// <param name="seeds">One per text, [texts, 1].</param>
    /// <param name="isReversed">Whether the bytes of a character come last one first, and halves of pairs are characters.</param>
    internal static (GraphValue Hashes, GraphValue AreEmpty) Of(HashArithmetic arithmetic, GraphValue texts, GraphValue seeds, bool isReversed)
    {
        GraphBuilder graph = arithmetic.Graph;
        graph.RequireOpset(11, "CumSum");
        GraphValue codes = CharacterCodes.Of(graph, texts), zero = arithmetic.Whole(0);
        GraphValue isThere = graph.Greater(codes, zero);
        // Spaces at the ends do not count.
        GraphValue isInk = graph.Cast(graph.And(isThere, graph.Not(graph.Equal(codes, arithmetic.Whole(' ')))), TensorType.Int64);
        GraphValue HasInk(bool after) => graph.Greater(graph.Node("CumSum", TensorType.Int64, [-1, -1], [isInk, arithmetic.Whole(1)], ("reverse", after)), zero);
        GraphValue kept = graph.Where(graph.And(HasInk(after: false), HasInk(after: true)), codes, zero);
        // Bytes are one more than they are, so that a place without one is 0.
        GraphValue bytes = NumberRows.Compact(graph, NumberRows.Flatten(graph, Utf8(arithmetic, isReversed ? CharacterCodes.Halves(graph, kept) : kept, isReversed)));
        GraphValue length = graph.ReduceSum(graph.Cast(graph.Greater(bytes, zero), TensorType.Int64));
        GraphValue values = graph.Max(graph.Subtract(bytes, arithmetic.Whole(1)), zero);
        GraphValue fours = graph.Node("Reshape", TensorType.Int64, [-1, -1, 4], [values, graph.Concat([graph.Slice(graph.ShapeOf(values), 0, 0, 1), graph.Constant([-1L, 4], 2)], axis: 0)]);
        GraphValue blocks = graph.ReduceSum(graph.Multiply(fours, graph.Constant([1L, 1 << 8, 1 << 16, 1 << 24], 4)), axis: 2, keepsAxis: false);
        GraphValue hashes = Rounds(arithmetic, seeds, arithmetic.Scramble(blocks), length);
        GraphValue areEmpty = graph.Equal(graph.ReduceSum(graph.Cast(isThere, TensorType.Int64)), zero);
        return (arithmetic.Finish(arithmetic.Round(hashes, length)), areEmpty);
    }

    /// <summary>Up to four bytes for each code, one more than they are.</summary>
    private static GraphValue Utf8(HashArithmetic arithmetic, GraphValue codes, bool isReversed)
    {
        GraphBuilder graph = arithmetic.Graph;
        GraphValue zero = arithmetic.Whole(0);
        GraphValue IsBelow(long bound) => graph.Less(codes, arithmetic.Whole(bound));
        GraphValue Plus(GraphValue a, long b) => graph.Add(a, arithmetic.Whole(b));
        GraphValue Over(long divisor) => graph.Divide(codes, arithmetic.Whole(divisor));
        GraphValue Rest(long divisor) => Plus(arithmetic.Remainder(Over(divisor), 64), 0x81);
        GraphValue ascii = IsBelow(0x80), two = IsBelow(0x800), three = IsBelow(0x10000);
        GraphValue first = graph.Where(ascii, Plus(codes, 1), graph.Where(two, Plus(Over(64), 0xC1), graph.Where(three, Plus(Over(4096), 0xE1), Plus(Over(1 << 18), 0xF1))));
        GraphValue[] places =
        [
            graph.Where(graph.Greater(codes, zero), first, zero),
            graph.Where(three, zero, Rest(4096)),
            graph.Where(two, zero, Rest(64)),
            graph.Where(ascii, zero, Rest(1)),
        ];
        if (isReversed) Array.Reverse(places);
        return graph.Concat([.. places.Select(place => graph.Unsqueeze(place, 2))], axis: 2);
    }

    /// <summary>Takes the blocks of each text, which has as many as its bytes fill.</summary>
    private static GraphValue Rounds(HashArithmetic arithmetic, GraphValue seeds, GraphValue blocks, GraphValue length)
    {
        GraphBuilder graph = arithmetic.Graph;
        var inner = new GraphBuilder(graph.Opset) { Scope = $"{graph.Scope}/round" };
        GraphValue number = inner.Input($"{graph.Scope}/block-number", TensorType.Int64), goesOn = inner.Input($"{graph.Scope}/goes-on", TensorType.Bool), hash = inner.Input($"{graph.Scope}/hash", TensorType.Int64, -1, 1);
        GraphValue block = inner.Gather(blocks, inner.Reshape(number, 1), axis: 1);
        GraphValue isThere = inner.Less(inner.Multiply(number, inner.Scalar(4L)), length);
        inner.Output($"{graph.Scope}/goes-on-still", goesOn);
        inner.Output($"{graph.Scope}/next-hash", inner.Where(isThere, new HashArithmetic(inner).Take(hash, block), hash));
        GraphValue rounds = graph.Reshape(graph.Slice(graph.ShapeOf(blocks), 0, 1, 2), []);
        return graph.Node("Loop", TensorType.Int64, [-1, 1], [rounds, graph.Scalar(true), seeds], ("body", inner.BuildGraph("round", _ => true)));
    }
}
