using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Transforms.Text.Vectorizing;

public class NgramExtractorTests
{
    private static readonly NgramView[] Views =
    [
        new(NgramUnit.Word, 1, 1), new(NgramUnit.Word, 1, 3, MarkEnds: true), new(NgramUnit.Word, 2, 2), new(NgramUnit.CharacterWithinWord, 3, 5),
        new(NgramUnit.CharacterWithinWord, 1, 2), new(NgramUnit.CharacterWithinWord, 5, 5), new(NgramUnit.Character, 1, 4), new(NgramUnit.Character, 3, 3), new(NgramUnit.Word, 16, 16),
    ];

    /// <summary>Letters, spaces, signs, scripts without spaces, marks, emoji, joiners, and halves of pairs.</summary>
    internal static readonly Gen<string> Texts = Gen.Elements(
        "a", "B", "c", "9", "_", " ", " ", "  ", "\t", "!", "-", "é", "e\u0301", "\u0301", "ß", "退", "款", "ก", "า", "ा", "क", "カ", "😡", "👨\u200D👩", "❤\uFE0F", "✓", "\uD83D", "\uDE00", "\u00AD", "\0", "\u007F", "İ")
        .ArrayOf().Select(parts => string.Concat(parts));

    private struct Collector() : INgramSink
    {
        public List<(ulong Hash, int Start, int End)> Found = [];

        public readonly void Add(ulong hash, int start, int end) => Found.Add((hash, start, end));
    }

    private static List<(ulong Hash, string Text)> Extract(string text, int view)
    {
        string folded = NaiveNgrams.Fold(text);
        var sink = new Collector();
        NgramExtractor.Extract(folded, Views, view, ref sink);
        return [.. sink.Found.Select(found => (found.Hash, NgramExtractor.TextOf(folded, Views[view], found.Start, found.End)))];
    }

    [Fact]
    public void The_ngrams_of_any_text_are_those_of_their_definition() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        for (int view = 0; view < Views.Length; view++)
            Assert.Equal(NaiveNgrams.Of(text, Views[view]).Order(StringComparer.Ordinal), Extract(text, view).Select(ngram => ngram.Text).Order(StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();

    /// <summary>A vocabulary that is read from a file finds what the extraction that made it found.</summary>
    [Fact]
    public void The_hash_of_an_ngrams_text_is_its_hash() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        for (int view = 0; view < Views.Length; view++)
            foreach (var (hash, ngram) in Extract(text, view)) Assert.Equal(hash, NgramExtractor.Hash(view, ngram));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Extracting_all_views_is_extracting_each()
    {
        string folded = NaiveNgrams.Fold("Where is my 😡 card? 退款");
        var all = new Collector();
        NgramExtractor.Extract(folded, Views, ref all);
        var each = new Collector();
        for (int view = 0; view < Views.Length; view++) NgramExtractor.Extract(folded, Views, view, ref each);
        Assert.Equal(each.Found, all.Found);
    }

    [Theory]
    [InlineData("Don't panic!", "don t panic")]
    [InlineData("退款 ABC", "退 款 abc")]
    [InlineData("ขอเงินคืน", "ข อ เ ง ิ น ค ื น")]
    [InlineData("カード", "カ ー ド")]
    [InlineData("हिन्दी में", "हिन्दी में")]
    [InlineData("so angry😡😡 👨\u200D👩", "so angry 😡 😡 👨 👩")]
    [InlineData("order_id 12.50€", "order_id 12 50")]
    [InlineData("!?-", "")]
    public void Words_are_what_they_are_in_each_script(string text, string words) => Assert.Equal(words, string.Join(' ', Extract(text, 0).Select(ngram => ngram.Text)));

    [Fact]
    public void No_ngram_cuts_a_pair_in_half()
    {
        for (int view = 0; view < Views.Length; view++)
        {
            foreach (var (_, ngram) in Extract("a😡b👨\u200D👩c 😡😡😡", view))
                Assert.Equal(ngram, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(ngram)));
        }
        Assert.Contains("😡", Extract("😡", 6).Select(ngram => ngram.Text));
    }

    [Fact]
    public void An_empty_text_has_no_ngram()
    {
        for (int view = 0; view < Views.Length; view++)
            foreach (string text in new[] { "", " ", "\n\t\u00A0", "\u200D\uFE0F" }) Assert.Empty(Extract(text, view));
    }

    [Fact]
    public void A_million_ngrams_have_a_million_hashes()
    {
        // By the birthday bound two of 2 million 64-bit hashes are the same with a probability of 1 in 9 million.
        var seen = new HashSet<ulong>();
        int count = 0;
        for (int a = 0; a < 100; a++)
        {
            for (int b = 0; b < 100; b++)
            {
                for (int c = 0; c < 100; c++, count += 2)
                {
                    seen.Add(NgramExtractor.Hash(0, [(char)('a' + a), (char)('a' + b), (char)('a' + c)]));
                    seen.Add(NgramExtractor.Hash(1, [(char)('a' + a), (char)('a' + b), (char)('a' + c)]));
                }
            }
        }
        Assert.Equal(count, seen.Count);
    }
}
