using MLPipelines.Data;

using System.Numerics.Tensors;

namespace MLPipelines.Transforms.Text;

/// <summary>Works on one chunk at a time, on a copy of the counts of the chunk's terms. Serves one thread.</summary>
internal sealed class TopicSamplerWorker(TopicSettings settings, int termCount, int[] termTopics, int[] topicTotals)
{
    private readonly int _stride = TopicShares.Stride(settings.TopicCount);
    private readonly float[] _totals = new float[TopicShares.Stride(settings.TopicCount)];
    private readonly float[] _inverse = new float[TopicShares.Stride(settings.TopicCount)];
    private readonly float[] _document = new float[TopicShares.Stride(settings.TopicCount)];
    private readonly float[] _work = new float[TopicShares.Stride(settings.TopicCount) * 2];
    private float[] _terms = [];

    internal void Sample(TopicChunk chunk, int eighths, SplitMixRandom random)
    {
        Load(chunk);
        float alpha = settings.Alpha, beta = settings.Beta;
        for (int document = 0; document < chunk.DocumentCount; document++)
        {
            CountDocument(chunk, document);
            for (int i = chunk.Starts[document]; i < chunk.Starts[document + 1]; i++)
            {
                Span<float> term = _terms.AsSpan(chunk.Tokens[i] * _stride, _stride);
                int topic = chunk.Topics[i];
                Add(term, topic, -1);
                topic = TopicShares.Draw(_document, term, _inverse, alpha, beta, eighths, _work, random.NextSingle());
                Add(term, topic, 1);
                chunk.Topics[i] = topic;
            }
        }
    }

    /// <summary>The sum of ln of the probability of each token in its document.</summary>
    internal double LogLikelihood(TopicChunk chunk)
    {
        Load(chunk);
        double sum = 0;
        for (int document = 0; document < chunk.DocumentCount; document++)
        {
            CountDocument(chunk, document);
            int start = chunk.Starts[document], end = chunk.Starts[document + 1];
            for (int i = start; i < end; i++)
                sum += Math.Log(TopicShares.Sum(_document, _terms.AsSpan(chunk.Tokens[i] * _stride, _stride), _inverse, settings.Alpha, settings.Beta));
            sum -= (end - start) * Math.Log(end - start + settings.AlphaSum);
        }
        return sum;
    }

    private void Load(TopicChunk chunk)
    {
        int needed = checked(chunk.Terms.Length * _stride);
        if (_terms.Length < needed) _terms = new float[needed];
        for (int i = 0; i < chunk.Terms.Length; i++)
            TensorPrimitives.ConvertTruncating<int, float>(termTopics.AsSpan(chunk.Terms[i] * _stride, _stride), _terms.AsSpan(i * _stride));
        TensorPrimitives.ConvertTruncating<int, float>(topicTotals, _totals);
        for (int topic = 0; topic < settings.TopicCount; topic++) _inverse[topic] = 1 / (_totals[topic] + settings.Beta * termCount);
    }

    private void CountDocument(TopicChunk chunk, int document)
    {
        _document.AsSpan().Clear();
        for (int i = chunk.Starts[document]; i < chunk.Starts[document + 1]; i++) _document[chunk.Topics[i]]++;
    }

    private void Add(Span<float> term, int topic, float tokens)
    {
        term[topic] += tokens;
        _document[topic] += tokens;
        _totals[topic] += tokens;
        _inverse[topic] = 1 / (_totals[topic] + settings.Beta * termCount);
    }
}
