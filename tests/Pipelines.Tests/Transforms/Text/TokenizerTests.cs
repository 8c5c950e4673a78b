using MLPipelines.Data;
using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;

namespace MLPipelines.Tests.Transforms.Text;

public class TokenizerTests
{
    private static readonly UnicodeTokenizer Unicode = new();

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/TokenizeIntoWords.cs
    [Fact]
    public void The_word_sample_of_ML_NET_gives_its_printed_output()
    {
        IDataView view = View("ML.NET's TokenizeIntoWords API splits text/string into words using the list of characters provided as separators.");
        var words = ML.Transforms.Text.TokenizeIntoWords("Words", "Text", separators: [' ']).Fit(view).Transform(view);
        Assert.Equal("ML.NET's,TokenizeIntoWords,API,splits,text/string,into,words,using,the,list,of,characters,provided,as,separators.",
            string.Join(',', Texts(words, "Words")[0]));
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/TokenizeIntoCharactersAsKeys.cs: 77 tokens without markers, spaces shown as <␠>
    [Fact]
    public void The_character_sample_of_ML_NET_gives_its_printed_output()
    {
        const string Text = "ML.NET's TokenizeIntoCharactersAsKeys API splits text/string into characters.";
        IDataView view = View(Text);
        var tokens = ML.Transforms.Text.TokenizeIntoCharactersAsKeys("Chars", "Text", useMarkerCharacters: false).Fit(view).Transform(view);
        var column = (VectorColumn<ushort>)BatchView.Of(tokens).ReadColumns(tokens.Schema["Chars"].Index)[0];
        VBuffer<ReadOnlyMemory<char>> names = default;
        tokens.Schema["Chars"].GetKeyValues(ref names);
        Assert.Equal(77, column[0].Length);
        Assert.Equal(Text.Replace(" ", "<␠>"), string.Concat(column[0].Values.ToArray().Select(key => names.GetItemOrDefault(key - 1).ToString())));
    }

    [Fact]
    public void Markers_enclose_a_text_and_separate_those_of_a_vector()
    {
        IDataView view = View("ab c", "");
        var chain = ML.Transforms.Text.TokenizeIntoCharactersAsKeys("Text1", "Text").Append(ML.Transforms.Text.TokenizeIntoWords("Words", "Text"))
            .Append(ML.Transforms.Text.TokenizeIntoCharactersAsKeys("Words"));
        IDataView result = chain.Fit(view).Transform(view);
        var texts = (VectorColumn<ushort>)BatchView.Of(result).ReadColumns(result.Schema["Text1"].Index)[0];
        var vectors = (VectorColumn<ushort>)BatchView.Of(result).ReadColumns(result.Schema["Words"].Index)[0];
        Assert.Equal([2, 'a', 'b', ' ', 'c', 3], texts[0].Values.ToArray());
        Assert.Empty(texts[1].Values.ToArray());
        Assert.Equal([2, 'a', 'b', 0x1F, 'c', 3], vectors[0].Values.ToArray());
        Assert.Equal([2, 3], vectors[1].Values.ToArray());
    }

    [Theory]
    [InlineData(" a  b ", new[] { ' ' }, "a|b")]
    [InlineData("a, b;c", new[] { ',', ';' }, "a|b|c")]
    [InlineData("a b, c", new[] { ',' }, "a b|c")]
    [InlineData(", ,", new[] { ',' }, "")]
    public void Words_end_at_separators_and_lose_spaces_around_them(string text, char[] separators, string expected)
    {
        IDataView view = View(text);
        Assert.Equal(expected, string.Join('|', Texts(ML.Transforms.Text.TokenizeIntoWords("W", "Text", separators).Fit(view).Transform(view), "W")[0]));
    }

    [Theory]
    [InlineData("The cat's 3.14 wasn’t (really) well-known.", "the|cat's|3.14|wasn’t|really|well|known")]
    [InlineData("1,000.50€ card.How snake_case", "1,000.50|€|card|how|snake_case")]
    [InlineData("我想退款。Where is 我的 order?", "我|想|退|款|where|is|我|的|order")] // Chinese
    [InlineData("カードを失くしました", "カ|ー|ド|を|失|く|し|ま|し|た")] // Japanese
    [InlineData("ที่นี่ดีมาก", "ที่|นี่|ดี|ม|า|ก")] // Thai: vowels and tones above stay with their consonant
    [InlineData("ភាសាខ្មែរ", "ភា|សា|ខ្មែ|រ")] // Khmer: the subscript stays with its base
    [InlineData("မြန်မာ", "မြ|န်|မာ")] // Burmese
    [InlineData("안녕하세요 세계", "안녕하세요|세계")] // Korean has spaces
    [InlineData("हिन्दी में", "हिन्दी|में")] // Devanagari: vowel signs belong to the word
    [InlineData("می‌خواهم", "می‌خواهم")] // Persian: the non-joiner is inside a word
    [InlineData("ok😀👍🏽!", "ok|😀|👍🏽")] // emoji, with a skin tone
    [InlineData("👨‍👩‍👧 🏳️‍🌈❤️‍🔥", "👨‍👩‍👧|🏳️‍🌈|❤️‍🔥")] // joined sequences
    [InlineData("🇩🇪🇫🇷 🏴󠁧󠁢󠁥󠁮󠁧󠁿 #️⃣", "🇩🇪|🇫🇷|🏴󠁧󠁢󠁥󠁮󠁧󠁿|#️⃣")] // flags, a flag made of tags, a keycap
    [InlineData("𠮷野家 𝐀", "𠮷|野|家|a")] // Han beyond U+FFFF; a mathematical letter is a letter
    [InlineData("", "")]
    [InlineData(" \t\r\n", "")]
    public void The_Unicode_tokenizer_cuts_every_language(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Tokens(text, Unicode)));

