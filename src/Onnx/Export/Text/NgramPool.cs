using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export.Text;

/// <summary>Known sequences of numbers, to be counted in rows of numbers.</summary>
internal sealed class NgramPool
{
    private readonly List<long[]> _ngrams = [];

    /// <summary>Adds a sequence; the first one added is counted in slot 0.</summary>
    internal void Add(IEnumerable<long> ngram) => _ngrams.Add([.. ngram]);

    /// <summary>Adds a sequence that no row has, to keep the slots that follow in their places.</summary>
    internal void AddAbsent() => _ngrams.Add([-1L - _ngrams.Count]);

    /// <summary>How often each sequence stands in each row, [rows, sequences], single precision.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">Whole numbers.</param>
    /// <param name="skip">How many numbers may be left out between two of a sequence.</param>
    internal GraphValue Count(GraphBuilder graph, GraphValue rows, int skip = 0)
    {
        int[] order = [.. Enumerable.Range(0, _ngrams.Count).OrderBy(i => _ngrams[i].Length)];
        int longest = _ngrams[order[^1]].Length, shortest = _ngrams[order[0]].Length;
        // Where the sequences of each length begin.
        long[] starts = new long[longest];
        for (int length = 1; length <= longest; length++) starts[length - 1] = _ngrams.Where(ngram => ngram.Length < length).Sum(ngram => (long)ngram.Length);
        return graph.Node("TfIdfVectorizer", TensorType.Float, [-1, _ngrams.Count], [rows],
            ("mode", "TF"), ("min_gram_length", shortest), ("max_gram_length", longest), ("max_skip_count", skip),
            ("ngram_counts", starts), ("ngram_indexes", order), ("pool_int64s", order.SelectMany(i => _ngrams[i]).ToArray()));
    }
}
