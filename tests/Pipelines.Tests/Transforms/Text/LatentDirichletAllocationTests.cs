using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;

namespace MLPipelines.Tests.Transforms.Text;

public class LatentDirichletAllocationTests
{
    private const int TermsPerTopic = 10;

    /// <summary>Documents of planted topics: a topic has ten terms of its own; a document takes most of its tokens from one topic, the others from any.</summary>
    private static float[][] Planted(int topics, int documents, int tokens, int seed)
    {
        var random = new Random(seed);
        float[][] rows = new float[documents][];
        for (int i = 0; i < documents; i++)
        {
            rows[i] = new float[topics * TermsPerTopic];
            for (int t = 0; t < tokens; t++)
            {
                int topic = random.NextDouble() < 0.8 ? i % topics : random.Next(topics);
                rows[i][topic * TermsPerTopic + random.Next(TermsPerTopic)]++;
            }
        }
        return rows;
    }

    private static MemoryView View(float[][] rows, bool isSparse = true, bool hasNames = false)
    {
        string[]? names = hasNames ? [.. Enumerable.Range(0, rows[0].Length).Select(slot => $"t{slot}")] : null;
        return isSparse ? new MemoryView().AddSparse("Counts", rows, names) : new MemoryView().AddVectors("Counts", rows, names);
    }

    private static LatentDirichletAllocationTransformer Learn(IDataView view, int topics, float alphaSum = 1, int iterations = 100, int threads = 0, MLContext? context = null, int maximumTokens = 512) =>
        (context ?? ML).Transforms.Text.LatentDirichletAllocation("Topics", "Counts", topics, alphaSum, maximumNumberOfIterations: iterations, numberOfThreads: threads,
            maximumTokenCountPerDocument: maximumTokens).Fit(view);

    private static void AssertRecovered(LatentDirichletAllocationTransformer fitted, int topics)
    {
        var found = fitted.GetLdaDetails(0).ItemScoresPerTopic!.Select(terms => string.Join(' ', terms.Select(term => term.Item).Order())).Order(StringComparer.Ordinal);
        var planted = Enumerable.Range(0, topics).Select(topic => string.Join(' ', Enumerable.Range(topic * TermsPerTopic, TermsPerTopic))).Order(StringComparer.Ordinal);
        Assert.Equal(planted, found);
    }

    [Theory]
    [InlineData(2, 60, 20)]
    [InlineData(5, 200, 40)]
    [InlineData(12, 400, 60)]
    public void Planted_topics_are_found(int topics, int documents, int tokens) => AssertRecovered(Learn(View(Planted(topics, documents, tokens, seed: 3)), topics), topics);

