using FsCheck;
using FsCheck.Fluent;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Transforms.Text.Vectorizing;

public class VectorizeTextTests
{
    private static readonly NgramView[] TwoViews = [new(NgramUnit.Word, 1, 2, MarkEnds: true), new(NgramUnit.CharacterWithinWord, 2, 3)];

    private static readonly string[] Tickets =
    [
        "", "Where is my card? My card, my CARD!", "refund please", "I want a refund, please refund me", "退款 退款", "请问我的退款在哪里", "ขอเงินคืน ขอเงินคืน", "so angry 😡😡 👨\u200D👩\u200D👧",
        "où est ma carte", "where is the parcel", "the parcel is late", "!!!", "a", "a b c d e f g a b c", "the card is lost",
    ];

    private readonly MLContext _context = new(seed: 1);

    private static MemoryView Texts(params string[] texts) => new MemoryView().AddText("Text", texts);

    private TextVectorizer Fit(TextVectorizingOptions options, IDataView data, params string[] columns) =>
        _context.Transforms.Text.VectorizeText("Features", options, columns.Length > 0 ? columns : ["Text"]).Fit(data);

    /// <summary>The vectors of a view by the names of their slots.</summary>
    private static Dictionary<string, float>[] Vectors(TextVectorizer vectorizer, IDataView data)
    {
        IDataView output = vectorizer.Transform(data);
        string[] names = ViewContents.SlotNames(output, "Features")!;
        return [.. ViewContents.Vectors<float>(output, "Features").Select(row =>
            Enumerable.Range(0, row.Length).Where(i => row[i] != 0).ToDictionary(i => names[i], i => row[i]))];
    }

