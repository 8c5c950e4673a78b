using System.Diagnostics;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;

namespace MLPipelines.Tests.Transforms.Text;

public class FeaturizeTextTests
{
    private static readonly string[] Sample =
    [
        "ML.NET's FeaturizeText API uses a composition of several basic transforms to convert text into numeric features.",
        "This API can be used as a featurizer to perform text classification.", "There are a number of approaches to text classification.",
        "One of the simplest and most common approaches is called “Bag of Words”.", "Text classification can be used for a wide variety of tasks",
        "such as sentiment analysis, topic detection, intent identification etc.",
    ];

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/FeaturizeText.cs
    [Fact]
    public void The_sample_of_ML_NET_gives_its_printed_output()
    {
        IDataView view = View(Sample);
        IDataView result = ML.Transforms.Text.FeaturizeText("Features", "Text").Fit(view).Transform(view);
        float[] first = Features(result, "Features")[0];
        Assert.Equal(332, first.Length);
        Assert.Equal("0.0857 0.0857 0.0857 0.0857 0.0857 0.0857 0.0857 0.0857 0.0857 0.1715",
            string.Join(' ', first.Take(10).Select(v => v.ToString("F4", System.Globalization.CultureInfo.InvariantCulture))));
        string[] names = SlotNames(result, "Features");
        Assert.Equal(["Char.<␂>|m|l", "Char.m|l|.", "Char.l|.|n"], names.Take(3));
        Assert.Equal("Word.ml.net's", names.First(name => name.StartsWith("Word.", StringComparison.Ordinal)));
        Assert.True(result.Schema["Features"].IsNormalized());
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/FeaturizeTextWithOptions.cs, with the words of its English list that the texts have.
    [Fact]
    public void The_sample_of_ML_NET_with_options_gives_its_printed_output()
    {
        IDataView view = View(Sample);
        var options = new TextFeaturizingEstimator.Options
        {
            OutputTokensColumnName = "OutputTokens",
            StopWordsRemoverOptions = new CustomStopWordsRemovingEstimator.Options { StopWords = EnglishStopWordsOfTheSample },
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true },
            CharFeatureExtractor = new WordBagEstimator.Options { NgramLength = 3, UseAllLengths = false },
        };
        IDataView result = ML.Transforms.Text.FeaturizeText("Features", options, "Text").Fit(view).Transform(view);
        float[] first = Features(result, "Features")[0];
        Assert.Equal("ml.net's,featurizetext,api,uses,composition,basic,transforms,convert,text,numeric,features.", string.Join(',', Texts(result, "OutputTokens")[0]));
        Assert.Equal(282, first.Length);
        Assert.Equal("0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.0941 0.1881",
            string.Join(' ', first.Take(10).Select(v => v.ToString("F4", System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static readonly string[] EnglishStopWordsOfTheSample =
        ["a", "of", "several", "to", "into", "this", "can", "be", "as", "there", "are", "one", "the", "and", "most", "is", "for", "such"];

    [Fact]
    public void The_result_equals_its_steps_one_by_one()
    {
        IDataView view = View([.. Sample, "", "日本語のテキスト 😀", "Ünïcode   text  text"]);
        foreach (var weighting in Enum.GetValues<NgramExtractingEstimator.WeightingCriteria>())
        {
            var options = new TextFeaturizingEstimator.Options
            {
                Norm = TextFeaturizingEstimator.NormFunction.L2,
                WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, SkipLength = 1, Weighting = weighting },
                CharFeatureExtractor = new WordBagEstimator.Options { NgramLength = 4, UseAllLengths = true, Weighting = weighting },
            };
            IDataView whole = ML.Transforms.Text.FeaturizeText("Features", options, "Text").Fit(view).Transform(view);
            IDataView steps = ML.Transforms.Text.NormalizeText("N", "Text")
                .Append(ML.Transforms.Text.TokenizeIntoCharactersAsKeys("C", "N"))
                .Append(ML.Transforms.Text.ProduceNgrams("Char", "C", 4, weighting: weighting))
                .Append(ML.Transforms.Text.TokenizeIntoWords("W", "N"))
                .Append(ML.Transforms.Conversion.MapValueToKey("W"))
                .Append(ML.Transforms.Text.ProduceNgrams("Word", "W", 2, skipLength: 1, weighting: weighting))
                .Append(ML.Transforms.NormalizeLpNorm("Char")).Append(ML.Transforms.NormalizeLpNorm("Word"))
                .Append(ML.Transforms.Concatenate("Features", "Char", "Word")).Fit(view).Transform(view);
            Assert.Equal(SlotNames(steps, "Features"), SlotNames(whole, "Features"));
            Assert.Equal(Features(steps, "Features"), Features(whole, "Features"));
        }
    }

    [Fact]
    public void Several_columns_are_one_text()
    {
        IDataView view = ML.Data.LoadFromEnumerable([new TwoTexts { Title = "Ab", Body = "c" }, new TwoTexts { Title = "", Body = "" }]);
        var options = new TextFeaturizingEstimator.Options { Norm = TextFeaturizingEstimator.NormFunction.None };
        IDataView result = ML.Transforms.Text.FeaturizeText("F", options, "Title", "Body").Fit(view).Transform(view);
        Assert.Equal(["Char.<␂>|a|b", "Char.a|b|<␟>", "Char.b|<␟>|c", "Char.<␟>|c|<␃>", "Word.ab", "Word.c"], SlotNames(result, "F"));
        Assert.Equal([1, 1, 1, 1, 1, 1], Features(result, "F")[0]);
        Assert.Equal(new float[6], Features(result, "F")[1]);
    }

    [Fact]
    public void Either_part_can_be_left_out_and_slots_then_have_no_prefix()
    {
        IDataView view = View("a b");
        var words = new TextFeaturizingEstimator.Options { CharFeatureExtractor = null };
        Assert.Equal(["a", "b"], SlotNames(ML.Transforms.Text.FeaturizeText("F", words, "Text").Fit(view).Transform(view), "F"));
        var characters = new TextFeaturizingEstimator.Options { WordFeatureExtractor = null };
        Assert.Equal(["<␂>|a|<␠>", "a|<␠>|b", "<␠>|b|<␃>"], SlotNames(ML.Transforms.Text.FeaturizeText("F", characters, "Text").Fit(view).Transform(view), "F"));
        var tokens = new TextFeaturizingEstimator.Options { WordFeatureExtractor = null, CharFeatureExtractor = null, OutputTokensColumnName = "T" };
        var fitted = ML.Transforms.Text.FeaturizeText("F", tokens, "Text").Fit(view);
        Assert.Equal(["a", "b"], Texts(fitted.Transform(view), "T")[0]);
        Assert.Null(fitted.GetOutputSchema(view.Schema).GetColumnOrNull("F"));
        tokens.OutputTokensColumnName = null;
        Assert.Contains("nothing to make", Assert.Throws<ArgumentException>(() => ML.Transforms.Text.FeaturizeText("F", tokens, "Text")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TextFeaturizingEstimator.NormFunction.None, new float[] { 2, 1 })]
    [InlineData(TextFeaturizingEstimator.NormFunction.L1, new[] { 2 / 3f, 1 / 3f })]
    [InlineData(TextFeaturizingEstimator.NormFunction.L2, new[] { 0.8944272f, 0.4472136f })]
    [InlineData(TextFeaturizingEstimator.NormFunction.Infinity, new[] { 1, 0.5f })]
    public void Each_norm_becomes_one(TextFeaturizingEstimator.NormFunction norm, float[] expected)
    {
        IDataView view = View("a a b");
        var options = new TextFeaturizingEstimator.Options { CharFeatureExtractor = null, Norm = norm };
        IDataView result = ML.Transforms.Text.FeaturizeText("F", options, "Text").Fit(view).Transform(view);
        Assert.Equal(expected, Features(result, "F")[0], (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(norm != TextFeaturizingEstimator.NormFunction.None, result.Schema["F"].IsNormalized());
    }

    [Fact]
    public void With_the_Unicode_tokenizer_Chinese_text_has_character_ngrams()
    {
        IDataView view = View("我要退款", "我要轉帳");
        var options = new TextFeaturizingEstimator.Options
        {
            Tokenizer = new UnicodeTokenizer(), CharFeatureExtractor = null, WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2 },
        };
        var fitted = ML.Transforms.Text.FeaturizeText("F", options, "Text").Fit(view);
        Assert.Equal(["我", "我|要", "要", "要|退", "退", "退|款", "款", "要|轉", "轉", "轉|帳", "帳"], SlotNames(fitted.Transform(view), "F"));
        Assert.Equal(Features(fitted.Transform(view), "F"), Features(SaveAndLoad(fitted, view.Schema, out _).Transform(view), "F"));
    }

    [Fact]
    public void A_saved_model_gives_the_same_bits_and_the_same_bytes()
    {
        IDataView view = View([.. Sample, "lines\nand \\backslashes", "half a pair \uD83D", "😀 日本"]);
        var options = new TextFeaturizingEstimator.Options
        {
            OutputTokensColumnName = "Tokens",
            StopWordsRemoverOptions = new CustomStopWordsRemovingEstimator.Options { StopWords = ["the", "OF"] },
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 3, UseAllLengths = false, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf },
        };
        var fitted = ML.Transforms.Text.FeaturizeText("Features", options, "Text").Fit(view);
        ITransformer loaded = SaveAndLoad(fitted, view.Schema, out byte[] bytes);
        SaveAndLoad(loaded, view.Schema, out byte[] again);
        Assert.Equal(bytes, again);
        Assert.Equal(SlotNames(fitted.Transform(view), "Features"), SlotNames(loaded.Transform(view), "Features"));
        Assert.Equal(Features(fitted.Transform(view), "Features"), Features(loaded.Transform(view), "Features"));
        Assert.Equal(Texts(fitted.Transform(view), "Tokens"), Texts(loaded.Transform(view), "Tokens"));
        SaveAndLoad(ML.Transforms.Text.FeaturizeText("Features", options, "Text").Fit(view), view.Schema, out byte[] fittedAgain);
        Assert.Equal(bytes, fittedAgain);
    }

    [Fact]
    public void Every_other_text_transform_survives_saving()
    {
        IDataView view = View("The cat, the DOG", "a cat");
        var chain = ML.Transforms.Text.NormalizeText("N", "Text", keepPunctuations: false)
            .Append(ML.Transforms.Text.TokenizeIntoWords("W", "N", [' ', ',']))
            .Append(ML.Transforms.Text.RemoveStopWords("W", "W", "The"))
            .Append(ML.Transforms.Text.TokenizeIntoCharactersAsKeys("C", "W", useMarkerCharacters: false))
            .Append(ML.Transforms.Text.ProduceNgrams("CharNgrams", "C", 3, 1, weighting: NgramExtractingEstimator.WeightingCriteria.Idf))
            .Append(ML.Transforms.Text.ProduceHashedNgrams("Hashed", "C", 6, maximumNumberOfInverts: 2))
            .Append(ML.Transforms.Text.ProduceWordBags("Bag", "N"))
            .Append(ML.Transforms.Text.ProduceHashedWordBags("HashBag", "N", 7))
            .Append(ML.Transforms.NormalizeLpNorm("Hashed", "Hashed", LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation, ensureZeroMean: true));
        var fitted = chain.Fit(view);
        IDataView before = fitted.Transform(view), after = SaveAndLoad(fitted, view.Schema, out _).Transform(view);
        Assert.Equal(before.Schema.ToString(), after.Schema.ToString());
        Assert.Equal([["cat", "dog"], ["a", "cat"]], Texts(after, "W"));
        foreach (string column in new[] { "CharNgrams", "Hashed", "Bag", "HashBag" }) Assert.Equal(Features(before, column), Features(after, column));
        Assert.Equal(SlotNames(before, "CharNgrams"), SlotNames(after, "CharNgrams"));
        Assert.Equal(SlotNames(before, "Hashed"), SlotNames(after, "Hashed"));
    }

    [Fact]
    public void The_promised_schema_is_the_one_that_comes()
    {
        IDataView view = View("The cat, the DOG", "a cat");
        IEstimator<ITransformer>[] estimators =
        [
            ML.Transforms.Text.FeaturizeText("F", "Text"),
            ML.Transforms.Text.FeaturizeText("F", new TextFeaturizingEstimator.Options { OutputTokensColumnName = "T", Norm = TextFeaturizingEstimator.NormFunction.None }, "Text"),
            ML.Transforms.Text.NormalizeText("F", "Text"), ML.Transforms.Text.TokenizeIntoWords("F", "Text"), ML.Transforms.Text.TokenizeIntoCharactersAsKeys("F", "Text"),
            ML.Transforms.Text.ProduceWordBags("F", "Text"), ML.Transforms.Text.ProduceHashedWordBags("F", "Text", 4), ML.Transforms.Text.ProduceHashedWordBags("F", "Text", 4, maximumNumberOfInverts: 1),
            ML.Transforms.Text.TokenizeIntoCharactersAsKeys("C", "Text").Append(ML.Transforms.Text.ProduceNgrams("F", "C")).Append(ML.Transforms.NormalizeLpNorm("F")),
            ML.Transforms.Text.TokenizeIntoCharactersAsKeys("C", "Text").Append(ML.Transforms.Text.ProduceHashedNgrams("F", "C", 4, maximumNumberOfInverts: -1)),
        ];
        foreach (var estimator in estimators)
            Assert.Equal(Describe(SchemaShape.Create(estimator.Fit(view).Transform(view).Schema)), Describe(estimator.GetOutputSchema(SchemaShape.Create(view.Schema))));

        static IEnumerable<string> Describe(SchemaShape shape) => shape.Select(c => $"{c} [{string.Join(", ", c.Annotations.Select(a => a.ToString()).Order(StringComparer.Ordinal))}]").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_batch_equals_row_by_row()
    {
        IDataView view = View([.. Sample, "", "x"]);
        var fitted = ML.Transforms.Text.FeaturizeText("F", "Text").Fit(view);
        float[][] together = Features(fitted.Transform(view), "F");
        string[] texts = [.. Sample, "", "x"];
        for (int i = 0; i < texts.Length; i++) Assert.Equal(together[i], Features(fitted.Transform(View(texts[i])), "F")[0]);
    }

    [Fact]
    public void A_megabyte_of_text_is_one_row()
    {
        string text = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"w{i % 1000} 中"));
        IDataView view = View(text);
        float[] row = Features(ML.Transforms.Text.FeaturizeText("F", "Text").Fit(view).Transform(view), "F")[0];
        Assert.True(text.Length > 1_000_000);
        Assert.All(row, value => Assert.True(value > 0));
        Assert.Equal(2, row.Sum(value => (double)value * value), 3);
    }

    [Fact]
    public void Rows_have_rising_indices()
    {
        IDataView view = View(Sample);
        IDataView result = ML.Transforms.Text.FeaturizeText("F", "Text").Fit(view).Transform(view);
        var column = (VectorColumn<float>)BatchView.Of(result).ReadColumns(result.Schema["F"].Index)[0];
        Assert.False(column.IsDense);
        for (int row = 0; row < column.RowCount; row++)
            for (int i = 1; i < column[row].Indices.Length; i++) Assert.True(column[row].Indices[i - 1] < column[row].Indices[i]);
    }

    [Fact]
    public void Transforming_allocates_nothing_per_row_in_steady_state()
    {
        IDataView view = new CachedTexts([.. Enumerable.Range(0, 64).Select(i => $"Row {i}: ünïcode, 中文 and plain text {i * 7919}")]);
        foreach (ITextTokenizer? tokenizer in new ITextTokenizer?[] { null, new UnicodeTokenizer() })
        {
            var fitted = ML.Transforms.Text.FeaturizeText("F", new TextFeaturizingEstimator.Options { Tokenizer = tokenizer }, "Text").Fit(view);
            BatchView result = BatchView.Of(fitted.Transform(new CachedTexts([.. ((CachedTexts)view).Texts], repeats: 140)));
            using BatchCursor cursor = result.OpenBatches(ColumnSet.Of(result.Schema, result.Schema["F"]));
            for (int i = 0; i < 10; i++) cursor.Next();
            Assert.Equal(0, Allocation.Of(() => cursor.Next(), calls: 30));
        }
    }

    /// <summary>The same batch again and again, so that only what a transform allocates is counted.</summary>
    private sealed class CachedTexts(string[] texts, int repeats = 1) : BatchView
    {
        internal string[] Texts => texts;

        public override DataViewSchema Schema { get; } = View().Schema;

        public override BatchCursor OpenBatches(ColumnSet columns)
        {
            var column = new TextColumn();
            foreach (string text in texts) column.Append(text);
            return new Cursor(new Batch(1) { [0] = column, RowCount = texts.Length }, repeats);
        }

        private sealed class Cursor(Batch batch, int repeats) : BatchCursor
        {
            private int _left = repeats;

            public override Batch? Next() => _left-- > 0 ? batch : null;
        }
    }
}
