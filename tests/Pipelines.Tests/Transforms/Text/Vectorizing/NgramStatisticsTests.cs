using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Transforms.Text.Vectorizing;

public class NgramStatisticsTests
{
    private static readonly NgramView[] Views = [new(NgramUnit.Word, 1, 2), new(NgramUnit.Character, 1, 3)];

    private static readonly string[] Texts = RandomTexts(700);

    private static string[] RandomTexts(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(30)).Select(_ => $"w{(int)(3000 * Math.Pow(random.NextDouble(), 3))}")))];
    }

    private static TextColumn Column(IEnumerable<string> texts)
    {
        var column = new TextColumn();
        foreach (string text in texts) column.Append(text);
        return column;
    }

    private static NgramStatistics Count(int minimum, long ngramsPerPass = 1 << 25) =>
        NgramStatistics.OfAny(Column(Texts), Views, minimum, default, ngramsPerPass);

    private static string[] Named(string[][] terms) => [.. terms.SelectMany((list, view) => list.Select(term => $"{view}:{term}"))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Ngrams_and_the_number_of_texts_that_have_them_are_those_of_a_dictionary(int minimum)
    {
        Dictionary<string, int> expected = Texts
            .SelectMany(text => Views.SelectMany((view, i) => NaiveNgrams.Of(text, view).Select(term => $"{i}:{term}")).Distinct())
            .GroupBy(term => term).Where(group => group.Count() >= minimum).ToDictionary(group => group.Key, group => group.Count());
        NgramStatistics statistics = Count(minimum);
        int[] kept = statistics.Select(int.MaxValue);
        Assert.Equal(expected, Named(statistics.TermsOf(kept)).Select((term, i) => (term, Count: statistics.DocumentCount(kept[i]))).ToDictionary(item => item.term, item => item.Count));
    }

    [Fact]
    public void Equally_frequent_ngrams_follow_each_other_as_the_texts_that_have_them_first()
    {
        NgramStatistics statistics = Count(1);
        int[] kept = statistics.Select(int.MaxValue);
        string[][] terms = statistics.TermsOf(kept);
        int at = 0;
        for (int view = 0; view < Views.Length; view++)
        {
            string[][] own = [.. Texts.Select(text => NaiveNgrams.Of(text, Views[view]).ToArray())];
            var first = own.Index().SelectMany(text => text.Item.Select(term => (term, text.Index))).DistinctBy(item => item.term).ToDictionary(item => item.term, item => item.Index);
            (int, int)[] order = [.. terms[view].Select(term => (-statistics.DocumentCount(kept[at++]), first[term]))];
            Assert.Equal(order.Order(), order);
        }
    }

    [Fact]
    public void Many_passes_over_the_texts_find_what_one_finds()
    {
        NgramStatistics once = Count(2), often = Count(2, ngramsPerPass: 9_000);
        int[] keptOnce = once.Select(1 << 20), keptOften = often.Select(1 << 20);
        Dictionary<string, int> Counts(NgramStatistics statistics, int[] kept) =>
            Named(statistics.TermsOf(kept)).Select((term, i) => (term, Count: statistics.DocumentCount(kept[i]))).ToDictionary(item => item.term, item => item.Count);
        Assert.Equal(Counts(once, keptOnce), Counts(often, keptOften));
        Assert.Equal(Rows(once, keptOnce), Rows(often, keptOften));

        // What each text has, by name and not by the number of the feature.
        static string[] Rows(NgramStatistics statistics, int[] kept)
        {
            string[] names = Named(statistics.TermsOf(kept));
            float[] ones = [.. kept.Select(_ => 1f)];
            var features = statistics.ToMatrix(kept).Weigh(ones);
            return [.. Enumerable.Range(0, Texts.Length).Select(row =>
            {
                int[] indices = features[row].Indices.ToArray();
                float[] values = features[row].Values.ToArray();
                return string.Join(' ', indices.Zip(values, (feature, value) => $"{names[feature]}={value:F5}").Order(StringComparer.Ordinal));
            })];
        }
    }
}
