using MLPipelines.Tokenizers;

namespace MLPipelines.Neural.Tests.Text;

public class WordPieceTokenizerTests
{
    private static readonly BertTokenizer Trained = BertTokenizer.Train(BpeTokenizerTests.Corpus, new TokenizerTrainingOptions { VocabularySize = 150, MinimumFrequency = 1 });

    private static BertTokenizer Of(string[] tokens, BertOptions? options = null) =>
        BertTokenizer.Create(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', tokens) + "\n")), options);

    [Fact]
    public void Words_are_divided_as_ML_NET_documents()
    {
        // The vocabulary, text and numbers of ML.NET's tests of its BertTokenizer.
        BertTokenizer tokenizer = Of(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "!", ",", "?", "hello", "world", "how", "are", "you"]);
        Assert.Equal(
            [new EncodedToken(8, "hello", 0..5), new EncodedToken(6, ",", 5..6), new EncodedToken(10, "how", 7..10), new EncodedToken(11, "are", 11..14), new EncodedToken(12, "you", 15..18), new EncodedToken(7, "?", 18..19)],
            tokenizer.EncodeToTokens("Hello, How are you?", out _));
        Assert.Equal([2, 8, 6, 10, 11, 12, 7, 3], tokenizer.EncodeToIds("Hello, How are you?"));
        Assert.Equal([2, 4, 3], tokenizer.EncodeToIds("[MASK]"));
        Assert.Equal("hello, how are you?", tokenizer.Decode([2, 8, 6, 10, 11, 12, 7, 3]));
        Assert.Equal("[CLS] hello, how are you? [SEP]", tokenizer.Decode([2, 8, 6, 10, 11, 12, 7, 3], skipSpecialTokens: false));
        Assert.Equal([2, 8, 6, 3], tokenizer.EncodeToIds("Hello, How are you?", 4, out _, out int consumed));
        Assert.Equal(7, consumed);
        Assert.Equal([1, 0, 0, 1, 0, 1], tokenizer.GetSpecialTokensMask([8, 9], [10]));
        Assert.Equal([2, 8, 9, 3, 10, 3], tokenizer.BuildInputsWithSpecialTokens([8, 9], [10]));
        Assert.Equal([0, 0, 0, 0, 1, 1], tokenizer.CreateTokenTypeIdsFromSequences([8, 9], [10]));
    }

    [Fact]
    public void Offsets_are_those_of_the_text_before_it_is_normalized()
    {
        BertTokenizer tokenizer = Of(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cafe", "##s", "好", "i"], new BertOptions { RemoveNonSpacingMarks = true });
        Assert.Equal(
            [new EncodedToken(5, "cafe", 1..6), new EncodedToken(6, "##s", 7..8), new EncodedToken(7, "好", 8..9), new EncodedToken(8, "i", 10..11)],
            tokenizer.EncodeToTokens("\u200BCafe\u0301\u200Ds好\tİ", out _));
    }

    [Fact]
    public void A_word_that_has_no_pieces_is_unknown_as_a_whole()
    {
        BertTokenizer tokenizer = Of(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able"]);
        Assert.Equal([5, 6, 7, 1], tokenizer.EncodeToIds("unaffable unaffableX", addSpecialTokens: false));
        Assert.Equal([1], tokenizer.EncodeToIds(new string('u', 101), addSpecialTokens: false));
    }

    [Fact]
    public void Pieces_are_learned()
    {
        Assert.Equal(["the", "dog", "quick"], new[] { "the", "dog", "quick" }.Select(word => Trained.TokenOf(Trained.EncodeToIds(word, addSpecialTokens: false)[0])));
        Assert.Equal("the newest cafe, 今 天", Trained.Decode(Trained.EncodeToIds("The  NEWEST café, 今天")));
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

    [Fact]
    public void Random_texts_have_offsets_in_order()
    {
        var random = new Random(6);
        var tokens = new TokenList();
        for (int trial = 0; trial < 3000; trial++)
        {
            char[] text = new char[random.Next(60)];
            for (int i = 0; i < text.Length; i++)
                text[i] = random.Next(4) switch { 0 => (char)random.Next(0xD7F0, 0xE010), 1 => (char)random.Next(128), 2 => " thedog\n"[random.Next(8)], _ => (char)random.Next(0x10000) };
            tokens.Clear();
            Trained.Encode(text, tokens);
            int last = 0;
            for (int i = 0; i < tokens.Count; i++)
            {
                Assert.InRange(tokens.Starts[i], last == 0 ? 0 : tokens.Starts[i - 1], text.Length - 1);
                Assert.InRange(tokens.Ends[i], tokens.Starts[i] + 1, text.Length);
                last = tokens.Ends[i];
            }
        }
    }

    private static void EncodeAll(TokenList tokens)
    {
        tokens.Clear();
        foreach (string text in BpeTokenizerTests.Corpus) Trained.Encode(text, tokens);
    }
}