    [Fact]
    public void A_corpus_of_many_chunks_has_the_same_topics_on_any_number_of_threads()
    {
        float[][] rows = Planted(4, 1000, 150, seed: 5);
        Assert.True(rows.Length * 150 > 4 * TopicCorpus.TokensPerChunk);
        MemoryView view = View(rows);
        LatentDirichletAllocationTransformer one = Learn(view, 4, iterations: 30, threads: 1), three = Learn(view, 4, iterations: 30, threads: 3);
        AssertRecovered(one, 4);
        SaveAndLoad(one, view.Schema, out byte[] expected);
        SaveAndLoad(three, view.Schema, out byte[] bytes);
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public void Documents_have_the_shares_of_their_topics()
    {
        LatentDirichletAllocationTransformer fitted = Learn(View(Planted(3, 150, 50, seed: 1)), 3);
        float[][] documents = [new float[30], new float[30], new float[30]];
        for (int slot = 0; slot < 10; slot++) documents[0][slot] = 3;
        for (int slot = 0; slot < 10; slot++) (documents[1][slot], documents[1][slot + 20]) = (3, 1);
        int[] topics = [.. Enumerable.Range(0, 3).Select(planted => Array.FindIndex([.. fitted.GetLdaDetails(0).ItemScoresPerTopic!], terms => terms[0].Item / TermsPerTopic == planted))];
        foreach (bool isSparse in new[] { true, false })
        {
            float[][] shares = Features(fitted.Transform(View(documents, isSparse)), "Topics");
            Assert.Equal(1, shares[0][topics[0]], 0.02);
            Assert.Equal(0.75, shares[1][topics[0]], 0.02);
            Assert.Equal(0.25, shares[1][topics[2]], 0.02);
            Assert.Equal(1, shares[1].Sum(), 1e-5);
            Assert.Equal([0, 0, 0], shares[2]);
        }
    }

    // /usr/bin/python3: n = np.array([[4, 1], [0, 3], [2, 2.]]); beta, alpha = 0.1, 0.5; w, c = np.arange(3), np.array([2., 1, 3])
    // phi = (n + beta) / (n.sum(0) + 3 * beta); g = phi[w] / phi[w].sum(1, keepdims=True); t = (c[:, None] * g).sum(0)
    // for _ in range(10):
    //     for j in range(len(w)): p = (t - g[j] + alpha) * phi[w[j]]; p /= p.sum(); t += c[j] * (p - g[j]); g[j] = p
    // t / c.sum()
    [Fact]
    public void Shares_are_those_of_an_independent_calculation()
    {
        // Three terms, two topics: tokens per term and topic, rounded up to eight topics.
        int[] counts = new int[24];
        (counts[0], counts[1], counts[8], counts[9], counts[16], counts[17]) = (4, 1, 0, 3, 2, 2);
        var inference = new TopicInference(TopicModel.Of(2, 0.1f, counts), alpha: 0.5f, passes: 10, maximumTokens: 512);
        float[] shares = new float[2];
        inference.Run(RowVector<float>.Dense([2, 1, 3]), shares);
        Assert.Equal(0.5295533, shares[0], 1e-5);
        Assert.Equal(0.4704467, shares[1], 1e-5);
    }

    // By hand: of one topic, a token of the term w has the probability (n(w) + β) / (N + 3 β).
    [Fact]
    public void The_reported_loss_is_the_negative_logarithm_of_the_probability_of_a_token()
    {
        var reports = new List<TrainingProgress>();
        var context = new MLContext(1) { Progress = new Reports(reports) };
        context.Transforms.Text.LatentDirichletAllocation("Topics", "Counts", 1, beta: 0.5f, maximumNumberOfIterations: 4, likelihoodInterval: 2).Fit(View([[2, 1, 0], [1, 0, 0]]));
        double expected = -(3 * Math.Log(3.5 / 5.5) + Math.Log(1.5 / 5.5)) / 4;
        Assert.Equal([null, null, expected, null, expected], reports.Select(report => report.Loss), (a, b) => a.HasValue == b.HasValue && Math.Abs(a.GetValueOrDefault() - b.GetValueOrDefault()) < 1e-6);
    }

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    [Fact]
    public void Topics_name_their_terms_where_slots_have_names()
    {
        var fitted = Learn(View(Planted(2, 60, 20, seed: 3), hasNames: true), 2);
        var loaded = (LatentDirichletAllocationTransformer)SaveAndLoad(fitted, View(Planted(2, 60, 20, seed: 3), hasNames: true).Schema, out _);
        foreach (var details in new[] { fitted.GetLdaDetails(0), loaded.GetLdaDetails(0) })
        {
            Assert.Null(details.ItemScoresPerTopic);
            Assert.All(details.WordScoresPerTopic!, terms =>
            {
                Assert.Equal(10, terms.Count);
                Assert.All(terms, term => Assert.Equal($"t{term.Item}", term.Word));
                Assert.Equal(terms.OrderByDescending(term => term.Score), terms);
                Assert.Equal(1, terms.Sum(term => term.Score), 0.02);
            });
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => fitted.GetLdaDetails(1));
    }

    [Fact]
    public void Tokens_beyond_the_limit_do_not_count()
    {
        MemoryView view = View(Planted(2, 60, 20, seed: 3));
        var fitted = Learn(view, 2, maximumTokens: 5);
        float[] few = new float[20], many = new float[20];
        (few[0], few[1], many[0], many[1], many[15]) = (3, 2, 3, 7, 100);
        float[][] shares = Features(fitted.Transform(View([few, many])), "Topics");
        Assert.Equal(shares[0], shares[1]);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void What_is_no_count_is_refused_in_learning_and_missing_afterwards(float value)
    {
        float[][] rows = Planted(2, 60, 20, seed: 3);
        var fitted = Learn(View(rows), 2, iterations: 5);
        rows[1][4] = value;
        string error = Assert.Throws<MLPipelinesException>(() => Learn(View(rows), 2)).Message;
        Assert.Contains("'Counts' row 1 slot 4", error, StringComparison.Ordinal);
        float[][] shares = Features(fitted.Transform(View(rows)), "Topics");
        Assert.Equal([float.NaN, float.NaN], shares[1]);
        Assert.Equal(1, shares[0].Sum(), 1e-5);
    }

    [Fact]
    public void Empty_documents_alone_are_nothing_to_learn_from() =>
        Assert.Contains("'Counts'", Assert.Throws<MLPipelinesException>(() => Learn(View([[0, 0], [0, 0]], isSparse: false), 2)).Message, StringComparison.Ordinal);

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/LatentDirichletAllocation.cs
    [Fact]
    public void Texts_about_the_same_thing_have_the_same_topic()
    {
        IDataView view = TextRows.View(
            "ML.NET's LatentDirichletAllocation API computes topic models.", "ML.NET's LatentDirichletAllocation API is the best for topic models.",
            "I like to eat broccoli and bananas.", "I eat bananas for breakfast.", "This car is expensive compared to last week's price.", "This car was $X last week.");
        var text = ML.Transforms.Text;
        IDataView topics = text.NormalizeText("Normalized", "Text").Append(text.TokenizeIntoWords("Tokens", "Normalized")).Append(text.RemoveDefaultStopWords("Tokens"))
            .Append(ML.Transforms.Conversion.MapValueToKey("Tokens")).Append(text.ProduceNgrams("Tokens"))
            .Append(text.LatentDirichletAllocation("Features", "Tokens", numberOfTopics: 3, alphaSum: 0.3f)).Fit(view).Transform(view);
        int[] best = [.. Features(topics, "Features").Select(shares => Array.IndexOf(shares, shares.Max()))];
        Assert.Equal(best[0], best[1]);
        Assert.Equal(best[2], best[3]);
        Assert.Equal(best[4], best[5]);
        Assert.Equal(3, best.Distinct().Count());
    }

    [Theory]
    [InlineData(0f, 2)]
    [InlineData(0.9999999f, 9)]
    [InlineData(0.5f, 9)]
    [InlineData(0.2f, 2)]
    public void A_topic_is_drawn_in_proportion_to_its_share(float uniform, int topic)
    {
        // Ten topics, of which number 2 has a quarter of the shares and number 9 the others.
        float[] document = new float[16], term = new float[16], inverse = new float[16];
        (term[2], term[9], inverse[2], inverse[9], inverse[4]) = (1, 3, 1, 1, 1);
        Assert.Equal(topic, TopicShares.Draw(document, term, inverse, 1, 0, 8, new float[32], uniform));
    }

    // By hand: 16 and 81 to the power of 1/2, 5/8, 3/4 and 7/8 are 4 and 9, 5.66 and 15.6, 8 and 27, 11.3 and 46.8.
    [Theory]
    [InlineData(4, 4 / 13f)]
    [InlineData(5, 5.656854f / 21.245312f)]
    [InlineData(6, 8 / 35f)]
    [InlineData(7, 11.313708f / 58.079080f)]
    [InlineData(8, 16 / 97f)]
    public void A_topic_is_drawn_in_proportion_to_a_power_of_its_share(int eighths, float share)
    {
        float[] document = new float[8], term = [16, 81, 0, 0, 0, 0, 0, 0], inverse = [1, 1, 0, 0, 0, 0, 0, 0];
        Assert.Equal(0, TopicShares.Draw(document, term, inverse, 1, 0, eighths, new float[16], share - 1e-4f));
        Assert.Equal(1, TopicShares.Draw(document, term, inverse, 1, 0, eighths, new float[16], share + 1e-4f));
    }

    [Fact]
    public void Parameters_out_of_range_are_named()
    {
        Assert.Equal("numberOfTopics", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.Text.LatentDirichletAllocation("T", numberOfTopics: 0)).ParamName);
        Assert.Equal("alphaSum", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.Text.LatentDirichletAllocation("T", alphaSum: float.NaN)).ParamName);
        Assert.Equal("numberOfThreads", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.Text.LatentDirichletAllocation("T", numberOfThreads: -1)).ParamName);
    }
}
