using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Texts as graphs take them: (N, T) tokens, shorter texts ending in padding. Names are those that Hugging Face's tokenizers give their results.</summary>
/// <param name="Ids">(N, T) Int64: the tokens.</param>
/// <param name="Present">(N, T) Single: 1 for tokens and 0 for padding.</param>
/// <param name="Segments">(N, T) Int64: 0 for the first text of a pair and 1 for the second; <see langword="null"/> for encoders that do not tell them apart.</param>
internal sealed record TokenInputs(GraphValue Ids, GraphValue Present, GraphValue? Segments)
{
    internal const string IdsName = "input_ids", MaskName = "attention_mask", SegmentsName = "token_type_ids";

    private const string Axis = "tokens";

    /// <summary>Far below all scores, and finite: (x - x) would be none otherwise.</summary>
    internal const float Hidden = -1e9f;

    /// <summary>Adds inputs to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="hasSegments">Whether the texts of pairs are told apart.</param>
    internal static TokenInputs Enter(GraphBuilder graph, bool hasSegments)
    {
        GraphValue ids = Enter(graph, IdsName), mask = Enter(graph, MaskName);
        return new TokenInputs(ids, graph.Cast(mask, TensorType.Float), hasSegments ? Enter(graph, SegmentsName) : null);
    }

    /// <summary>Adds one input to a graph.</summary>
    internal static GraphValue Enter(GraphBuilder graph, string name)
    {
        GraphValue tokens = graph.Input(name, TensorType.Int64, -1, -1);
        graph.NameAxes(tokens.Name, (1, Axis));
        return tokens;
    }

    /// <summary>Adds an output that has something of each token.</summary>
    internal static void Leave(GraphBuilder graph, string name, GraphValue value)
    {
        graph.Output(name, value);
        graph.NameAxes(name, (1, Axis));
    }

    /// <summary>(N, T, 1): 1 for tokens and 0 for padding.</summary>
    internal GraphValue Rows(GraphBuilder graph) => graph.Unsqueeze(Present, 2);

    /// <summary>(N, 1, 1, T), added to scores of attention.</summary>
    internal GraphValue AttentionMask(GraphBuilder graph) =>
        graph.Unsqueeze(graph.Unsqueeze(graph.Multiply(graph.Subtract(graph.Scalar(1f), Present), graph.Scalar(Hidden)), 1), 1);

    /// <summary>(T, size): as many rows of a table (count, size) as there are tokens.</summary>
    internal GraphValue Places(GraphBuilder graph, GraphValue table) => graph.FirstRows(table, graph.LengthOf(Ids, 1));
}
