namespace MLPipelines.Transforms.Text;

/// <summary>
/// What was learned: how many tokens of each topic each term has, without the zeros. The probability of term w in topic k is
/// (tokens of w in k + β) / (tokens of k + β · number of terms).
/// </summary>
internal sealed class TopicModel
{
    // Term w has the entries from _starts[w] up to _starts[w + 1].
    private readonly int[] _starts, _topics, _counts;
    private readonly float[] _inverseTotals;
    private readonly float _beta;

    private TopicModel(int topicCount, float beta, int[] starts, int[] topics, int[] counts)
    {
        (TopicCount, _beta, _starts, _topics, _counts) = (topicCount, beta, starts, topics, counts);
        long[] totals = new long[topicCount];
        for (int i = 0; i < topics.Length; i++) totals[topics[i]] += counts[i];
        _inverseTotals = Array.ConvertAll(totals, total => (float)(1 / (total + (double)beta * TermCount)));
    }

    internal int TopicCount { get; }

    internal int TermCount => _starts.Length - 1;

    /// <param name="topicCount">The number of topics.</param>
    /// <param name="beta">The pseudo-tokens of a term in a topic.</param>
    /// <param name="termTopics">A row of topics per term, rounded up to <see cref="TopicShares.Stride"/>.</param>
    internal static TopicModel Of(int topicCount, float beta, ReadOnlySpan<int> termTopics)
    {
        int stride = TopicShares.Stride(topicCount), termCount = termTopics.Length / stride;
        int[] starts = new int[termCount + 1];
        var topics = new List<int>();
        var counts = new List<int>();
        for (int term = 0; term < termCount; term++)
        {
            ReadOnlySpan<int> row = termTopics.Slice(term * stride, topicCount);
            for (int topic = 0; topic < topicCount; topic++)
            {
                if (row[topic] == 0) continue;
                topics.Add(topic);
                counts.Add(row[topic]);
            }
            starts[term + 1] = topics.Count;
        }
        return new TopicModel(topicCount, beta, starts, [.. topics], [.. counts]);
    }

    /// <summary>Writes the probability of a term in each topic.</summary>
    internal void Likelihood(int term, Span<float> likelihood)
    {
        for (int topic = 0; topic < TopicCount; topic++) likelihood[topic] = _beta * _inverseTotals[topic];
        for (int i = _starts[term]; i < _starts[term + 1]; i++) likelihood[_topics[i]] = (_counts[i] + _beta) * _inverseTotals[_topics[i]];
        likelihood[TopicCount..].Clear();
    }

    /// <summary>The terms that each topic has most often, at most so many, and their probabilities.</summary>
    internal (int Term, float Probability)[][] TopTerms(int count)
    {
        var terms = new PriorityQueue<(int Term, int Count), (int Count, int Order)>[TopicCount];
        for (int topic = 0; topic < terms.Length; topic++) terms[topic] = new();
        for (int term = 0; term < TermCount; term++)
        {
            for (int i = _starts[term]; i < _starts[term + 1]; i++)
            {
                var queue = terms[_topics[i]];
                queue.Enqueue((term, _counts[i]), (_counts[i], -term));
                if (queue.Count > count) queue.Dequeue();
            }
        }
        return [.. terms.Select((queue, topic) => queue.UnorderedItems.Select(item => item.Element).OrderByDescending(item => item.Count).ThenBy(item => item.Term)
            .Select(item => (item.Term, (item.Count + _beta) * _inverseTotals[topic])).ToArray())];
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("topics", TopicCount);
        writer.Set("beta", (double)_beta);
        writer.WriteArray<int>("term-starts", _starts, _starts.Length);
        writer.WriteArray<int>("topic-numbers", _topics, _topics.Length);
        writer.WriteArray<int>("token-counts", _counts, _counts.Length);
    }

    internal static TopicModel Load(ModelStepReader reader)
    {
        int topicCount = reader.GetInt32("topics");
        int[] starts = reader.ReadArray<int>("term-starts", -1), topics = reader.ReadArray<int>("topic-numbers", -1);
        int[] counts = reader.ReadArray<int>("token-counts", topics.Length);
        if (topicCount < 1 || topics.Any(topic => topic < 0 || topic >= topicCount)) throw reader.Invalid($"a topic is not one of {topicCount}");
        if (counts.Any(count => count < 1)) throw reader.Invalid("a count of tokens is not positive");
        if (starts is not [0, ..] || starts[^1] != topics.Length || starts.Zip(starts.Skip(1)).Any(pair => pair.First > pair.Second)) throw reader.Invalid("its terms are not in order");
        return new TopicModel(topicCount, (float)reader.GetDouble("beta"), starts, topics, counts);
    }
}
