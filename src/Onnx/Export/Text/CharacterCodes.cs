using System.Text;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Text;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Text;

/// <summary>The codes of characters, by a table of all of the 16-bit plane and of pictures beyond it; others are as a text that cannot be read, U+FFFD.</summary>
internal static class CharacterCodes
{
    private const long Replacement = 0xFFFD, FirstBeyond = 0x10000;

    /// <summary>[texts, characters of the longest]; 0 fills up shorter ones.</summary>
    internal static GraphValue Of(GraphBuilder graph, GraphValue texts)
    {
        var table = new CharacterTable(Replacement);
        table.AddAll(c => c);
        for (int code = 0x1F000; code <= 0x1FAFF; code++) table.Add(new Rune(code).ToString(), code);
        return table.Encode(graph, texts);
    }

    /// <summary>Of every code two UTF-16 characters, [texts, twice as many]; 0 for the second where there is one only.</summary>
    internal static GraphValue Halves(GraphBuilder graph, GraphValue codes)
    {
        GraphValue beyond = graph.Subtract(codes, graph.Scalar(FirstBeyond)), thousand = graph.Scalar(1024L);
        GraphValue isPair = graph.Greater(codes, graph.Scalar(FirstBeyond - 1)), high = graph.Divide(beyond, thousand);
        GraphValue first = graph.Where(isPair, graph.Add(high, graph.Scalar(0xD800L)), codes);
        GraphValue second = graph.Where(isPair, graph.Add(graph.Subtract(beyond, graph.Multiply(high, thousand)), graph.Scalar(0xDC00L)), graph.Scalar(0L));
        return NumberRows.Flatten(graph, graph.Concat([graph.Unsqueeze(first, 2), graph.Unsqueeze(second, 2)], axis: 2));
    }

    /// <summary>The UTF-16 characters of texts as keys, perhaps between markers of their beginning and end.</summary>
    internal static void ToKeys(StepExport step)
    {
        GraphBuilder graph = step.Graph;
        var pair = TextColumns.LoadPair(step.Saved);
        GraphValue texts = step.Column(pair.InputColumnName);
        if (texts.Width != 1) throw new NotExportableException("its input is a vector of texts");
        GraphValue codes = Of(graph, texts), keys = Halves(graph, codes);
        if (step.Saved.GetBoolean("useMarkerCharacters"))
        {
            // An empty text has no ends.
            GraphValue isText = graph.Cast(NumberRows.HasAbove(graph, codes, 0), TensorType.Int64);
            GraphValue Marker(ushort key) => graph.Multiply(NumberRows.Same(graph, texts, key), isText);
            keys = graph.Concat([Marker(CharacterKeys.TextStart), keys, Marker(CharacterKeys.TextEnd)]);
        }
        step.Set(pair.OutputColumnName, NumberRows.Compact(graph, keys));
    }
}
