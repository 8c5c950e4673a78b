using MLPipelines.Neural.Text;
using MLPipelines.Tokenizers;

namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>Texts as graphs take them: tokens, which of them are padding, and which text of a pair they are of; at least as long as asked for.</summary>
internal sealed class TokenizedTexts
{
    internal TokenizedTexts(TextNetworkModel model, IReadOnlyList<string> first, IReadOnlyList<string>? second = null, int least = 0)
    {
        Tokenizer tokenizer = model.Encoder.Tokenizer;
        var sequence = new SequenceBuilder(tokenizer, model.MaxTokens);
        List<(long[] Ids, int SegmentStart)> rows = [];
        for (int row = 0; row < first.Count; row++)
        {
            if (second is null) sequence.Build(first[row]);
            else sequence.Build(first[row], second[row]);
            rows.Add(([.. sequence.Ids.ToArray().Select(id => (long)id)], sequence.SegmentStart));
            Contexts.Add(sequence.Second);
        }
        Length = Math.Max(least, rows.Max(row => row.Ids.Length));
        Lengths = [.. rows.Select(row => row.Ids.Length)];
        // What padding is does not matter.
        int padding = tokenizer.SpecialTokens.Padding ?? 0;
        Ids = Table((row, i) => i < rows[row].Ids.Length ? rows[row].Ids[i] : padding);
        Mask = Table((row, i) => i < rows[row].Ids.Length ? 1 : 0);
        Segments = Table((row, i) => i >= rows[row].SegmentStart && i < rows[row].Ids.Length ? 1 : 0);

        OnnxTensor<long> Table(Func<int, int, long> value) =>
            OnnxValue.Tensor([.. Enumerable.Range(0, rows.Count * Length).Select(i => value(i / Length, i % Length))], rows.Count, Length);
    }

    internal int Length { get; }

    internal int[] Lengths { get; }

    /// <summary>Which tokens of each row are of its second text.</summary>
    internal List<Range> Contexts { get; } = [];

    internal OnnxTensor<long> Ids { get; }

    internal OnnxTensor<long> Mask { get; }

    internal OnnxTensor<long> Segments { get; }

    /// <summary>The inputs of a graph, those that it has.</summary>
    internal (string, OnnxValue)[] InputsOf(ExportedNetwork exported)
    {
        (string Name, OnnxValue Value)[] all = [("input_ids", Ids), ("attention_mask", Mask), ("token_type_ids", Segments)];
        return [.. all.Where(input => exported.Session.Inputs.Any(node => node.Name == input.Name))];
    }
}
