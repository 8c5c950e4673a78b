using FsCheck;
using FsCheck.Fluent;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Transforms.Text;

public class NgramMapTests
{
    private static string KeyOf(IEnumerable<uint> ngram) => string.Join(' ', ngram);

    /// <summary>The n-grams of a text by the definition: at each place, all choices of later items with at most so many left out.</summary>
    private static IEnumerable<uint[]> Naive(uint[] text, int ngramLength, int skipLength, bool useAllLengths)
    {
        for (int start = 0; start < text.Length; start++)
            foreach (uint[] ngram in From([text[start]], start, skipLength)) yield return ngram;

        IEnumerable<uint[]> From(uint[] ngram, int last, int skips)
        {
            if (useAllLengths || ngram.Length == ngramLength) yield return ngram;
            if (ngram.Length == ngramLength) yield break;
            for (int skip = 0; skip <= skips && last + 1 + skip < text.Length; skip++)
                foreach (uint[] longer in From([.. ngram, text[last + 1 + skip]], last + 1 + skip, skips - skip)) yield return longer;
        }
    }

    private static Dictionary<string, int> Count(NgramMap map, NgramShape shape, uint[] text)
    {
        var found = new FeatureList();
        var step = new FindNgrams(map, found);
        NgramWalk.Run<FindNgrams>(text, shape, ref step);
        found.Sort();
        Assert.Equal(found.Items.ToArray().Order(), found.Items.ToArray());
        return found.Items.ToArray().GroupBy(id => id).ToDictionary(group => KeyOf(map.KeysOf(group.Key)), group => group.Count());
    }

