using System.Text;
using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

public class BpeTokenizerTests
{
    internal static readonly string[] Corpus =
    [
        "the quick brown fox jumps over the lazy dog, and the dog doesn't mind it at all",
        "low lower lowest newer newest wider widest", "the newest dogs are lower than the widest foxes",
        "Tokens of texts: naïve café, 今天天气很好, 今天很冷。", "She said: \"I'll be there at 10:30\"   and  left.\n\nThe end.",
    ];

    private static readonly BpeTokenizer Trained = BpeTokenizer.Train(Corpus, new TokenizerTrainingOptions { VocabularySize = 400 });

    public static TheoryData<string> Texts => new(
        "", " ", "   ", "the dog", " the  dog ", "naïve café", "e\u0301", "今天天气 is good天", "👨‍👩‍👧‍👦 family", "👍🏽!", "\u200Bzero\u200Bwidth\uFEFF",
        "\u0000\u0001\u001F\u007F\u0085", "tabs\tand\r\nlines\n\n\n", "\uD83D", "\uDE00 x", "a\uD800b\uDC00c", "\uDE00\uD83D", "<s>not special</s>", new string('x', 5000), "\uFFFD\uFFFE\uFFFF", "𝒳²①Ⅳ");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Any_text_comes_back_as_it_was(string text) => Assert.Equal(text, Trained.Decode(Trained.EncodeToIds(text)));

    [Fact]
    public void Random_texts_come_back_as_they_were()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 3000; trial++)
        {
            char[] text = new char[random.Next(40)];
            for (int i = 0; i < text.Length; i++)
                text[i] = random.Next(4) switch { 0 => (char)random.Next(0xD7F0, 0xE010), 1 => (char)random.Next(128), 2 => " the'll\n"[random.Next(8)], _ => (char)random.Next(0x10000) };
            string written = new(text);
            Assert.Equal(written, Trained.Decode(Trained.EncodeToIds(written)));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Offsets_cover_the_text_in_order(string text)
    {
        int covered = 0;
        foreach (EncodedToken token in Trained.EncodeToTokens(text, out _))
        {
            (int start, int end) = (token.Offset.Start.Value, token.Offset.End.Value);
            Assert.InRange(start, 0, covered);
            Assert.True(end > start);
            Assert.True(start == covered || end == covered, "a token either goes on or shares a character");
            covered = end;
        }
        Assert.Equal(text.Length, covered);
    }

    [Fact]
    public void Lone_surrogates_are_the_bytes_that_utf8_would_give_them()
    {
        IReadOnlyList<int> ids = Trained.EncodeToIds("\uD83D");
        Assert.Equal([0xED, 0xA0, 0xBD], ids.Select(id => ByteAlphabet.ByteOf(Trained.TokenOf(id)[0])));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_read_as_replacement_characters()
    {
        int Id(byte value) => Trained.IdOf(ByteAlphabet.CharOf(value).ToString())!.Value;
        Assert.Equal("a\uFFFDb\uFFFD", Trained.Decode([Id((byte)'a'), Id(0xFF), Id((byte)'b'), Id(0xE4)]));
    }

    [Fact]
    public void Special_tokens_in_a_text_are_text()
    {
        Assert.DoesNotContain(Trained.SpecialTokens.End!.Value, Trained.EncodeToIds("</s>"));
        Assert.Equal("ab", Trained.Decode([0, Trained.IdOf("a")!.Value, 2, Trained.IdOf("b")!.Value, 1, 1]));
    }

    [Fact]
    public void Encoding_stops_after_so_many_tokens()
    {
        IReadOnlyList<int> all = Trained.EncodeToIds(Corpus[0]);
        for (int most = 0; most <= all.Count; most++)
        {
            var tokens = new TokenList();
            tokens.Add(7, 0, 0);
            Trained.Encode(Corpus[0], tokens, most);
            Assert.Equal([7, .. all.Take(most)], tokens.Ids.ToArray());
        }
    }

    [Fact]
    public void A_text_is_cut_so_that_tokens_are_no_more_than_asked_for()
    {
        const string Text = "the lazy dog 🙂🙂 doesn't";
        int all = Trained.CountTokens(Text);
        for (int most = 1; most <= all + 1; most++)
        {
            int end = Trained.GetIndexByTokenCount(Text, most, out _, out int before), start = Trained.GetIndexByTokenCountFromEnd(Text, most, out _, out int after);
            Assert.Equal(Text[..end], Trained.Decode(Trained.EncodeToIds(Text, most, out _, out int consumed)));
            Assert.Equal(end, consumed);
            Assert.Equal(Text[start..], Trained.Decode(Trained.EncodeToIds(Text).TakeLast(after)));
            Assert.InRange(before, 0, most);
            Assert.InRange(after, 0, most);
            if (most >= all) Assert.Equal((Text.Length, 0, all, all), (end, start, before, after));
        }
    }

    [Fact]
    public void Many_threads_may_encode()
    {
        BpeTokenizer fresh = BpeTokenizer.Train(Corpus, new TokenizerTrainingOptions { VocabularySize = 400 });
        IReadOnlyList<int>[] expected = [.. Corpus.Select(text => Trained.EncodeToIds(text))];
        Parallel.For(0, 400, i => Assert.Equal(expected[i % Corpus.Length], fresh.EncodeToIds(Corpus[i % Corpus.Length])));
    }

    [Fact]
    public void Training_does_not_depend_on_the_order_of_the_texts()
    {
        BpeTokenizer again = BpeTokenizer.Train(Corpus.Reverse(), new TokenizerTrainingOptions { VocabularySize = 400 });
        Assert.Equal(Enumerable.Range(0, Trained.VocabularySize).Select(Trained.TokenOf), Enumerable.Range(0, again.VocabularySize).Select(again.TokenOf));
    }

    [Fact]
    public void Encoding_many_texts_allocates_nothing()
    {
        var tokens = new TokenList();
        for (int i = 0; i < 3; i++) EncodeAll(tokens);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) EncodeAll(tokens);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void EncodeAll(TokenList tokens)
    {
        tokens.Clear();
        foreach (string text in Corpus) Trained.Encode(text, tokens);
    }
}
