using System.Collections.Concurrent;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Collapsed Gibbs sampling (Griffiths and Steyvers, "Finding scientific topics", 2004): every token is given a topic, and in every pass each is drawn anew
/// from its distribution given those of all other tokens. Chunks of documents are worked on side by side, each from the counts of the last
/// pass and its own changes (Newman et al., "Distributed Algorithms for Topic Models", 2009); the changes are brought together after the pass. A corpus of one chunk
/// is sampled exactly. The first passes draw from flattened distributions (simulated annealing), without which far more runs end with two topics in
/// one and another topic in two.
/// </summary>
internal sealed class TopicSampler
{
    private readonly TopicCorpus _corpus;
    private readonly TopicSettings _settings;
    private readonly int _seed, _stride;
    private readonly int[] _termTopics, _topicTotals;
    private readonly ParallelOptions _parallel;
    private readonly ConcurrentBag<TopicSamplerWorker> _workers = [];

    internal TopicSampler(TopicCorpus corpus, TopicSettings settings, int seed, CancellationToken cancellation)
    {
        (_corpus, _settings, _seed, _stride) = (corpus, settings, seed, TopicShares.Stride(settings.TopicCount));
        if ((long)corpus.TermCount * _stride > Array.MaxLength)
            throw new MLPipelinesException($"{corpus.TermCount} terms times {settings.TopicCount} topics are more counts than one array can hold; take fewer terms (maximumNgramsCount) or topics.");
        (_termTopics, _topicTotals) = (new int[corpus.TermCount * _stride], new int[_stride]);
        _parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = settings.Threads > 0 ? settings.Threads : Environment.ProcessorCount, CancellationToken = cancellation,
        };
    }

    /// <summary>How many tokens of each topic each term has: a row of topics per term, rounded up to <see cref="TopicShares.Stride"/>.</summary>
    internal int[] TermTopics => _termTopics;

    /// <summary>Draws the first topics, all with the same probability.</summary>
    internal void Start() => ForEachChunk((index, chunk) =>
    {
        var random = new SplitMixRandom(_seed, 0, index);
        for (int i = 0; i < chunk.Topics.Length; i++)
        {
            int topic = chunk.Topics[i] = random.Next(_settings.TopicCount);
            Interlocked.Increment(ref _termTopics[chunk.Terms[chunk.Tokens[i]] * _stride + topic]);
            Interlocked.Increment(ref _topicTotals[topic]);
        }
    });

    /// <summary>Draws every topic anew. Passes are counted from 1.</summary>
    internal void Pass(int pass)
    {
        int eighths = PowerOf(pass / (double)_settings.Iterations);
        ForEachChunk((index, chunk) =>
        {
            chunk.Remember();
            Use(worker => worker.Sample(chunk, eighths, new SplitMixRandom(_seed, pass, index)));
        });
        // Sums of whole numbers do not depend on their order, so that threads may add them up as they come.
        ForEachChunk((_, chunk) =>
        {
            for (int i = 0; i < chunk.Topics.Length; i++)
            {
                int before = chunk.TopicsBefore[i], now = chunk.Topics[i];
                if (before == now) continue;
                int row = chunk.Terms[chunk.Tokens[i]] * _stride;
                Interlocked.Decrement(ref _termTopics[row + before]);
                Interlocked.Increment(ref _termTopics[row + now]);
                Interlocked.Decrement(ref _topicTotals[before]);
                Interlocked.Increment(ref _topicTotals[now]);
            }
        });
    }

    /// <summary>To what power, in eighths, probabilities are taken when so much of the work is done; the last passes are those of plain sampling.</summary>
    private static int PowerOf(double done) => done switch
    {
        <= 0.1 => 5,
        <= 0.25 => 6,
        <= 0.4 => 7,
        _ => 8,
    };

    /// <summary>The mean over all tokens of −ln of the probability of the token in its document.</summary>
    internal double NegativeLogLikelihood()
    {
        double[] sums = new double[_corpus.Chunks.Count];
        ForEachChunk((index, chunk) => Use(worker => sums[index] = worker.LogLikelihood(chunk)));
        return -sums.Sum() / _corpus.TokenCount;
    }

    private void ForEachChunk(Action<int, TopicChunk> work) => Parallel.For(0, _corpus.Chunks.Count, _parallel, i => work(i, _corpus.Chunks[i]));

    private void Use(Action<TopicSamplerWorker> work)
    {
        if (!_workers.TryTake(out TopicSamplerWorker? worker)) worker = new TopicSamplerWorker(_settings, _corpus.TermCount, _termTopics, _topicTotals);
        work(worker);
        _workers.Add(worker);
    }
}
