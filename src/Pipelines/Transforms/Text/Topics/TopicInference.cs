using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Finds the topics of a document when those of terms are known. The tokens of each term are shared out among topics, in turn, given the shares of all others: the
/// expected result of sampling (collapsed variational Bayes of order zero; Asuncion et al., "On Smoothing and Inference for Topic
/// Models", 2009). Nothing is drawn at random. Buffers are filled anew for every row; serves one thread.
/// </summary>
internal sealed class TopicInference(TopicModel model, float alpha, int passes, int maximumTokens)
{
    private readonly TermCounts _document = new();
    private readonly float[] _tokens = new float[TopicShares.Stride(model.TopicCount)];
    private float[] _likelihoods = [];
    private float[] _shares = [];

    /// <summary>Writes the share of each topic in the document: 0 for all when it is empty, NaN when its values are no counts.</summary>
    internal void Run(RowVector<float> row, Span<float> result)
    {
        if (_document.Read(row, maximumTokens) >= 0)
        {
            result.Fill(float.NaN);
            return;
        }
        result.Clear();
        if (_document.TokenCount == 0) return;
        Start();
        for (int pass = 0; pass < passes; pass++)
            for (int i = 0; i < _document.Terms.Length; i++) TopicShares.Update(_tokens, Row(_shares, i), Row(_likelihoods, i), alpha, _document.Counts[i]);
        _tokens.AsSpan(0, result.Length).CopyTo(result);
        float total = 0;
        foreach (float tokens in result) total += tokens;
        foreach (ref float tokens in result) tokens /= total;
    }

    /// <summary>At first, only the likelihoods decide.</summary>
    private void Start()
    {
        int terms = _document.Terms.Length, needed = terms * _tokens.Length;
        if (_shares.Length < needed)
        {
            _likelihoods = new float[Math.Max(needed, _shares.Length * 2)];
            _shares = new float[_likelihoods.Length];
        }
        _tokens.AsSpan().Clear();
        for (int i = 0; i < terms; i++)
        {
            Span<float> likelihood = Row(_likelihoods, i), share = Row(_shares, i);
            model.Likelihood(_document.Terms[i], likelihood);
            float sum = 0;
            foreach (float value in likelihood) sum += value;
            for (int topic = 0; topic < share.Length; topic++)
            {
                share[topic] = likelihood[topic] / sum;
                _tokens[topic] += _document.Counts[i] * share[topic];
            }
        }
    }

    private Span<float> Row(float[] rows, int index) => rows.AsSpan(index * _tokens.Length, _tokens.Length);
}