    private static void AssertSame(IReadOnlyDictionary<string, double> expected, IReadOnlyDictionary<string, float> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, value) in expected) Assert.Equal(value, actual[name], 1e-5);
    }

    private static Dictionary<string, double> Expected(string text, NgramView[] views, Dictionary<string, double>[] weights) =>
        NaiveNgrams.Vector(text, views, weights).ToDictionary(item => views.Length == 1 ? item.Key.Ngram : $"{(views[item.Key.View].Unit == NgramUnit.Word ? "Word" : "Char")}.{item.Key.Ngram}", item => item.Value);

    [Theory]
    [InlineData(1, 0, 0.3, 0.5)]
    [InlineData(1, 1, 0.3, 0.5)]
    [InlineData(2, 0.5, 0.1, 1)]
    public void Values_are_those_of_the_formula(int minimumDocumentCount, double idfExponent, double floor, double exponent)
    {
        int[] labels = [.. Enumerable.Range(0, Tickets.Length).Select(i => i * i % 3)];
        // A fourth label that no text has.
        MemoryView data = Texts(Tickets).AddKeys("Label", [.. labels.Select(label => (uint)label + 1)], "a", "b", "c", "d");
        foreach (string? label in new[] { null, "Label" })
        {
            var options = new TextVectorizingOptions
            {
                Views = TwoViews, MinimumDocumentCount = minimumDocumentCount, IdfExponent = idfExponent, LabelWeightFloor = floor, LabelWeightExponent = exponent, LabelColumnName = label,
            };
            Dictionary<string, double>[] weights = [.. TwoViews.Select(view => NaiveNgrams.Weights(Tickets, view, options, label is null ? null : labels, 4))];
            var actual = Vectors(Fit(options, data), data);
            for (int i = 0; i < Tickets.Length; i++) AssertSame(Expected(Tickets[i], TwoViews, weights), actual[i]);
        }
    }

    [Fact]
    public void Vectors_have_length_1_and_an_empty_text_has_none()
    {
        var vectors = Vectors(Fit(new() { Views = TwoViews, MinimumDocumentCount = 1 }, Texts(Tickets)), Texts(Tickets));
        Assert.Empty(vectors[0]);
        Assert.All(vectors.Skip(1), vector => Assert.Equal(1, vector.Values.Sum(value => value * value), 1e-5f));
    }

    // python3, scikit-learn 1.2.1: T = ["The card, the CARD!", "a new card", "Où est ma carte?", "the the the new_one"]
    // v = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"\w+"); v.fit_transform(T).toarray(); v.get_feature_names_out()
    // v = TfidfVectorizer(sublinear_tf=True, ngram_range=(3, 4), analyzer='char_wb'), and with ngram_range=(2, 3), analyzer='char' of f" {t} " (n-grams
    // of characters across the text see a space at both ends here).
    private static readonly string[] Corpus = ["The card, the CARD!", "a new card", "Où est ma carte?", "the the the new_one"];

    [Fact]
    public void Words_are_weighted_as_in_scikit_learn()
    {
        var actual = Vectors(Fit(new() { Views = [new(NgramUnit.Word, 1, 2)], MinimumDocumentCount = 1, IdfExponent = 1 }, Texts(Corpus)), Texts(Corpus));
        AssertSame(new Dictionary<string, double> { ["card"] = 0.489705, ["card the"] = 0.366848, ["the"] = 0.489705, ["the card"] = 0.621128 }, actual[0]);
        AssertSame(new Dictionary<string, double> { ["a"] = 0.465162, ["a new"] = 0.465162, ["card"] = 0.366739, ["new"] = 0.465162, ["new card"] = 0.465162 }, actual[1]);
        AssertSame(new Dictionary<string, double> { ["carte"] = 0.377964, ["est"] = 0.377964, ["est ma"] = 0.377964, ["ma"] = 0.377964, ["ma carte"] = 0.377964, ["où"] = 0.377964, ["où est"] = 0.377964 }, actual[2]);
        AssertSame(new Dictionary<string, double> { ["new_one"] = 0.362634, ["the"] = 0.600004, ["the new_one"] = 0.362634, ["the the"] = 0.613993 }, actual[3]);
    }

    [Fact]
    public void Characters_within_words_are_weighted_as_in_scikit_learn()
    {
        var actual = Vectors(Fit(new() { Views = [new(NgramUnit.CharacterWithinWord, 3, 4)], MinimumDocumentCount = 1, IdfExponent = 1 }, Texts(Corpus)), Texts(Corpus));
        AssertSame(new Dictionary<string, double>
        {
            [" ca"] = 0.220703, [" car"] = 0.220703, [" th"] = 0.272613, [" the"] = 0.272613, ["ard"] = 0.272613, ["ard!"] = 0.204220, ["ard,"] = 0.204220, ["car"] = 0.220703, ["card"] = 0.272613,
            ["d! "] = 0.204220, ["d, "] = 0.204220, ["he "] = 0.272613, ["rd!"] = 0.204220, ["rd! "] = 0.204220, ["rd,"] = 0.204220, ["rd, "] = 0.204220, ["the"] = 0.272613, ["the "] = 0.272613,
        }, actual[0]);
        AssertSame(new Dictionary<string, double>
        {
            [" a "] = 0.327382, [" ca"] = 0.208964, [" car"] = 0.208964, [" ne"] = 0.258112, [" new"] = 0.258112, ["ard"] = 0.258112, ["ard "] = 0.327382, ["car"] = 0.208964, ["card"] = 0.258112,
            ["ew "] = 0.327382, ["new"] = 0.258112, ["new "] = 0.327382, ["rd "] = 0.327382,
        }, actual[1]);
    }

    [Fact]
    public void Characters_across_the_text_are_weighted_as_in_scikit_learn()
    {
        var actual = Vectors(Fit(new() { Views = [new(NgramUnit.Character, 2, 3)], MinimumDocumentCount = 1, IdfExponent = 1 }, Texts(Corpus)), Texts(Corpus));
        AssertSame(new Dictionary<string, double>
        {
            [" a"] = 0.258115, [" a "] = 0.258115, [" c"] = 0.164751, [" ca"] = 0.164751, [" n"] = 0.203501, [" ne"] = 0.203501, ["a "] = 0.203501, ["a n"] = 0.258115, ["ar"] = 0.164751, ["ard"] = 0.203501,
            ["ca"] = 0.164751, ["car"] = 0.164751, ["d "] = 0.258115, ["ew"] = 0.203501, ["ew "] = 0.258115, ["ne"] = 0.203501, ["new"] = 0.203501, ["rd"] = 0.203501, ["rd "] = 0.258115, ["w "] = 0.258115, ["w c"] = 0.258115,
        }, actual[1]);
    }

    [Fact]
    public void Any_texts_become_the_vectors_of_the_formula_and_stay_so_when_saved() => Prop.ForAll(NgramExtractorTests.Texts.ArrayOf().ToArbitrary(), texts =>
    {
        foreach (NgramView view in new NgramView[] { TwoViews[0], TwoViews[1], new(NgramUnit.Character, 1, 3) })
        {
            var options = new TextVectorizingOptions { Views = [view], MinimumDocumentCount = 1 };
            Dictionary<string, double>[] weights = [NaiveNgrams.Weights(texts, view, options)];
            MemoryView data = Texts(texts);
            if (weights[0].Count == 0)
            {
                Assert.Contains(texts.Length == 0 ? "no row" : "no n-gram", Assert.Throws<MLPipelinesException>(() => Fit(options, data)).Message, StringComparison.Ordinal);
                continue;
            }
            TextVectorizer vectorizer = Fit(options, data);
            var actual = Vectors(vectorizer, data);
            for (int i = 0; i < texts.Length; i++) AssertSame(Expected(texts[i], [view], weights), actual[i]);

            using var stream = new MemoryStream();
            _context.Model.Save(vectorizer, data.Schema, stream);
            stream.Position = 0;
            Assert.Equal(actual, Vectors((TextVectorizer)_context.Model.Load(stream, out _), data));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Several_columns_are_their_texts_joined()
    {
        string[] first = Tickets, second = [.. Tickets.Reverse()], third = [.. Tickets.Select((_, i) => i % 2 == 0 ? "" : " x ")];
        MemoryView apart = new MemoryView().AddText("A", first).AddText("B", second).AddText("C", third);
        MemoryView joined = Texts([.. first.Select((text, i) => $"{text} {second[i]} {third[i]}")]);
        var options = new TextVectorizingOptions { Views = [.. TwoViews, new(NgramUnit.Character, 4, 4)], MinimumDocumentCount = 1 };
        TextVectorizer ofParts = Fit(options, apart, "A", "B", "C"), ofWhole = Fit(options, joined);
        Assert.Equal(["A", "B", "C"], ofParts.InputColumnNames);
        Assert.Equal(ViewContents.Vectors<float>(ofWhole.Transform(joined), "Features"), ViewContents.Vectors<float>(ofParts.Transform(apart), "Features"));
        Assert.Equal(ViewContents.SlotNames(ofWhole.Transform(joined), "Features"), ViewContents.SlotNames(ofParts.Transform(apart), "Features"));
    }

    [Fact]
    public void Many_rows_give_the_same_as_the_formula_whatever_blocks_they_are_counted_in()
    {
        var random = new Random(4);
        string[] texts = [.. Enumerable.Range(0, 5000).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(6)).Select(_ => $"w{(int)(200 * Math.Pow(random.NextDouble(), 3))}")))];
        var view = new NgramView(NgramUnit.Word, 1, 2);
        var options = new TextVectorizingOptions { Views = [view], MinimumDocumentCount = 3 };
        MemoryView data = Texts(texts), inSmallRuns = MemoryView.Copy(data, batchSize: 100);
        TextVectorizer vectorizer = Fit(options, data);
        var actual = Vectors(vectorizer, data);
        Assert.Equal(actual, Vectors(Fit(options, inSmallRuns), inSmallRuns));
        // The weights by counting: the naive way takes too long here.
        Dictionary<string, int> having = texts.SelectMany(text => NaiveNgrams.Of(text, view).Distinct()).GroupBy(ngram => ngram).Where(group => group.Count() >= 3).ToDictionary(group => group.Key, group => group.Count());
        Dictionary<string, double>[] weights = [having.ToDictionary(item => item.Key, item => Math.Sqrt(1 + Math.Log(5001.0 / (1 + item.Value))))];
        Assert.Equal(having.Count, vectorizer.FeatureCount);
        for (int i = 0; i < texts.Length; i += 7) AssertSame(Expected(texts[i], [view], weights), actual[i]);
        // The most frequent come first.
        string[] names = ViewContents.SlotNames(vectorizer.Transform(data), "Features")!;
        for (int i = 1; i < names.Length; i++) Assert.True(having[names[i - 1]] >= having[names[i]]);
    }

    [Fact]
    public void The_most_frequent_ngrams_are_kept_and_the_first_of_equal_ones()
    {
        MemoryView data = Texts("b a", "a c", "a b d", "d e", "c");
        var options = new TextVectorizingOptions { Views = [new(NgramUnit.Word, 1, 1)], MinimumDocumentCount = 1 };
        Assert.Equal(["a", "b", "c", "d", "e"], Names(options));
        Assert.Equal(["a", "b"], Names(options with { MaximumFeatureCount = 2 }));
        Assert.Equal(["a", "b", "c", "d"], Names(options with { MinimumDocumentCount = 2 }));
        Assert.Equal(["a"], Names(options with { MinimumDocumentCount = 3 }));

        string[] Names(TextVectorizingOptions with) => ViewContents.SlotNames(Fit(with, data).Transform(data), "Features")!;
    }

    [Fact]
    public void Where_no_ngram_is_frequent_enough_all_are_kept()
    {
        MemoryView data = Texts("one two", "three");
        Assert.Equal(3, Fit(new() { Views = [new(NgramUnit.Word, 1, 1)] }, data).FeatureCount);
    }

    [Fact]
    public void Unknown_words_are_nothing_and_a_word_may_come_a_hundred_thousand_times()
    {
        TextVectorizer vectorizer = Fit(new() { Views = [new(NgramUnit.Word, 1, 1)], MinimumDocumentCount = 1 }, Texts("a b"));
        var vectors = Vectors(vectorizer, Texts("x y z", string.Join(' ', Enumerable.Repeat("a", 100_000)) + " b"));
        Assert.Empty(vectors[0]);
        // The count stops at 65,535.
        double a = 1 + Math.Log(65_535), length = Math.Sqrt(a * a + 1);
        Assert.Equal(a / length, vectors[1]["a"], 1e-5);
        Assert.Equal(1 / length, vectors[1]["b"], 1e-5);
    }

    [Fact]
    public void Rows_without_a_label_teach_nothing()
    {
        MemoryView with = Texts("a b", "b c", "only here", "c a").AddKeys("Label", [1, 2, 0, 2], "x", "y");
        MemoryView without = Texts("a b", "b c", "c a").AddKeys("Label", [1, 2, 2], "x", "y");
        var options = new TextVectorizingOptions { LabelColumnName = "Label", MinimumDocumentCount = 1 };
        Assert.Equal(Vectors(Fit(options, without), without), Vectors(Fit(options, with), without));
    }

    [Fact]
    public void A_label_of_one_value_weighs_nothing()
    {
        MemoryView data = Texts("a b", "b c").AddKeys("Label", [1, 1], "x");
        Assert.Equal(Vectors(Fit(new(), data), data), Vectors(Fit(new() { LabelColumnName = "Label" }, data), data));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        MemoryView data = Texts("a", "b").AddKeys("Label", [0, 0], "x").Add("Number", 1f, 2f).AddTexts("Words", [["a"], ["b"]]);
        Message(new(), "Absent", "VectorizeText: column 'Absent' not found", "Text: String");
        Message(new(), "Number", "column 'Number' is Single, expected String");
        Message(new(), "Words", "column 'Words' is Vector<String>, expected String");
        Message(new() { LabelColumnName = "Nowhere" }, "Text", "column 'Nowhere' not found");
        Message(new() { LabelColumnName = "Text" }, "Text", "label column 'Text' is String, expected a key", "MapValueToKey");
        Message(new() { LabelColumnName = "Label" }, "Text", "no row in column 'Text' with a label in column 'Label'");
        data = Texts("", "  ", "\n");
        Message(new(), "Text", "no n-gram in the 3 texts of column 'Text'", "nothing but spaces");
        data = Texts("!!!", "?");
        Message(new() { Views = [new(NgramUnit.Word, 1, 2)] }, "Text", "no n-gram in the 2 texts", "spaces and signs");
        data = Texts();
        Message(new(), "Text", "no row in column 'Text'");

        void Message(TextVectorizingOptions options, string column, params string[] parts)
        {
            var error = Assert.ThrowsAny<Exception>(() => Fit(options, data, column));
            Assert.True(error is MLPipelinesException or ArgumentOutOfRangeException, error.ToString());
            foreach (string part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused_at_once()
    {
        TextVectorizingOptions[] wrong =
        [
            new() { Views = [] }, new() { Views = [new(NgramUnit.Word, 0, 1)] }, new() { Views = [new(NgramUnit.Word, 2, 1)] }, new() { Views = [new(NgramUnit.Word, 1, 17)] },
            new() { Views = [new(NgramUnit.Character, 1, 2, MarkEnds: true)] }, new() { MinimumDocumentCount = 0 }, new() { MaximumFeatureCount = 0 },
            new() { IdfExponent = double.NaN }, new() { LabelWeightFloor = 0 }, new() { LabelWeightFloor = double.NaN }, new() { LabelWeightExponent = 0 },
        ];
        foreach (TextVectorizingOptions options in wrong)
            Assert.ThrowsAny<ArgumentException>(() => _context.Transforms.Text.VectorizeText("Features", options, "Text"));
    }

    [Fact]
    public void Learning_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var context = new MLContext { CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => context.Transforms.Text.VectorizeText("Features", null, "Text").Fit(Texts(Tickets)));
    }
}

public sealed class VectorizeTextContractTests() : TextContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.VectorizeText("Features", new TextVectorizingOptions { MinimumDocumentCount = 1 }, "Text");
}

public sealed class VectorizeTextWithLabelContractTests() : TextContract(learns: true)
{
    protected override string[] RequiredColumns => ["First", "Second", "Label"];

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.Text.VectorizeText("Features", new TextVectorizingOptions
    {
        Views = [new NgramView(NgramUnit.Word, 1, 2, MarkEnds: true), new NgramView(NgramUnit.Character, 1, 3)],
        MinimumDocumentCount = 1,
        MaximumFeatureCount = 40,
        IdfExponent = 1,
        LabelColumnName = "Label",
    }, "First", "Second");

    protected override IDataView CreateData(MLContext context) => new MemoryView().AddText("First", "Where is my card?", "", "我的卡在哪里？", "lost card 💳")
        .AddText("Second", "the new one", "refund", "", "card").AddKeys("Label", [1, 2, 1, 1], "card", "refund");

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("First", "a").Add("Second", 1f).AddKeys("Label", [1], "a");
}