    [Fact]
    public void Halves_of_surrogate_pairs_separate_words()
    {
        Assert.Equal(["a", "b"], Tokens("a\uD83Db \uDE00", new UnicodeTokenizer(normalize: false)));
        Assert.Equal(["a", "\uFFFD", "b", "\uFFFD"], Tokens("a\uD83Db \uDE00", Unicode));
    }

    [Theory]
    [InlineData("ＡＢＣ　１２", "abc|12")] // full width
    [InlineData("ﬁnd", "find")] // ligature
    [InlineData("ｶﾞ", "ガ")] // half-width Katakana with its voicing mark
    [InlineData("cafe\u0301", "café")] // one form for composed and decomposed
    [InlineData("STRASSE straße", "strasse|strasse")]
    [InlineData("ΟΔΟΣ οδος οδοσ", "οδοσ|οδοσ|οδοσ")] // final sigma
    [InlineData("\U00010400", "\U00010428")] // Deseret has case beyond U+FFFF
    public void Folding_brings_text_to_one_form(string text, string expected) => Assert.Equal(expected, string.Join('|', Tokens(text, Unicode)));

    [Fact]
    public void Folding_equals_the_normalization_of_the_platform()
    {
        var plain = new UnicodeTokenizer(foldCase: false);
        char[] buffer = [];
        for (int c = 1; c < 0x10000; c++)
        {
            if (char.IsSurrogate((char)c) || c == 0xFFFE) continue; // the platform refuses these
            foreach (string text in new[] { ((char)c).ToString(), $"中{(char)c}x" })
                Assert.Equal(text.Normalize(System.Text.NormalizationForm.FormKC), plain.Prepare(text, ref buffer).ToString());
        }
    }

    [Fact]
    public void Settings_of_the_Unicode_tokenizer_do_what_they_say()
    {
        Assert.Equal("Ａ|b", string.Join('|', Tokens("Ａ b", new UnicodeTokenizer(normalize: false, foldCase: false))));
        Assert.Equal("a|,|b|!|!", string.Join('|', Tokens("a, b!!", new UnicodeTokenizer(keepPunctuation: true))));
    }

    [Fact]
    public void Tokens_are_in_order_and_inside_the_text_for_any_text()
    {
        var random = new Random(5);
        for (int round = 0; round < 2000; round++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x10000))]);
            char[] buffer = [];
            string prepared = Unicode.Prepare(text, ref buffer).ToString();
            var tokens = new TokenRanges();
            Unicode.Tokenize(prepared, tokens);
            int end = 0;
            foreach (TokenRange token in tokens.AsSpan())
            {
                Assert.True(token.Start >= end && token.Length > 0 && token.Start + token.Length <= prepared.Length);
                end = token.Start + token.Length;
            }
        }
    }

    [Fact]
    public void A_tokenizer_of_ones_own_is_saved_once_it_is_registered()
    {
        IDataView view = View("a-b-c");
        var fitted = ML.Transforms.Text.TokenizeIntoWords("Words", "Text", new DashTokenizer()).Fit(view);
        var error = Assert.Throws<MLPipelinesException>(() => SaveAndLoad(fitted, view.Schema, out _));
        Assert.Contains("'dashes' is not known; call TextTokenizers.Register", error.Message, StringComparison.Ordinal);
        TextTokenizers.Register("dashes", _ => new DashTokenizer());
        Assert.Equal(["a", "b", "c"], Texts(SaveAndLoad(fitted, view.Schema, out _).Transform(view), "Words")[0]);
    }

    private sealed class DashTokenizer : ITextTokenizer
    {
        public string TypeId => "dashes";

        public void Tokenize(ReadOnlySpan<char> text, TokenRanges tokens)
        {
            foreach (Range range in text.Split('-')) tokens.Add(range.Start.Value, range.End.Value - range.Start.Value);
        }
    }
}
