using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;
using Language = MLPipelines.Transforms.Text.StopWordsRemovingEstimator.Language;

namespace MLPipelines.Tests.Transforms.Text;

public class StopWordTests
{
    private static string[] Left(string text, Language language, ITextTokenizer? tokenizer = null)
    {
        IDataView view = View(text);
        IEstimator<ITransformer> words = tokenizer is null ? ML.Transforms.Text.TokenizeIntoWords("Words", "Text") : ML.Transforms.Text.TokenizeIntoWords("Words", "Text", tokenizer);
        return Texts(words.Append(ML.Transforms.Text.RemoveDefaultStopWords("Words", language: language)).Fit(view).Transform(view), "Words")[0];
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/RemoveDefaultStopWords.cs
    [Fact]
    public void The_sample_of_ML_NET_gives_its_printed_output() => Assert.Equal(
        "ML.NET's,RemoveDefaultStopWords,API,removes,stop,words,text/string.,requires,text/string,tokenized,beforehand.",
        string.Join(',', Left("ML.NET's RemoveDefaultStopWords API removes stop words from tHe text/string. It requires the text/string to be tokenized beforehand.", Language.English)));

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/FeaturizeTextWithOptions.cs
    [Fact]
    public void Featurizing_without_common_words_gives_the_printed_output_of_ML_NET()
    {
        IDataView view = View(
            "ML.NET's FeaturizeText API uses a composition of several basic transforms to convert text into numeric features.",
            "This API can be used as a featurizer to perform text classification.", "There are a number of approaches to text classification.",
            "One of the simplest and most common approaches is called “Bag of Words”.", "Text classification can be used for a wide variety of tasks",
            "such as sentiment analysis, topic detection, intent identification etc.");
        IDataView features = ML.Transforms.Text.FeaturizeText("Features", new TextFeaturizingEstimator.Options
        {
            OutputTokensColumnName = "Tokens",
            StopWordsRemoverOptions = new StopWordsRemovingEstimator.Options { Language = TextFeaturizingEstimator.Language.English },
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true },
            CharFeatureExtractor = new WordBagEstimator.Options { NgramLength = 3, UseAllLengths = false },
        }, "Text").Fit(view).Transform(view);
        Assert.Equal("ml.net's,featurizetext,api,uses,composition,basic,transforms,convert,text,numeric,features.", string.Join(',', Texts(features, "Tokens")[0]));
        Assert.Equal(282, Features(features, "Features")[0].Length);
        Assert.Equal("0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.1881",
            string.Join(' ', Features(features, "Features")[0].Take(10).Select(f => f.ToString("F4", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData(Language.English, "The cat is on the mat and they're happy", "cat mat happy")]
    [InlineData(Language.English, "they’re happy", "happy")]
    [InlineData(Language.French, "Nous avons été à la plage avec vos amis", "plage amis")]
    [InlineData(Language.German, "Die Katze sitzt auf dem Dach und schläft für immer", "Katze sitzt Dach schläft")]
    [InlineData(Language.Dutch, "De kat zit op het dak van ons huis", "kat zit dak huis")]
    [InlineData(Language.Danish, "Jeg har en hund og en kat på gården", "hund kat gården")]
    [InlineData(Language.Swedish, "Jag har en hund och en katt på gården", "hund katt gården")]
    [InlineData(Language.Italian, "Il gatto è sul tetto della casa", "gatto tetto casa")]
    [InlineData(Language.Spanish, "El gato está sobre el tejado de la casa", "gato tejado casa")]
    [InlineData(Language.Portuguese, "O gato está no telhado da casa", "gato telhado casa")]
    [InlineData(Language.Portuguese_Brazilian, "Você tá no telhado da casa", "telhado casa")]
    [InlineData(Language.Norwegian_Bokmal, "Jeg har en hund og en katt på gården", "hund katt gården")]
    [InlineData(Language.Russian, "Он живёт в большом доме и у него есть собака", "живёт большом доме собака")]
    [InlineData(Language.Polish, "On mieszka w dużym domu i ma psa", "mieszka dużym domu psa")]
    [InlineData(Language.Czech, "On bydlí ve velkém domě a má psa", "bydlí velkém domě psa")]
    [InlineData(Language.Arabic, "هو يعيش في بيت كبير مع عائلته", "يعيش بيت كبير عائلته")]
    public void Common_words_go_and_the_others_stay(Language language, string text, string left) => Assert.Equal(left, string.Join(' ', Left(text, language)));

    [Theory]
    [InlineData(Language.Chinese, "我的猫在家", "猫 家")]
    [InlineData(Language.Japanese, "猫は家で寝た", "猫 家 寝")]
    public void Particles_go_where_characters_are_words(Language language, string text, string left) => Assert.Equal(left, string.Join(' ', Left(text, language, new UnicodeTokenizer())));

    [Fact]
    public void Words_go_without_their_diacritics_too() => Assert.Equal(["tejado"], Left("mas aqui tambien esta tejado", Language.Spanish));

    [Fact]
    public void Stop_words_are_compared_as_normalized_text_has_them()
    {
        IDataView view = View("Don't eat the CRÈME, I say", "x");
        var options = new TextFeaturizingEstimator.Options
        {
            KeepPunctuations = false, OutputTokensColumnName = "Tokens", WordFeatureExtractor = null, CharFeatureExtractor = null,
            StopWordsRemoverOptions = new StopWordsRemovingEstimator.Options(),
        };
        Assert.Equal(["eat", "creme", "say"], Texts(ML.Transforms.Text.FeaturizeText("F", options, "Text").Fit(view).Transform(view), "Tokens")[0]);
        options.StopWordsRemoverOptions = new CustomStopWordsRemovingEstimator.Options { StopWords = ["Crème"] };
        Assert.Equal(["dont", "eat", "the", "i", "say"], Texts(ML.Transforms.Text.FeaturizeText("F", options, "Text").Fit(view).Transform(view), "Tokens")[0]);
    }

    [Fact]
    public void Every_language_has_a_list_under_both_names()
    {
        string[] names = Enum.GetNames<Language>();
        Assert.Equal(17, names.Length);
        Assert.Equal(names.Order(StringComparer.Ordinal), Enum.GetNames<TextFeaturizingEstimator.Language>().Order(StringComparer.Ordinal));
        foreach (var language in Enum.GetValues<TextFeaturizingEstimator.Language>()) Assert.InRange(StopWordLists.Of(language).ToArray().Length, 100, 500);
    }

    [Fact]
    public void No_list_has_a_word_twice()
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            IReadOnlyList<string> words = StopWordLists.WordsOf(language);
            Assert.Equal(words.Distinct(StringComparer.Ordinal), words);
        }
    }

    [Fact]
    public void A_language_that_is_none_is_refused()
    {
        Assert.Contains("English, French", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.Text.RemoveDefaultStopWords("W", language: (Language)99)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.Text.FeaturizeText("F", new TextFeaturizingEstimator.Options
        {
            StopWordsRemoverOptions = new StopWordsRemovingEstimator.Options { Language = (TextFeaturizingEstimator.Language)99 },
        }));
    }
}