    // Few different keys, so that n-grams repeat; a few large ones.
    private static Arbitrary<uint[][]> Texts() =>
        Gen.OneOf(Gen.Choose(0, 4).Select(i => (uint)i), Gen.Choose(0, int.MaxValue).Select(i => (uint)i * 2)).ArrayOf().ArrayOf().ToArbitrary();

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, true)]
    [InlineData(3, 0, false)]
    [InlineData(5, 0, true)]
    [InlineData(2, 3, true)]
    [InlineData(3, 2, true)]
    [InlineData(4, 1, false)]
    public void Every_ngram_is_found_with_its_count_and_ids_are_dense(int ngramLength, int skipLength, bool useAllLengths) => Prop.ForAll(Texts(), texts =>
    {
        NgramShape shape = NgramShape.Create(ngramLength, skipLength, useAllLengths);
        var learner = new NgramLearner(shape, NgramExtractingEstimator.WeightingCriteria.Tf);
        var expectedIds = new List<string>();
        foreach (uint[] text in texts)
        {
            learner.Add(text);
            foreach (uint[] ngram in Naive(text, ngramLength, skipLength, useAllLengths))
                if (!expectedIds.Contains(KeyOf(ngram))) expectedIds.Add(KeyOf(ngram));
        }
        Assert.Equal(expectedIds, Enumerable.Range(0, learner.Map.Count).Select(id => KeyOf(learner.Map.KeysOf(id))));
        foreach (uint[] text in texts)
            Assert.Equal(Naive(text, ngramLength, skipLength, useAllLengths).CountBy(KeyOf).ToDictionary(), Count(learner.Map, shape, text));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_Unicode_text_agrees_with_a_dictionary() => Prop.ForAll(ArbMap.Default.ArbFor<string?[]>(), texts =>
    {
        NgramShape shape = NgramShape.Create(3, 0, useAllLengths: false);
        var learner = new NgramLearner(shape, NgramExtractingEstimator.WeightingCriteria.Tf);
        uint[][] keys = [.. texts.Select(text => (text ?? "").Select(c => (uint)c).ToArray())];
        foreach (uint[] text in keys) learner.Add(text);
        foreach (uint[] text in keys) Assert.Equal(Naive(text, 3, 0, useAllLengths: false).CountBy(KeyOf).ToDictionary(), Count(learner.Map, shape, text));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ngrams_that_were_not_learned_are_not_found()
    {
        NgramShape shape = NgramShape.Create(2, 0, useAllLengths: true);
        var learner = new NgramLearner(shape, NgramExtractingEstimator.WeightingCriteria.Tf);
        learner.Add([1, 2, 3]);
        Assert.Equal(new Dictionary<string, int> { ["1"] = 1, ["3"] = 1 }, Count(learner.Map, shape, [3, 1, 9]));
        Assert.Empty(Count(learner.Map, shape, [0, 7, uint.MaxValue]));
    }

    [Fact]
    public void Limits_hold_for_each_length_and_first_come_stays()
    {
        NgramShape shape = NgramShape.Create(2, 0, useAllLengths: true, 2, 1);
        var learner = new NgramLearner(shape, NgramExtractingEstimator.WeightingCriteria.Tf);
        learner.Add([5, 6, 7]);
        learner.Add([7, 5, 6]);
        Assert.Equal(["5", "5 6", "6"], Enumerable.Range(0, learner.Map.Count).Select(id => KeyOf(learner.Map.KeysOf(id))));
        Assert.Equal(new Dictionary<string, int> { ["5"] = 1, ["5 6"] = 1, ["6"] = 1 }, Count(learner.Map, shape, [7, 5, 6]));
    }

    [Fact]
    public void A_hundred_thousand_ngrams_stay_apart()
    {
        NgramShape shape = NgramShape.Create(2, 0, useAllLengths: true);
        var learner = new NgramLearner(shape, NgramExtractingEstimator.WeightingCriteria.Tf);
        for (uint i = 0; i < 100_000; i++) learner.Add([i / 300, i % 300 << 16]);
        // 334 first items, of which 0 is also a second item, with 299 other second items, and 100,000 pairs.
        Assert.Equal(334 + 299 + 100_000, learner.Map.Count);
        for (uint i = 0; i < 100_000; i++) Assert.Contains($"{i / 300} {i % 300 << 16}", Count(learner.Map, shape, [i / 300, i % 300 << 16]).Keys);
    }

    [Fact]
    public void Identifiers_are_sorted_whatever_their_number_and_size()
    {
        var random = new Random(3);
        foreach (int count in new[] { 0, 1, 63, 64, 65, 5000 })
        {
            foreach (int limit in new[] { 1, 200, 70_000, int.MaxValue })
            {
                int[] items = [.. Enumerable.Range(0, count).Select(_ => random.Next(limit))];
                var list = new FeatureList();
                foreach (int item in items) list.Add(item);
                list.Sort();
                Assert.Equal(items.Order(), list.Items.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(0, 0, true, new[] { 1 }, "from 1 to 10")]
    [InlineData(1, 1, true, new[] { 1 }, "no gaps")]
    [InlineData(8, 3, true, new[] { 1 }, "add up to 11")]
    [InlineData(2, 0, true, new[] { 1, 2, 3 }, "[1, 2, 3]")]
    [InlineData(2, 0, false, new[] { 0 }, "one positive limit")]
    public void Wrong_shapes_are_refused(int ngramLength, int skipLength, bool useAllLengths, int[] limits, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => NgramShape.Create(ngramLength, skipLength, useAllLengths, limits)).Message, StringComparison.Ordinal);

    [Fact]
    public void Terms_agree_with_a_dictionary() => Prop.ForAll(ArbMap.Default.ArbFor<string?[]>(), texts =>
    {
        var map = new TermMap();
        var expected = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (string text in texts.Select(text => text ?? ""))
        {
            expected.TryAdd(text, (uint)expected.Count + 1);
            Assert.Equal(expected[text], map.GetOrAdd(text));
        }
        foreach (var (text, key) in expected)
        {
            Assert.Equal(key, map.Find(text));
            Assert.Equal(text, map[key].ToString());
            Assert.Equal(expected.GetValueOrDefault(text + "x"), map.Find(text + "x"));
        }
    }).QuickCheckThrowOnFailure();
}
